"""What browsers showed: kept of what went wrong, the newest, and never many."""

from datetime import datetime

from sqlalchemy import Connection, delete, select

from watchdog.ledger import tables
from watchdog.ledger.rows import add, columns, fact
from watchdog.model import Health, Marker, Screenshot, Verdict

MOST_KEPT = 300
"""In all; the oldest go first.  Of some 50 kB each they are 15 MB."""

_table = tables.screenshot


def keep_screenshot(
    connection: Connection, marker: Marker, image: bytes, *, taken_at: datetime
) -> None:
    """Keep an image with its submission; the first stays, and too many go.

    A message may arrive, and be judged, before its form has come to an end: then
    there is nothing to show.
    """
    if not image or _is_well(connection, marker):
        return
    add(connection, _table, Screenshot(marker=marker, taken_at=taken_at, image=image))
    beyond = (
        select(_table.c.marker)
        .order_by(_table.c.taken_at.desc())
        .offset(MOST_KEPT)
        .limit(MOST_KEPT)
    )
    connection.execute(delete(_table).where(_table.c.marker.in_(beyond)))


def drop_screenshot(connection: Connection, verdict: Verdict) -> None:
    """Keep no image of what turned out well."""
    if verdict.outcome.health is Health.OK and verdict.evidence.get("browser"):
        connection.execute(delete(_table).where(_table.c.marker == verdict.marker))


def screenshot_of(connection: Connection, marker: Marker) -> Screenshot | None:
    """Return what the browser showed at the end of a submission, if it is kept."""
    statement = select(*columns(Screenshot, _table)).where(_table.c.marker == marker)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else fact(Screenshot, row)


def _is_well(connection: Connection, marker: Marker) -> bool:
    verdict = tables.verdict
    said = select(verdict.c.outcome).where(verdict.c.marker == marker)
    outcomes = connection.scalars(said.order_by(verdict.c.number)).all()
    return bool(outcomes) and outcomes[-1].health is Health.OK
