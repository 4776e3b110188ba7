"""Bytes from a mail as text, whatever charset they are said to be in."""

import codecs
import re

BROADER = {
    "ascii": "",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""Charsets that mail names while it uses a broader one (WHATWG Encoding, 4.2)."""

NO_CHARSETS = frozenset(
    {"idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)
"""Codecs of Python's that are no charset of mail; some take quadratic time."""

INVISIBLE = re.compile(r"[\u00ad\u034f\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
"""Soft hyphens, zero-width blanks and joiners, marks of direction."""

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def decoded(data: bytes, charset: str = "") -> str:
    """Return `data` as text, with plain line ends and no control characters.

    An unknown or missing `charset` means UTF-8 where it fits, else Windows
    Western.  What does not fit a known one becomes the replacement character.
    """
    codec = _codec(charset) or ("utf-8" if _is_utf8(data) else "cp1252")
    return clean(data.decode(codec, "replace"))


def clean(text: str) -> str:
    """Return `text` with plain line ends and without control characters."""
    return CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def without_invisibles(text: str) -> str:
    """Return `text` as a reader sees it: for comparing, not for keeping.

    Mail programs and sites put soft hyphens and zero-width blanks into long
    words; joiners that matter for display (emoji, Persian) go as well.
    """
    return INVISIBLE.sub("", text).replace("\u00a0", " ")


def _codec(charset: str) -> str:
    """Return Python's name of the codec, or nothing where it knows none."""
    if not re.fullmatch(r"[\w.:+-]{1,40}", charset, re.ASCII):
        return ""
    try:
        b" ".decode(charset, "replace")  # refuses codecs that do not make text
        name = codecs.lookup(charset).name
    except (LookupError, UnicodeError):
        return ""
    return "" if name in NO_CHARSETS else BROADER.get(name, name)


def _is_utf8(data: bytes) -> bool:
    """Return whether `data` is UTF-8, its last character perhaps cut off."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        return False
    return True
