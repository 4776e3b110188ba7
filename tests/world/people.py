"""People who write through forms: their names, their words, and their fates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path


@dataclass(frozen=True, kw_only=True)
class Person:
    """One who writes, and the fate of what he writes."""

    name: str
    email: str
    phone: str = ""
    message: str
    fate: str

    @property
    def statuses(self) -> Sequence[str]:
        """What is to be said of his inquiries."""
        return STATUSES[self.fate]


STATUSES: Mapping[str, Sequence[str]] = {
    "arrived": ["arrived"],
    "after": ["arrived"],
    "lost alone": ["missing"],
    "outage": ["missing"],
    "bounced": ["missing"],
    "lost and wrote directly": ["missing"],
    "junked": ["junked"],
    "wrote twice": ["arrived", "duplicate"],
}

HERE = Path(__file__)
NAMES = HERE.with_name("people_names.txt").read_text("utf-8").splitlines()
WORDS = HERE.with_name("people_words.txt").read_text("utf-8").splitlines()
LONG = "My garden is long, and so is this. " * 150

FATES = (
    *["arrived"] * 26,
    "lost alone",
    *["junked"] * 3,
    "bounced",
    *["outage"] * 10,
    "lost and wrote directly",
    *["wrote twice"] * 2,
    *["after"] * 4,
)


def _people() -> Iterator[Person]:
    names, words = cycle(NAMES), cycle(WORDS)
    for number, fate in enumerate(FATES):
        message = LONG if number == 9 else next(words)
        if "lost" not in fate and number % 4 == 1:
            message = f"{message}\nMany thanks,\nyours"
        yield Person(
            name=next(names),
            email=f"person{number}@visitors.example",
            phone=f"+49 30 55{number:04}" if number % 3 else "",
            message=message,
            fate=fate,
        )


PEOPLE: Sequence[Person] = tuple(_people())
"""Fifty inquiries; several say the same, "Please call me." more than once."""
