"""What every store can do, wherever a site keeps its inquiries.

A store is opened by its settings and read piece by piece.  It is never written
to, and what it holds was written by strangers: nothing in it is trusted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

MOST_TEXT = 100_000
"""Characters kept of one value of an entry."""
MOST_FIELDS = 200
"""Fields kept of one entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One inquiry as the site keeps it; a text that is not known is empty."""

    id: str
    """The store's own number or name of it, unique within the store."""
    submitted_at: datetime
    name: str = ""
    email: str = ""
    phone: str = ""
    subject: str = ""
    message: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    """Everything that was filled in, by the form's own labels or names."""
    form: str = ""
    """The form's number or name in the store."""
    page: str = ""
    """The address of the page it was written on."""
    is_spam: bool = False
    """Whether the site holds it for spam: possibly real all the same."""
    mail_failed: bool | None = None
    """Whether the site itself noted that its mail failed; None if it does not say."""
    mail_error: str = ""
    """Why, in the words of the site's mailer."""
    is_mail_tried: bool | None = None
    """Whether the site tried to send a mail; None if it does not say."""
    recipients: Sequence[str] = ()
    """To whom the site mailed it, where it says so."""
    is_contentless: bool = False
    """Whether the store tells only that there was one (an access log)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A part of a store's entries, oldest first.

    `is_last` is false where the reading stopped at a bound: then call again with
    `cursor`.  The cursor of the last piece is where a later reading goes on.
    """

    entries: Sequence[Entry]
    cursor: str
    is_last: bool
    skipped: Sequence[str] = ()
    """Entries that could not be understood, each in a sentence; bounded."""


def size_of(entries: Iterable[Entry]) -> int:
    """Return how many characters were filled in: strangers decide how many."""
    return sum(len(value) for entry in entries for value in entry.fields.values())


class Store(Protocol):
    """An open store.  Every method raises `ProbeError` and nothing else."""

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return up to `most` entries submitted at or after `since`, beyond `cursor`.

        A cursor is the store's own business: it comes from an earlier piece, also
        of an earlier run, and an empty one begins at `since`.
        """
        ...

    async def aclose(self) -> None:
        """Let go of the connection; the store is not used again."""
        ...
