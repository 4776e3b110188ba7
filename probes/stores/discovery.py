"""Which stores are in a database: of which systems, under which names, how full."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, TableClause, func, inspect, select

from probes.errors import ProbeError
from probes.stores.clocks import moment
from probes.stores.database import Database, open_database
from probes.stores.reading import zone_of
from probes.stores.sql_settings import DatabaseSettings
from probes.stores.system import System
from probes.stores.systems import SYSTEMS, system_of
from probes.stores.texts import as_text

PREFIX = re.compile(r"[A-Za-z0-9_]*", re.ASCII)
"""As the configuration takes it."""
MOST_FORMS = 20
MOST_STORES = 60
"""A network of WordPress sites has a set of tables for each of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A store that was found in a database."""

    kind: str
    """As the configuration names it."""
    name: str
    """As its makers call it."""
    prefix: str
    entries: int
    newest: datetime | None
    forms: Sequence[str]
    """Their numbers or names, as the store has them; the fullest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A system all of whose tables are there."""

    kind: str
    prefix: str
    system: System


async def discover(settings: DatabaseSettings) -> Sequence[Found]:
    """Return the stores in the database that `settings` name; as `stores_in`."""
    database = await open_database(settings)
    try:
        return await stores_in(database)
    finally:
        await database.aclose()


async def stores_in(database: Database) -> Sequence[Found]:
    """Return the stores that have entries, the fullest first.

    What this user may not read is passed over.  Raises `ProbeError` where the
    database cannot be asked at all.
    """
    names = await database.ask(_table_names)
    found = []
    for candidate in list(_candidates(names))[:MOST_STORES]:
        try:
            found.append(await database.ask(_measured, candidate))
        except ProbeError:
            continue
    return sorted((one for one in found if one.entries), key=lambda one: -one.entries)


def lacking(connection: Connection, system: System) -> str:
    """Return, in a sentence, which of a system's tables or columns is not there."""
    names = _table_names(connection)
    absent = [one.name for one in _tables(system) if one.name not in names]
    if absent:
        there = {f"{c.system.name} ({c.prefix}…)" for c in _candidates(names)}
        stores = ", ".join(sorted(there)[:MOST_FORMS]) or "none that we know"
        return (
            f"There are no tables of {system.name} here ({absent[0]} is missing)."
            f" Stores that could be here: {stores}."
        )
    for one in _tables(system):
        columns = {found["name"] for found in inspect(connection).get_columns(one.name)}
        gone = sorted({column.name for column in one.columns} - columns)
        if gone:
            return (
                f"The table {one.name} has no column {gone[0]}: {system.name} there is"
                " older, or newer, than those that we know."
            )
    return f"Something that we read of {system.name} is not there."


def _table_names(connection: Connection) -> Sequence[str]:
    return inspect(connection).get_table_names()


def _tables(system: System) -> Sequence[TableClause]:
    """Return the tables from which a system's entries are read."""
    columns = [part.owner for part in system.parts.values()]
    tables = {system.table: None} | {column.table: None for column in columns}
    return [one for one in tables if isinstance(one, TableClause)]


def _candidates(names: Sequence[str]) -> Iterator[Candidate]:
    there = set(names)
    for kind in SYSTEMS:
        bare = system_of(kind, "").table.name
        for name in names:
            if name.endswith(bare):
                prefix = name.removesuffix(bare)
                if not PREFIX.fullmatch(prefix):
                    continue
                system = system_of(kind, prefix)
                if there.issuperset(one.name for one in _tables(system)):
                    yield Candidate(kind=kind, prefix=prefix, system=system)


def _measured(connection: Connection, candidate: Candidate) -> Found:
    system = candidate.system
    asked = select(func.count(), func.max(system.at)).where(*system.where)
    entries, newest = connection.execute(asked.select_from(system.table)).one()
    return Found(
        kind=candidate.kind,
        name=system.name,
        prefix=candidate.prefix,
        entries=entries,
        newest=_newest(connection, system, newest),
        forms=_forms(connection, system),
    )


def _newest(connection: Connection, system: System, value: object) -> datetime | None:
    try:
        return moment(value, zone_of(connection, system, None))
    except ValueError:
        return None


def _forms(connection: Connection, system: System) -> Sequence[str]:
    if system.form is None:
        return ()
    asked = select(system.form).where(*system.where).group_by(system.form)
    asked = asked.order_by(func.count().desc(), system.form).limit(MOST_FORMS)
    return [as_text(form) for form in connection.scalars(asked)]
