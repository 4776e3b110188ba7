"""What we print reaches any terminal, also one that knows no ✓ and no “”."""

import codecs
import json
import os
import sys
from io import TextIOWrapper

ALIKE = {
    "✓": "+",
    "✗": "x",
    "…": "...",
    "“": '"',
    "”": '"',
    "▁": "_",
    "▄": "-",
    "█": "#",
    "·": ".",
}
"""What stands in for a sign that a terminal lacks; "?" is the sign of not knowing."""

STDOUT, STDERR = 1, 2


def adapt() -> None:
    """Let stdout and stderr write something alike for what their encoding lacks."""
    codecs.register_error("alike", _alike)
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="alike")


def _open_closed() -> None:
    """Put nothing in place of what was closed before we began (`>&-`).

    Else the next file that is opened, the ledger say, would be stdout.
    """
    while (free := os.open(os.devnull, os.O_RDWR)) <= STDERR:
        pass
    os.close(free)
    sys.stdout = sys.stdout or os.fdopen(STDOUT, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(STDERR, "w", encoding="utf-8")


def print_json(value: object) -> None:
    """Print data for scripts, exactly: escaped where stdout is not in UTF-8.

    So is what a terminal would obey: JSON itself leaves some of it as it is.
    """
    is_utf8 = codecs.lookup(sys.stdout.encoding or "ascii").name == "utf-8"
    text = json.dumps(value, indent=2, ensure_ascii=not is_utf8, default=str)
    print("".join(map(_spelt, text)))  # noqa: T201  that is its purpose


def _spelt(sign: str) -> str:
    is_plain = sign.isprintable() or sign == "\n"
    return sign if is_plain else json.dumps(sign)[1:-1]


def plain(text: str) -> str:
    """Return `text` on one line; others' words may hold what a terminal would obey."""
    return "".join(sign if sign.isprintable() else " " for sign in text)


def _alike(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    unknown = error.object[error.start : error.end]
    return "".join(ALIKE.get(sign, "?") for sign in unknown), error.end
