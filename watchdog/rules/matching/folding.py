"""One spelling for texts that websites and mail programs spell differently."""

import html
import re
import unicodedata

MOST_TEXT = 100_000
MOST_UNESCAPED = 3
"""Some sites escape what they have escaped already."""

WESTERN = re.compile(
    "[\u00c2-\u00f4][\u00a0-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}"
)
"""A letter of several bytes (RFC 3629) as it looks in Windows Western."""
APOSTROPHE = re.compile(r"(?<=\w)\\?['’‘ʼ`´′＇](?=\w)")  # noqa: RUF001
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
TAG = re.compile(r"</?[a-z][a-z0-9]{0,15}(?:\s[^<>@]{0,500})?/?>")
JSON_LETTER = re.compile(r"\\u([0-9a-f]{4})", re.IGNORECASE)
JSON_BLANK = re.compile(r"\\[nrt]")
SOFT_BREAK = re.compile(r"=[ \t]*\n")
QUOTED_BYTES = re.compile(r"(?:=[89A-F][0-9A-F])+")
QUOTED_BLANK = re.compile(r"=(?:20|09|0A|0D)(?![0-9A-F])")

UNBLANKED = (
    "\u0e00-\u0eff\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff\u3005-\u3007"
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
)
"""Thai, Lao, Tibetan, Burmese, Khmer, Japanese, Chinese: no blanks between words."""
WRAP = re.compile(f"(?<=[{UNBLANKED}])\n(?=[{UNBLANKED}])")


class _Marks(dict[int, int | None]):
    """What becomes of each character: marks vanish, digits are everybody's."""

    def __missing__(self, code: int) -> int | None:
        is_mark = unicodedata.category(chr(code)).startswith("M")
        digit = unicodedata.decimal(chr(code), -1)
        plain = code if digit < 0 else ord("0") + digit
        return self.setdefault(code, None if is_mark else plain)


_MARKS = _Marks()


def folded(text: str) -> str:
    """Return `text` as it is compared: case, compatibility forms and wrapping undone.

    Undone is also what sites leave over from other layers: entities, JSON's
    escapes, HTML's tags, and bytes of quoted-printable (RFC 2045 6.7).  Accents
    and other marks stay; see `unmarked`.
    """
    text = _mended(text[:MOST_TEXT].replace("\r\n", "\n").replace("\r", "\n"))
    if "\\" in text:
        text = JSON_BLANK.sub(" ", JSON_LETTER.sub(_letter, text))
    if "=" in text:
        text = SOFT_BREAK.sub("", text)
        text = QUOTED_BLANK.sub(" ", QUOTED_BYTES.sub(_decoded, text))
    text = APOSTROPHE.sub("", INVISIBLE.sub("", _whole(text)))
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return WRAP.sub("", TAG.sub(" ", text.casefold()))


def unmarked(text: str) -> str:
    """Return `text` without accents, vowel points and the like; digits as 0 to 9.

    Some sites drop them, some take letters apart, and both compare well so.
    """
    if text.isascii():
        return text
    return unicodedata.normalize("NFKD", text).translate(_MARKS)


def _mended(text: str) -> str:
    """Return `text` without entities, and without UTF-8 that was read as Western."""
    text = _unescaped(text)
    return text if text.isascii() else WESTERN.sub(_reread, text)


def _reread(run: re.Match[str]) -> str:
    try:
        return run[0].encode("cp1252").decode()
    except UnicodeError:
        return run[0]


def _unescaped(text: str) -> str:
    for _ in range(MOST_UNESCAPED):
        if "&" not in text or (plain := html.unescape(text)) == text:
            break
        text = plain
    return text


def _letter(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))


def _whole(text: str) -> str:
    """Put halves of a character (UTF-16) together; half ones left over vanish."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _decoded(octets: re.Match[str]) -> str:
    try:
        return bytes.fromhex(octets[0].replace("=", "")).decode()
    except UnicodeDecodeError:
        return octets[0]
