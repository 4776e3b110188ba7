"""What servers say, made fit to be shown: short, printable, and without secrets."""

from collections.abc import Iterable

MOST = 300
SHORTEST_SECRET = 4
"""A shorter one is a word that may stand anywhere; to hide it would garble all."""


def shown(said: str, *, secrets: Iterable[str] = ()) -> str:
    """Return `said` on one line; a server that repeats our secrets gives none away."""
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST_SECRET:
            said = said.replace(secret, "…")
    return one_line(said)[:MOST]


def one_line(text: str) -> str:
    """Return `text` without line breaks and other control characters."""
    signs = (sign if sign.isprintable() else " " for sign in text)
    return " ".join("".join(signs).split())


def encodable(text: str) -> str:
    """Return `text` without halves of surrogate pairs, which UTF-8 cannot write."""
    return text.encode("utf-8", "replace").decode()
