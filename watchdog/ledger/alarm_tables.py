"""The tables of trouble, of whom we told, and of ourselves; named as in the model."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
)

from watchdog.ledger.columns import Json, Span, Utc, Word, Words
from watchdog.ledger.tables import METADATA
from watchdog.model import AlarmResult, Health, IncidentKind, Outcome, Reason

incident = Table(
    "incident",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("change", Integer, nullable=False),
    Column("kind", Word(IncidentKind), nullable=False),
    Column("shared", Words, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("health", Word(Health), nullable=False),
    Column("opened_at", Utc, nullable=False),
    Column("window_from", Utc),
    Column("window_to", Utc),
    Column("words", Words, nullable=False),
    Column("advice", Words, nullable=False),
    Column("acknowledged_at", Utc),
    Column("acknowledged_by", Words),
    Column("resolved_at", Utc),
)
_open = incident.c.resolved_at.is_(None)
# The same trouble is open once, however many daemons find it at the same time.
Index(None, incident.c.kind, incident.c.shared, unique=True, sqlite_where=_open)
Index(None, incident.c.resolved_at)

incident_check = Table(
    "incident_check",
    METADATA,
    Column("incident", ForeignKey("incident.id", ondelete="CASCADE"), nullable=False),
    Column("check", Words, nullable=False),
    PrimaryKeyConstraint("incident", "check"),
)

alarm = Table(
    "alarm",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("incident", ForeignKey("incident.id", ondelete="CASCADE"), index=True),
    Column("channel", Words, nullable=False),
    Column("step", Integer, nullable=False),
    Column("reason", Word(Reason), nullable=False),
    Column("created_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("claimed_at", Utc),
    Column("attempts", Integer, nullable=False),
    Column("lapsed", Boolean, nullable=False),
    Column("settled_at", Utc),
    Column("result", Word(AlarmResult)),
    Column("message_id", Words),
    Column("subject", Words),
    Column("held_at", Utc),
)
_unsettled = alarm.c.settled_at.is_(None)
Index(None, alarm.c.due_at, sqlite_where=_unsettled)
Index(None, alarm.c.settled_at, sqlite_where=alarm.c.result == AlarmResult.FAILED)

alarm_attempt = Table(
    "alarm_attempt",
    METADATA,
    Column("alarm", ForeignKey("alarm.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("failed_at", Utc, nullable=False),
    Column("words", Words, nullable=False),
    PrimaryKeyConstraint("alarm", "number"),
)

silence = Table(
    "silence",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("checks", Words, nullable=False),
    Column("from_at", Utc, nullable=False),
    Column("until_at", Utc),
    Column("cron", Words),
    Column("lasting", Span),
    Column("timezone", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("created_by", Words, nullable=False),
)

# When a check is to be tried again before its next beat; a row a check at most.
retry = Table(
    "retry",
    METADATA,
    Column("check", Words, primary_key=True),
    Column("retry_at", Utc, nullable=False),
)

day_summary = Table(
    "day_summary",
    METADATA,
    Column("check", Words, nullable=False),
    Column("day", Date, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("count", Integer, nullable=False),
    Column("latency_sum", Span, nullable=False),
    Column("latency_max", Span, nullable=False),
    PrimaryKeyConstraint("check", "day", "outcome"),
)

# The newest measure of each thing, and when we last set out to take it.
measure = Table(
    "measure",
    METADATA,
    Column("subject", Words, primary_key=True),
    Column("asked_at", Utc, nullable=False),
    Column("evidence", Json, nullable=False),
)

presence = Table(
    "presence",
    METADATA,
    Column("daemon", Words, primary_key=True),
    Column("started_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("stopped_at", Utc),
    Column("trouble", Words, nullable=False),
)
