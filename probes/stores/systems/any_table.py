"""Any table that has a row for each inquiry, as that of a Django model.

What its columns hold is said by the configuration, or told by their types and names.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    TableClause,
    cast,
    column,
    exc,
    inspect,
    table,
)
from sqlalchemy.types import TIMESTAMP, DateTime, Integer, LargeBinary, TypeEngine

from probes.errors import Refused
from probes.stores import status
from probes.stores.database_errors import Missing
from probes.stores.meaning import Filled
from probes.stores.sql_settings import TableColumns, TableSettings
from probes.stores.store import MOST_FIELDS
from probes.stores.system import Clock, Kept, Parts, Row, System, text
from probes.stores.texts import as_text

WHEN = re.compile(r"creat|submit|sent|recei|date|time|_at$|_on$|added", re.IGNORECASE)
MOST_NAMED = 20
FIELD = "field "
"""Before the names of columns in a row, so that ours are not meant."""


def table_system(connection: Connection, settings: TableSettings) -> System:
    """Return what is to be read of a table, as its columns are now.

    Raises `Refused` where the table, or a column that is named, is not there, or
    where it does not show which column is the number and which the time.
    """
    found = _found(connection, settings.table)
    said = settings.columns
    for name in filter(None, said.model_dump().values()):
        found.column(name)
    number, at = found.number(said.id), found.time(said.submitted_at)
    columns: dict[str, ColumnElement[Any]] = {
        FIELD + name: text(cast(found.table.c[name], String))
        for name, kind in found.types.items()
        if name not in (number, at, said.status) and not isinstance(kind, LargeBinary)
    }
    if said.status is not None:
        columns["status"] = cast(found.column(said.status), String)
    if connection.dialect.name == "mysql":
        connection.exec_driver_sql("SET time_zone = '+00:00'")
    return System(
        name=f"the table {settings.table}",
        table=found.table,
        id=found.column(number),
        at=found.column(at),
        clock=_clock(connection, found.types[at]),
        columns=dict(list(columns.items())[:MOST_FIELDS]),
        understand=_understanding(said),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """A table that is there, with the types of its columns, and what numbers it."""

    table: TableClause
    types: Mapping[str, TypeEngine[Any]]
    keys: tuple[str, ...]

    def column(self, name: str) -> ColumnElement[Any]:
        if name not in self.types:
            there = ", ".join(list(self.types)[:MOST_NAMED])
            raise Missing(f"{self.table.name} has no column {name}; it has: {there}.")
        return self.table.c[name]

    def number(self, said: str | None) -> str:
        """Return the column that numbers the rows: those that come later, higher."""
        if said is None and len(self.keys) != 1:
            raise Refused(f"{self.table.name} has no primary key: say columns.id.")
        name = said or self.keys[0]
        if not isinstance(self.types[name], Integer):
            raise Refused(
                f"The column {name} of {self.table.name} does not count the rows: name"
                " one of whole numbers, that grow, as columns.id."
            )
        return name

    def time(self, said: str | None) -> str:
        """Return the column of the time at which a row was made."""
        if said is not None:
            return said
        times = [
            name for name, kind in self.types.items() if isinstance(kind, DateTime)
        ]
        named = [name for name in times if WHEN.search(name)] or times
        if not named:
            raise Refused(
                f"{self.table.name} does not show when a row was made: say"
                " columns.submitted_at."
            )
        return named[0]


def _found(connection: Connection, name: str) -> _Found:
    schema, _, bare = name.rpartition(".")
    asked = inspect(connection)
    try:
        columns = asked.get_columns(bare, schema or None)
        keys = asked.get_pk_constraint(bare, schema or None)["constrained_columns"]
    except exc.NoSuchTableError:
        there = ", ".join(sorted(asked.get_table_names(schema or None))[:MOST_NAMED])
        raise Missing(f"There is no table {name}; there are: {there}.") from None
    names = [found["name"] for found in columns]
    return _Found(
        table(bare, *map(column, names), schema=schema or None),
        {found["name"]: found["type"] for found in columns},
        tuple(keys),
    )


def _clock(connection: Connection, kind: TypeEngine[Any]) -> Clock:
    if isinstance(kind, Integer):
        return Clock.EPOCH
    # MySQL's TIMESTAMP is an instant, and our session asks for it in UTC.
    is_instant = connection.dialect.name == "mysql" and isinstance(kind, TIMESTAMP)
    return Clock.UTC if is_instant else Clock.LOCAL


def _understanding(said: TableColumns) -> Callable[[Row, Parts], Kept]:
    parts = said.model_dump(exclude={"id", "submitted_at", "status"})

    def understand(row: Row, _: Parts) -> Kept:
        state = as_text(row.get("status"))
        filled = {
            name.removeprefix(FIELD): as_text(value)
            for name, value in row.items()
            if name.startswith(FIELD)
        }
        return Kept(
            filled=[Filled(name=name, value=value) for name, value in filled.items()],
            said={ours: filled.get(name, "") for ours, name in parts.items() if name},
            is_inquiry=status.is_inquiry(state),
            is_spam=status.is_spam(state),
            mail_failed=status.mail_failed(state),
        )

    return understand
