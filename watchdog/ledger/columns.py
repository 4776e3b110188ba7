"""How our values are kept in a column, the same in SQLite and in PostgreSQL."""

import json
import sys
from array import array
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sqlalchemy import DateTime, Dialect, Double, LargeBinary, Text
from sqlalchemy.types import TypeDecorator

from watchdog.model import Evidence

SomeEnum = TypeVar("SomeEnum", bound=StrEnum)


class Words(TypeDecorator[str]):
    """Any text, also a hostile one.

    PostgreSQL takes no NUL, and neither database a lone surrogate (as Python's
    `surrogateescape` makes them of broken bytes): each becomes one other character.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as both databases take it."""
        del dialect
        if value is None:
            return None
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


class Utc(TypeDecorator[datetime]):
    """An aware datetime.  SQLite would drop the zone: what is kept is UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return the time in UTC, or raise `ValueError` if it names no zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} names no time zone")
        return value.astimezone(UTC)

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        """Return an aware UTC time, whatever zone the server thinks in."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            return value.replace(tzinfo=UTC)
        return value.astimezone(UTC)


class Span(TypeDecorator[timedelta]):
    """A length of time, in seconds."""

    impl = Double
    cache_ok = True

    def process_bind_param(
        self, value: timedelta | None, dialect: Dialect
    ) -> float | None:
        """Return seconds."""
        del dialect
        return None if value is None else value.total_seconds()

    def process_result_value(
        self, value: float | None, dialect: Dialect
    ) -> timedelta | None:
        """Return the length of time, exact to the microsecond."""
        del dialect
        return None if value is None else timedelta(seconds=value)


class Json(TypeDecorator[Evidence]):
    """Evidence, as JSON in ASCII: hostile characters come back unharmed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Evidence | None, dialect: Dialect) -> str:
        """Return JSON text."""
        del dialect
        return json.dumps(dict(value or {}))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ANN401  JSON
        """Return what was kept."""
        del dialect
        return json.loads(value or "{}")


class Texts(TypeDecorator[Sequence[str]]):
    """Some texts in their order, as a JSON list in ASCII."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> str:
        """Return JSON text."""
        del dialect
        return json.dumps(list(value or ()))

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> Sequence[str]:
        """Return what was kept."""
        del dialect
        return tuple(json.loads(value or "[]"))


class Numbers(TypeDecorator[Sequence[int]]):
    """Many numbers of 32 bits, four bytes each, in the order of bytes of most machines.

    Text would take three times the room, and ten times as long to read.
    """

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(
        self, value: Sequence[int] | None, dialect: Dialect
    ) -> bytes:
        """Return the numbers' bytes; raise `OverflowError` if one has more bits."""
        del dialect
        numbers = array("I", value or ())
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers.tobytes()

    def process_result_value(
        self, value: bytes | None, dialect: Dialect
    ) -> Sequence[int]:
        """Return what was kept."""
        del dialect
        numbers = array("I")
        numbers.frombytes(value or b"")
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


class Word(TypeDecorator[SomeEnum], Generic[SomeEnum]):
    """One word of an enumeration, kept as it is spelt."""

    impl = Text
    cache_ok = True

    def __init__(self, words: type[SomeEnum]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(
        self, value: SomeEnum | None, dialect: Dialect
    ) -> str | None:
        """Return the word's spelling."""
        del dialect
        return None if value is None else value.value

    def process_result_value(
        self, value: str | None, dialect: Dialect
    ) -> SomeEnum | None:
        """Return the word, or raise `ValueError` if we do not know it."""
        del dialect
        return None if value is None else self.words(value)
