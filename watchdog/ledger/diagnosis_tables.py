"""The tables of what is tried to prove a cause, and of what we held to be it."""

from sqlalchemy import Column, ForeignKey, Integer, PrimaryKeyConstraint, Table

from watchdog.ledger.columns import Json, Texts, Utc, Word, Words
from watchdog.ledger.tables import METADATA
from watchdog.model import Cause, Experiment, Outcome, Sureness


def _incident() -> Column[int]:
    """Return the column of a fact about an incident, which goes when that goes."""
    return Column(
        "incident", ForeignKey("incident.id", ondelete="CASCADE"), nullable=False
    )


trial = Table(
    "trial",
    METADATA,
    _incident(),
    Column("experiment", Word(Experiment), nullable=False),
    Column("check", Words, nullable=False),
    Column("name", Words, nullable=False, unique=True),
    Column("claimed_at", Utc, nullable=False),
    PrimaryKeyConstraint("incident", "experiment"),
)

diagnosis = Table(
    "diagnosis",
    METADATA,
    _incident(),
    Column("number", Integer, nullable=False),
    Column("check", Words, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("trials", Integer, nullable=False),
    Column("cause", Word(Cause)),
    Column("sureness", Word(Sureness), nullable=False),
    Column("suspects", Texts, nullable=False),
    Column("words", Words, nullable=False),
    Column("values", Json, nullable=False),
    Column("evidence", Json, nullable=False),
    Column("diagnosed_at", Utc, nullable=False),
    PrimaryKeyConstraint("incident", "number"),
)
