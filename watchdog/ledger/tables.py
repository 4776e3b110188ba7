"""The tables of what was sent, seen and judged; columns are named as in the model."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    UniqueConstraint,
    false,
    true,
)

from watchdog.ledger.columns import Json, Span, Utc, Word, Words
from watchdog.model import Leg, Outcome, Place, Way

# Partial indexes are told to SQLite alone: naming PostgreSQL here would import all
# of that dialect into every start.  The migrations, which make them, name both.
METADATA = MetaData(
    naming_convention={
        "ix": "%(table_name)s_%(column_0_N_name)s",
        "uq": "%(table_name)s_%(column_0_N_name)s_key",
        "pk": "%(table_name)s_pkey",
        "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    }
)


def _marker(*, primary_key: bool = False) -> Column[str]:
    """Return the column of a fact about a submission, which goes when that goes."""
    owner = ForeignKey("submission.marker", ondelete="CASCADE")
    return Column("marker", Words, owner, primary_key=primary_key, nullable=False)


key = Table(
    "key",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("secret", LargeBinary, nullable=False),
)

submission = Table(
    "submission",
    METADATA,
    Column("marker", Words, primary_key=True),
    Column("check", Words, nullable=False),
    Column("mailbox", Words, nullable=False),
    Column("beat", Utc, nullable=False),
    Column("submitted_at", Utc, nullable=False),
    Column("expected", Span, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("way", Word(Way), nullable=False, server_default=Way.FORM.value),
    # When there is next a reason to judge: the deadline, or at once when a fact
    # comes in that decides; null when all is said.  So the question "what is to
    # be judged?" costs the same however many submissions there ever were.
    Column("judge_at", Utc),
    # Likewise: true until the first arrival.
    Column("awaited", Boolean, nullable=False),
    UniqueConstraint("check", "beat"),
)
_judging = submission.c.judge_at.is_not(None)
Index(None, submission.c.judge_at, sqlite_where=_judging)
Index(None, submission.c.mailbox, submission.c.due_at, sqlite_where=_judging)
_awaited = submission.c.awaited == true()
Index(None, submission.c.mailbox, submission.c.submitted_at, sqlite_where=_awaited)
Index(None, submission.c.submitted_at)

answer = Table(
    "answer",
    METADATA,
    _marker(primary_key=True),
    Column("answered_at", Utc, nullable=False),
    Column("answer", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("status", Integer),
    Column("url", Words, nullable=False),
    Column("system", Words, nullable=False),
    Column("evidence", Json, nullable=False),
)

failure = Table(
    "failure",
    METADATA,
    _marker(primary_key=True),
    Column("failed_at", Utc, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("leg", Word(Leg), nullable=False),
    Column("words", Words, nullable=False),
    Column("evidence", Json, nullable=False),
)

# Apart from the answer and the failure, which are read often.
screenshot = Table(
    "screenshot",
    METADATA,
    _marker(primary_key=True),
    Column("taken_at", Utc, nullable=False),
    Column("image", LargeBinary, nullable=False),
    Index(None, "taken_at"),
)

# Only the newest look and the newest blindness say anything: a row a mailbox (and
# kind of look), so that a mailbox read every few seconds for years costs nothing.
look = Table(
    "look",
    METADATA,
    Column("mailbox", Words, nullable=False),
    Column("everywhere", Boolean, nullable=False),
    Column("looked_at", Utc, nullable=False),
    PrimaryKeyConstraint("mailbox", "everywhere"),
)

blindness = Table(
    "blindness",
    METADATA,
    Column("mailbox", Words, primary_key=True),
    Column("failed_at", Utc, nullable=False),
    Column("words", Words, nullable=False),
    Column("permanent", Boolean, nullable=False),
)

bookmark = Table(
    "bookmark",
    METADATA,
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("validity", BigInteger, nullable=False),
    Column("next_uid", BigInteger, nullable=False),
    PrimaryKeyConstraint("mailbox", "folder"),
)

arrival = Table(
    "arrival",
    METADATA,
    _marker(primary_key=True),
    Column("mailbox", Words, nullable=False),
    Column("folder", Words, nullable=False),
    Column("place", Word(Place), nullable=False),
    Column("arrived_at", Utc, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("validity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("evidence", Json, nullable=False),
)

# A row is made with its submission, and completed when the reply is seen.
reply = Table(
    "reply",
    METADATA,
    _marker(primary_key=True),
    Column("check", Words, nullable=False),
    Column("mailbox", Words, nullable=False),
    Column("submitted_at", Utc, nullable=False),
    Column("due_at", Utc, nullable=False),
    Column("awaited", Boolean, nullable=False),
    Column("folder", Words),
    Column("place", Word(Place)),
    Column("arrived_at", Utc),
    Column("seen_at", Utc),
    Index(None, "check", "submitted_at"),
)
_reply_awaited = reply.c.awaited == true()
Index(None, reply.c.mailbox, reply.c.submitted_at, sqlite_where=_reply_awaited)

bounce = Table(
    "bounce",
    METADATA,
    _marker(primary_key=True),
    Column("mailbox", Words, nullable=False),
    Column("seen_at", Utc, nullable=False),
    Column("status", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("recipient", Words, nullable=False),
)

verdict = Table(
    "verdict",
    METADATA,
    _marker(),
    Column("number", Integer, nullable=False),
    Column("check", Words, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("judged_at", Utc, nullable=False),
    Column("leg", Word(Leg)),
    Column("cause", Words, nullable=False),
    Column("advice", Words, nullable=False),
    Column("latency", Span),
    Column("arrived_at", Utc),
    Column("folder", Words),
    Column("evidence", Json, nullable=False),
    # False until the incidents have taken note of it.
    Column("noted", Boolean, nullable=False, default=False),
    PrimaryKeyConstraint("marker", "number"),
    Index(None, "check", "judged_at"),
)
Index(None, verdict.c.judged_at, sqlite_where=verdict.c.noted == false())
