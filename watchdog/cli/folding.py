"""Sentences in lines that a terminal has room for, East Asian ones too."""

from collections.abc import Iterator
from shutil import get_terminal_size

MOST_COLUMNS = 100
"""Longer lines are hard to read."""


def columns() -> int:
    """Return how many cells a line of ours may take."""
    return min(get_terminal_size().columns, MOST_COLUMNS)


def folded(*sentences: str, indent: int = 2) -> Iterator[str]:
    """Yield the indented lines of each sentence; East Asian signs take two cells."""
    from rich.console import Console
    from rich.text import Text

    room, console = max(columns() - indent, 1), Console()
    for sentence in sentences:
        for line in Text(sentence).wrap(console, room, overflow="fold"):
            yield f"{' ' * indent}{line.plain.rstrip()}"
