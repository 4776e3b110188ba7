"""Submissions, what was seen of them, and verdicts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "blindness",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("permanent", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name="blindness_pkey"),
    )
    op.create_table(
        "bookmark",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("next_uid", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "folder", name="bookmark_pkey"),
    )
    op.create_table(
        "key",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="key_pkey"),
    )
    op.create_table(
        "look",
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("everywhere", sa.Boolean(), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "everywhere", name="look_pkey"),
    )
    op.create_table(
        "submission",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("beat", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected", sa.Double(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judge_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("awaited", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("marker", name="submission_pkey"),
        sa.UniqueConstraint("check", "beat", name="submission_check_beat_key"),
    )
    op.create_index(
        "submission_judge_at",
        "submission",
        ["judge_at"],
        sqlite_where=sa.text("judge_at IS NOT NULL"),
        postgresql_where=sa.text("judge_at IS NOT NULL"),
    )
    op.create_index(
        "submission_mailbox_due_at",
        "submission",
        ["mailbox", "due_at"],
        sqlite_where=sa.text("judge_at IS NOT NULL"),
        postgresql_where=sa.text("judge_at IS NOT NULL"),
    )
    op.create_index(
        "submission_mailbox_submitted_at",
        "submission",
        ["mailbox", "submitted_at"],
        sqlite_where=sa.text("awaited = 1"),
        postgresql_where=sa.text("awaited"),
    )
    op.create_index("submission_submitted_at", "submission", ["submitted_at"])
    op.create_table(
        "answer",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="answer_marker_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("marker", name="answer_pkey"),
    )
    op.create_table(
        "arrival",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="arrival_marker_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("marker", name="arrival_pkey"),
    )
    op.create_table(
        "bounce",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="bounce_marker_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("marker", name="bounce_pkey"),
    )
    op.create_table(
        "failure",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("leg", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="failure_marker_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("marker", name="failure_pkey"),
    )
    op.create_table(
        "verdict",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leg", sa.Text(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("latency", sa.Double(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("folder", sa.Text(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="verdict_marker_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("marker", "number", name="verdict_pkey"),
    )
    op.create_index("verdict_check_judged_at", "verdict", ["check", "judged_at"])
