"""Facts to rows and back: a column carries the name of the model's field."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, FromClause, RowMapping, Table
from sqlalchemy.dialects import sqlite

Fact = TypeVar("Fact")


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


def insert(connection: Connection, table: Table) -> sqlite.Insert:
    """Return an INSERT that knows ON CONFLICT, and how many rows it added.

    Both databases spell it alike; SQLAlchemy keeps it apart for each of them,
    under the same names.
    """
    if connection.dialect.name == "sqlite":
        statement = sqlite.insert(table)
    else:
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  not for SQLite

        statement = postgresql.insert(table)  # type: ignore[assignment]
    return statement.execution_options(preserve_rowcount=True)


def add(connection: Connection, table: Table, fact: Any) -> bool:  # noqa: ANN401
    """Insert a fact, or return False if one with its key is there: the first stays."""
    statement = insert(connection, table).values(**values(fact))
    done = connection.execute(statement.on_conflict_do_nothing())
    return done.rowcount == 1
