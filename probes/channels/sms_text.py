"""How a text fits into one SMS: GSM 03.38's alphabet, and 160 septets of it.

With any sign outside of the alphabet, an SMS holds 70 characters instead of 160,
and a longer one is paid for, and may be lost, part by part.
"""

# ruff: noqa: RUF001  signs that look like others are what this file is about

import unicodedata

MOST_SEPTETS = 160
ELLIPSIS = "..."

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
"""3GPP TS 23.038, section 6.2.1, without the carriage return and the escape."""

EXTENSION = frozenset("^{}\\[~]|€")
"""The same, section 6.2.1.1: each of these takes two septets."""

ALPHABET = BASIC | EXTENSION

SPELT = str.maketrans(
    {
        "\t": " ",
        "\r": "\n",
        "\u2028": "\n",
        "\u2029": "\n",
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛‹›′`´", "'"),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("•·‣●", "*"),
        **dict.fromkeys("→⇒", "->"),
        "Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ħ": "H", "ħ": "h", "ı": "i",
        "Ł": "L", "ł": "l", "Œ": "OE", "œ": "oe", "ẞ": "SS", "Þ": "Th", "þ": "th",
        "Ŧ": "T", "ŧ": "t", "Ŋ": "N", "ŋ": "n", "ƒ": "f", "©": "(c)", "®": "(R)",
        "×": "x", "⁄": "/",
    }
)  # fmt: skip
"""What Unicode's own decompositions do not tell."""

DROPPED = ("So", "Sk", "Mn", "Me", "Cc", "Cf", "Cn", "Co", "Cs")
"""Categories without a sound: emoji and their joiners, marks, controls."""


def fit(text: str, *, most: int = MOST_SEPTETS) -> str:
    """Return `text` in GSM-7, cut after a word to one SMS; its beginning is kept."""
    text = plain(text)
    if septets(text) <= most:
        return text
    head = _head(text, most - len(ELLIPSIS))
    whole_words = head
    if not text[len(head)].isspace():
        whole_words = head[: max(head.rfind(" "), head.rfind("\n")) + 1]
    return (whole_words.rstrip() or head) + ELLIPSIS


def plain(text: str) -> str:
    """Return `text` in GSM-7: what is not in it is respelt, `?`, or dropped."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(_spelt(sign) for sign in text).strip()


def septets(text: str) -> int:
    """Return how much of an SMS a text in GSM-7 takes."""
    return len(text) + sum(sign in EXTENSION for sign in text)


def _spelt(sign: str) -> str:
    if sign in ALPHABET:
        return sign
    by_hand = sign.translate(SPELT)
    if by_hand != sign:
        return by_hand
    bare = "".join(
        part.translate(SPELT)
        for part in unicodedata.normalize("NFKD", sign)
        if not unicodedata.combining(part)
    )
    if bare and ALPHABET.issuperset(bare):
        return bare
    return "" if unicodedata.category(sign) in DROPPED else "?"


def _head(text: str, most: int) -> str:
    """Return as much of the beginning as takes at most so many septets."""
    taken = 0
    for position, sign in enumerate(text):
        taken += septets(sign)
        if taken > most:
            return text[:position]
    return text
