"""Proven causes, visitors' copies, and what a browser saw."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of trials and diagnoses, of copies and screenshots."""
    way = sa.Column("way", sa.Text(), nullable=False, server_default="form")
    op.add_column("submission", way)
    mail_error = sa.Column("mail_error", sa.Text(), nullable=False, server_default="")
    op.add_column("inquiry", mail_error)
    for name in ("answer", "failure"):
        evidence = sa.Column("evidence", sa.Text(), nullable=False, server_default="{}")
        op.add_column(name, evidence)
    op.create_table(
        "screenshot",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("image", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("marker", name="screenshot_pkey"),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="screenshot_marker_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("screenshot_taken_at", "screenshot", ["taken_at"])
    op.create_table(
        "trial",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("experiment", sa.Text(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("incident", "experiment", name="trial_pkey"),
        sa.UniqueConstraint("name", name="trial_name_key"),
        _of_incident("trial"),
    )
    op.create_table(
        "diagnosis",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("trials", sa.Integer(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("sureness", sa.Text(), nullable=False),
        sa.Column("suspects", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("values", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("diagnosed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("incident", "number", name="diagnosis_pkey"),
        _of_incident("diagnosis"),
    )

    op.create_table(
        "reply",
        sa.Column("marker", sa.Text(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("mailbox", sa.Text(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("awaited", sa.Boolean(), nullable=False),
        sa.Column("folder", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("marker", name="reply_pkey"),
        sa.ForeignKeyConstraint(
            ["marker"],
            ["submission.marker"],
            name="reply_marker_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("reply_check_submitted_at", "reply", ["check", "submitted_at"])
    op.create_index(
        "reply_mailbox_submitted_at",
        "reply",
        ["mailbox", "submitted_at"],
        sqlite_where=sa.text("awaited = 1"),
        postgresql_where=sa.text("awaited"),
    )


def _of_incident(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["incident"],
        ["incident.id"],
        name=f"{table}_incident_fkey",
        ondelete="CASCADE",
    )
