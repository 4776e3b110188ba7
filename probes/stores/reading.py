"""Read a piece of a system's store: by the entries' own numbers, in order.

The cursor is the number up to which all was read.  A number is given to an entry
before it is complete and visible, so that a lower one may come after a higher: the
cursor of the last piece is set back by a margin, and the next reading begins with
the newest entries of this one.  Their numbers show that they are known already.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, DateTime, Select, func, literal, or_, select

from probes.errors import Unintelligible
from probes.stores.clocks import moment, site_zone
from probes.stores.meaning import Filled, named, understood
from probes.stores.sql_settings import Fact
from probes.stores.store import MOST_FIELDS, Entry, Piece, size_of
from probes.stores.system import Clock, Part, Parts, Row, System
from probes.stores.texts import as_text

MOST_ROWS = 200
"""Of one piece."""
AT_ONCE = 20
"""Rows that are asked for together, with all their fields."""
MOST_KEPT = 10_000_000
"""Characters after which a piece ends, though it has few rows."""
MARGIN = 100
"""Numbers that are read again, for those that became visible late."""
LEEWAY = timedelta(days=2)
"""Between a time that a database compares and the same in UTC, whatever its zone."""
DAWN = datetime(1971, 1, 1)  # noqa: DTZ001  a database's own, without a zone
"""A time before it is none, as MySQL's 0000-00-00."""
MOST_SKIPPED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked of a store."""

    since: datetime
    cursor: str
    most: int
    form: str | None = None
    zone: str | None = None
    """Of local times; None: the site's own."""
    said: Mapping[Fact, str] = field(default_factory=dict)
    """Which field is the name, the email…, where the configuration says it."""


def read_piece(connection: Connection, system: System, question: Question) -> Piece:
    """Return a piece, oldest first; a cursor that is none is `Unintelligible`."""
    newest = _begin(connection, system, question.cursor)
    zone = zone_of(connection, system, question.zone)
    left = min(question.most, MOST_ROWS)
    entries: list[Entry] = []
    skipped: list[str] = []
    is_last = False
    while not is_last and left and size_of(entries) < MOST_KEPT:
        few = min(left, AT_ONCE)
        asked = _heads(system, question, newest, few)
        rows = connection.execute(asked).mappings().all()
        parts = _parts(connection, system, rows)
        for row in rows:
            newest = int(row["id"])
            try:
                entry = _entry(
                    system, row, _of(parts, system, row), zone, question.said
                )
            except Unintelligible as error:
                skipped.append(f"Entry {as_text(row['id'])}: {error}")
                continue
            if entry is not None and entry.submitted_at >= question.since:
                entries.append(entry)
        left -= few
        is_last = len(rows) < few
    return Piece(
        entries=entries,
        cursor=str(max(newest - MARGIN, 0) if is_last else newest),
        is_last=is_last,
        skipped=skipped[:MOST_SKIPPED],
    )


def _begin(connection: Connection, system: System, cursor: str) -> int:
    """Return the number after which to read.

    Where all numbers are lower than it, the store was emptied or brought back from
    a copy, and began to count anew: so do we.
    """
    if not cursor:
        return 0
    if not (cursor.isdecimal() and cursor.isascii()):
        raise Unintelligible("The place where reading stopped cannot be understood.")
    highest = connection.scalar(select(func.max(system.id)))
    return int(cursor) if highest is not None and highest >= int(cursor) else 0


def _heads(
    system: System, question: Question, begin: int, most: int
) -> Select[tuple[Any, ...]]:
    """Ask for the rows of entries; those whose time is none are not passed over."""
    begin_of_time = DAWN.replace(tzinfo=UTC)
    since = max(question.since, begin_of_time).astimezone(UTC).replace(tzinfo=None)
    since -= LEEWAY
    if system.clock is Clock.EPOCH:
        recent = system.at >= int(since.replace(tzinfo=UTC).timestamp())
    else:
        recent = or_(
            system.at >= literal(since, DateTime),
            system.at < literal(DAWN, DateTime),
            system.at.is_(None),
        )
    columns = {"id": system.id, "at": system.at, **system.columns}
    if system.form is not None:
        columns["form"] = system.form
    asked = select(*(column.label(name) for name, column in columns.items()))
    asked = asked.where(system.id > begin, recent, *system.where)
    if question.form is not None and system.of_form is not None:
        asked = asked.where(system.of_form(question.form))
    return asked.order_by(system.id).limit(most)


def zone_of(connection: Connection, system: System, said: str | None) -> tzinfo:
    """Return the zone of a system's times: as said, else the site's own."""
    if system.clock is not Clock.LOCAL:
        return UTC
    if said is not None:
        return ZoneInfo(said)
    if system.options is None:
        return UTC
    name, value = system.options.c.option_name, system.options.c.option_value
    wanted = select(name, value).where(name.in_(("timezone_string", "gmt_offset")))
    found = {as_text(row[0]): as_text(row[1]) for row in connection.execute(wanted)}
    return site_zone(found.get("timezone_string"), found.get("gmt_offset"))


Grouped = Mapping[str, Mapping[str, Sequence[Row]]]
"""By the part's name and the number of the entry or form, the rows."""


def _parts(connection: Connection, system: System, rows: Sequence[Row]) -> Grouped:
    if not rows:
        return {}
    return {
        name: _part(connection, part, list({row[_owned_by(part)] for row in rows}))
        for name, part in system.parts.items()
    }


def _owned_by(part: Part) -> str:
    return "form" if part.is_of_form else "id"


def _part(
    connection: Connection, part: Part, owners: Sequence[object]
) -> Mapping[str, Sequence[Row]]:
    most = len(owners) * MOST_FIELDS
    rows = connection.execute(_owned(part, owners, most)).mappings().all()
    if len(rows) == most and len(owners) > 1:
        # One with far too many has left no room for others: so each is asked alone.
        alone = [_part(connection, part, [owner]) for owner in owners]
        return {owner: rows for one in alone for owner, rows in one.items()}
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[str(row["owner"])].append(row)
    return grouped


def _owned(part: Part, owners: Sequence[object], most: int) -> Select[tuple[Any, ...]]:
    asked = select(
        part.owner.label("owner"),
        *(column.label(name) for name, column in part.columns.items()),
    ).where(part.owner.in_(owners), *part.where)
    order = [part.owner] if part.order is None else [part.owner, part.order]
    return asked.order_by(*order).limit(most)


def _of(parts: Grouped, system: System, row: Row) -> Parts:
    """Return the parts of one entry."""
    return {
        name: parts[name].get(str(row[_owned_by(part)]), ())
        for name, part in system.parts.items()
    }


def _entry(
    system: System, row: Row, parts: Parts, zone: tzinfo, said: Mapping[Fact, str]
) -> Entry | None:
    """Return an entry; None where nothing is in it, or not yet, or it is no inquiry."""
    kept = system.understand(row, parts)
    filled = [one for one in kept.filled if one.value][:MOST_FIELDS]
    if not (filled and kept.is_inquiry):
        return None
    told = {part: value for part, value in kept.said.items() if value}
    meant = {**understood(filled), **told, **named(filled, said)}
    return Entry(
        id=as_text(row["id"]),
        submitted_at=_moment(kept.at or row["at"], zone),
        name=meant.get("name", ""),
        email=meant.get("email", ""),
        phone=meant.get("phone", ""),
        subject=meant.get("subject", ""),
        message=meant.get("message", ""),
        fields=_named(filled),
        form=kept.form,
        page=kept.page,
        is_spam=kept.is_spam,
        mail_failed=kept.mail_failed,
    )


def _moment(value: object, zone: tzinfo) -> datetime:
    try:
        return moment(value, zone)
    except ValueError as error:
        raise Unintelligible(f"The time at which it was written {error}.") from None


def _named(filled: Sequence[Filled]) -> Mapping[str, str]:
    """Return what was filled in by the label, or name; the name where labels repeat."""
    fields: dict[str, str] = {}
    for one in filled:
        label = one.label or one.name
        fields[one.name if label in fields else label] = one.value
    return fields
