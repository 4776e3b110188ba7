"""In which characters is a page written?  Answered as a browser would."""

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
)

WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-16": "utf-16-le",
}
"""Charsets that browsers read as a wider one, from https://encoding.spec.whatwg.org"""

KNOWN = re.compile(
    r"utf-8|utf-16-[bl]e|cp(?:866|874|932|949|125[0-8])|iso8859-(?:[2-8]|10|1[3-6])"
    r"|koi8-[ru]|mac-(?:roman|cyrillic)|gb18030|big5(?:hkscs)?|euc_jp|iso2022_jp"
)
"""The charsets of the web.  Others that Python knows (UTF-7, …) are a danger."""

PRESCAN = 1024
CHARSET = r"""\bcharset\s*=\s*["']?\s*([\w.:-]{1,40})"""
HEADER = re.compile(CHARSET, re.IGNORECASE)
META = re.compile(rf"<meta\b[^>]{{0,300}}?{CHARSET}", re.IGNORECASE)


def known_charset(label: str) -> str | None:
    """Return the name of the charset that a browser takes `label` for, if any."""
    try:
        name = codecs.lookup(label.strip().lower().replace("windows-", "cp")).name
    except (LookupError, ValueError):
        return None
    name = WIDER.get(name, name)
    return name if KNOWN.fullmatch(name) else None


def decode(body: bytes, content_type: str) -> tuple[str, str]:
    """Return the text of an HTML page and the charset it was read by; never raises.

    The order is the browsers': byte order mark, HTTP header, `<meta>` in the
    first kilobyte, then UTF-8 if it is that, else windows-1252.  Bytes that are
    wrong become U+FFFD.
    https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding
    """
    for mark, charset in BOMS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace"), charset
    charset = _declared(body, content_type) or _guessed(body)
    return body.decode(charset, "replace"), charset


def _declared(body: bytes, content_type: str) -> str | None:
    spoken = HEADER.search(content_type[:200])
    if spoken and (charset := known_charset(spoken[1])):
        return charset
    if meta := META.search(body[:PRESCAN].decode("latin-1")):
        charset = known_charset(meta[1])
        # A page whose <meta> could be read byte by byte is not in UTF-16.
        return "utf-8" if charset and charset.startswith("utf-16") else charset
    return None


def _guessed(body: bytes) -> str:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
