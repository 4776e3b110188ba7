"""Facts to rows and back: a column carries the name of the model's field."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    RowMapping,
    Table,
    bindparam,
)
from sqlalchemy.dialects import sqlite

Fact = TypeVar("Fact")
T = TypeVar("T")

AHEAD = timedelta(hours=1)
"""No two who share a ledger write so far out of order."""

AT_ONCE = 500
"""Values named in one statement: databases bound its size."""


def names(kind: type[Any]) -> Sequence[str]:
    """Return the names of the fields that make a fact of this kind."""
    return [field.name for field in fields(kind)]


def columns(kind: type[Any], table: FromClause) -> Sequence[ColumnElement[Any]]:
    """Return the columns of a table that make a fact of this kind."""
    return [table.c[name] for name in names(kind)]


def values(fact: Any) -> Mapping[str, Any]:  # noqa: ANN401  any fact of the model
    """Return a fact's fields by name, for an insert."""
    return {name: getattr(fact, name) for name in names(type(fact))}


def fact(kind: type[Fact], row: RowMapping) -> Fact:
    """Return the fact that a row of `columns` tells."""
    return kind(**row)


def pieces(many: Sequence[T]) -> Iterator[Sequence[T]]:
    """Return `many` values in pieces that one statement can name."""
    for start in range(0, len(many), AT_ONCE):
        yield many[start : start + AT_ONCE]


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, and how many rows it added."""
    return _insert(connection.dialect.name, table)


def add(
    connection: Connection,
    table: Table,
    fact: Any,  # noqa: ANN401  any fact of the model
    **more: object,
) -> bool:
    """Insert a fact, or return False if one with its key is there: the first stays.

    `more` are columns that are none of the fact's fields.
    """
    statement = _insert_if_new(connection.dialect.name, table)
    return connection.execute(statement, {**values(fact), **more}).rowcount == 1


def put(
    connection: Connection, table: Table, row: Mapping[str, Any], *, newest: str = ""
) -> None:
    """Write a whole row in place of the one with its key.

    `newest` names a column of times: a row that is not newer changes nothing, for
    two who write may come out of order.  One that is `AHEAD` of us was written
    while the clock was wrong, and goes.
    """
    ahead = {"ahead": row[newest] + AHEAD} if newest else {}
    statement = _upsert(connection.dialect.name, table, newest)
    connection.execute(statement, {**row, **ahead})


# Statements are made once: SQLAlchemy takes longer to make one than to run it.


@cache
def _insert(dialect: str, table: Table) -> sqlite.Insert:
    """Return an INSERT; both databases spell it alike, but SQLAlchemy has two."""
    if dialect == "sqlite":
        statement = sqlite.insert(table)
    else:
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  not for SQLite

        statement = postgresql.insert(table)  # type: ignore[assignment]
    return statement.execution_options(preserve_rowcount=True)


@cache
def _insert_if_new(dialect: str, table: Table) -> sqlite.Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _upsert(dialect: str, table: Table, newest: str) -> sqlite.Insert:
    new = _insert(dialect, table)
    is_newest = None
    if newest:
        kept = table.c[newest]
        is_newest = (new.excluded[newest] > kept) | (kept > bindparam("ahead"))
    return new.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_=dict(new.excluded.items()),
        where=is_newest,
    )
