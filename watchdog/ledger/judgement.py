"""What is known of a submission, what is to be judged, and what we said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, Integer, bindparam, case, exists, select, update

from watchdog.ledger import tables
from watchdog.ledger.knowledge import KNOWN, facts_of
from watchdog.ledger.rows import add, columns, fact
from watchdog.ledger.screenshots import drop_screenshot
from watchdog.model import CheckName, Facts, Marker, Verdict

_submission = tables.submission
_ours = _submission.c.marker == bindparam("ours")
_limit = bindparam("limit", type_=Integer)

_is_judged = exists().where(tables.verdict.c.marker == _submission.c.marker)
_RIPE = (
    KNOWN.add_columns(case((_is_judged, 2), else_=1).label("number"))
    .where(_submission.c.judge_at <= bindparam("now"))
    .order_by(_submission.c.judge_at)
    .limit(_limit)
)
_FACTS = KNOWN.where(_ours)

_LOCK = select(_submission.c.marker).where(_ours).with_for_update()
_SAID = update(_submission).where(_ours).values(judge_at=None)
_has_arrived = exists().where(tables.arrival.c.marker == _submission.c.marker)
_SAID_IF_NOT_ARRIVED = _SAID.where(~_has_arrived)

_VERDICTS = (
    select(*columns(Verdict, tables.verdict))
    .order_by(tables.verdict.c.judged_at.desc(), tables.verdict.c.number.desc())
    .limit(_limit)
)
_VERDICTS_ON = _VERDICTS.where(tables.verdict.c.marker == bindparam("marker"))
_VERDICTS_OF = _VERDICTS.where(tables.verdict.c.check == bindparam("check"))


def facts(connection: Connection, marker: Marker) -> Facts | None:
    """Return all that is known of one submission, or None if it is not ours."""
    row = connection.execute(_FACTS, {"ours": marker}).mappings().one_or_none()
    return None if row is None else facts_of(row)


def ripe(
    connection: Connection, now: datetime, *, limit: int
) -> Sequence[tuple[int, Facts]]:
    """Return what there is a reason to judge, oldest first, and each verdict's number.

    A reason is an arrival, a failure, an answer that says no, a mailbox that is
    closed to us for good, or the end of the deadline.  The number is 2 where a
    message came after its verdict: that first one stays as it was.
    """
    rows = connection.execute(_RIPE, {"now": now, "limit": limit}).mappings()
    return [(row["number"], facts_of(row)) for row in rows]


def record_verdict(connection: Connection, verdict: Verdict) -> bool:
    """Write down what we hold true, or return False if that number is said already."""
    ours = {"ours": verdict.marker}
    # An arrival may be just being written, of which the verdict knows nothing.
    # On PostgreSQL only a lock, and then a new statement, shows it.
    connection.execute(_LOCK, ours)
    if not add(connection, tables.verdict, verdict):
        return False
    said = _SAID_IF_NOT_ARRIVED if verdict.arrived_at is None else _SAID
    connection.execute(said, ours)
    drop_screenshot(connection, verdict)
    return True


def record_verdicts(
    connection: Connection, verdicts: Collection[Verdict]
) -> Sequence[Verdict]:
    """Write down all of these at once; return those that were new."""
    # In one order, so that two who judge never wait for each other.
    ordered = sorted(verdicts, key=lambda verdict: verdict.marker)
    return [verdict for verdict in ordered if record_verdict(connection, verdict)]


def verdict_on(connection: Connection, marker: Marker) -> Verdict | None:
    """Return the newest verdict on one submission."""
    asked = {"marker": marker, "limit": 1}
    row = connection.execute(_VERDICTS_ON, asked).mappings().one_or_none()
    return None if row is None else fact(Verdict, row)


def verdicts(
    connection: Connection, check: CheckName, *, limit: int
) -> Sequence[Verdict]:
    """Return the check's verdicts, newest first."""
    asked = {"check": check, "limit": limit}
    rows = connection.execute(_VERDICTS_OF, asked).mappings()
    return [fact(Verdict, row) for row in rows]


def latest_verdicts(
    connection: Connection, checks: Collection[CheckName]
) -> Mapping[CheckName, Verdict]:
    """Return the newest verdict of each check that has one."""
    found: dict[CheckName, Verdict] = {}
    for check in checks:
        for verdict in verdicts(connection, check, limit=1):
            found[check] = verdict
    return found
