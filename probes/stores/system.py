"""What we know of a form system: where it keeps entries, and how to understand them.

A system is told by its tables alone; `reading` asks for them piece by piece.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, TableClause, column, func, table

from probes.stores.meaning import Filled
from probes.stores.store import MOST_TEXT

MOST_PAYLOAD = 262_144
"""Characters of a value that holds many, as JSON."""


class Clock(StrEnum):
    """What the time of an entry is written in."""

    UTC = "utc"
    LOCAL = "local"
    """The site's own zone, as people there read it on the wall."""
    EPOCH = "epoch"
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An entry as its system keeps it, before its fields are understood."""

    filled: Sequence[Filled]
    said: Mapping[str, str] = field(default_factory=dict)
    """What the system itself says is the name, email, phone, subject or message."""
    at: object = None
    """Its time, where it is not in the entry's own row."""
    form: str = ""
    page: str = ""
    is_inquiry: bool = True
    """False where its state says that it was never sent off, or thrown away."""
    is_spam: bool = False
    mail_failed: bool | None = None


Row = RowMapping
Parts = Mapping[str, Sequence[Row]]
"""By the part's name, its rows about one entry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What other tables say about entries, or about their forms."""

    owner: ColumnElement[Any]
    """The entry's number, or the form's where `is_of_form`."""
    columns: Mapping[str, ColumnElement[Any]]
    where: Sequence[ColumnElement[bool]] = ()
    order: ColumnElement[Any] | None = None
    is_of_form: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """One system's store in one database."""

    name: str
    """As its makers call it."""
    table: TableClause
    """It has a row for each entry."""
    id: ColumnElement[Any]
    at: ColumnElement[Any]
    clock: Clock
    understand: Callable[[Row, Parts], Kept]
    """From the entry's row (with `id`, `at`, `form` and `columns`) and its parts."""
    form: ColumnElement[Any] | None = None
    columns: Mapping[str, ColumnElement[Any]] = field(default_factory=dict)
    where: Sequence[ColumnElement[bool]] = ()
    """Leaves out what is no inquiry: in the trash, unfinished, or of another kind."""
    parts: Mapping[str, Part] = field(default_factory=dict)
    of_form: Callable[[str], ColumnElement[bool]] | None = None
    """Chooses the entries of one form, by its number or name."""
    options: TableClause | None = None
    """WordPress's, in which the site's time zone stands."""


def tables(prefix: str, name: str, columns: str) -> TableClause:
    """Return a table by its name and the columns, parted by blanks, that we read."""
    return table(prefix + name, *map(column, columns.split()))


def text(value: ColumnElement[Any], most: int = MOST_TEXT) -> ColumnElement[str]:
    """Ask for the beginning of a text: however long it is, no more crosses the wire."""
    return func.substr(value, 1, most)


def payload(value: ColumnElement[Any]) -> ColumnElement[str]:
    """Ask for a text that holds many values."""
    return text(value, MOST_PAYLOAD)
