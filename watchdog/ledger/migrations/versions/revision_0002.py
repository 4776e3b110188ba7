"""Incidents, alarms, silences, and what remains of days that are forgotten."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables of trouble."""
    op.create_table(
        "day_summary",
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("latency_sum", sa.Double(), nullable=False),
        sa.Column("latency_max", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("check", "day", "outcome", name="day_summary_pkey"),
    )
    op.create_table(
        "incident",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("shared", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("window_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("window_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="incident_pkey"),
    )
    op.create_index(
        "incident_kind_shared",
        "incident",
        ["kind", "shared"],
        unique=True,
        sqlite_where=sa.text("resolved_at IS NULL"),
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "silence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("checks", sa.Text(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cron", sa.Text(), nullable=True),
        sa.Column("lasting", sa.Double(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="silence_pkey"),
    )
    op.create_table(
        "alarm",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("incident", sa.Integer(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incident.id"],
            name="alarm_incident_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="alarm_pkey"),
    )
    op.create_index(
        "alarm_due_at",
        "alarm",
        ["due_at"],
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_index("alarm_incident", "alarm", ["incident"])
    op.create_index(
        "alarm_settled_at",
        "alarm",
        ["settled_at"],
        sqlite_where=sa.text("result = 'failed'"),
        postgresql_where=sa.text("result = 'failed'"),
    )
    op.create_table(
        "incident_check",
        sa.Column("incident", sa.Integer(), nullable=False),
        sa.Column("check", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["incident"],
            ["incident.id"],
            name="incident_check_incident_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("incident", "check", name="incident_check_pkey"),
    )
    op.create_table(
        "alarm_attempt",
        sa.Column("alarm", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alarm"], ["alarm.id"], name="alarm_attempt_alarm_fkey", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("alarm", "number", name="alarm_attempt_pkey"),
    )
    op.create_table(
        "retry",
        sa.Column("check", sa.Text(), nullable=False),
        sa.Column("retry_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("check", name="retry_pkey"),
    )
    # What was judged before there were incidents opens none.
    op.add_column(
        "verdict",
        sa.Column("noted", sa.Boolean(), nullable=False, server_default=sa.true()),
    )
    op.create_index(
        "verdict_judged_at",
        "verdict",
        ["judged_at"],
        sqlite_where=sa.text("noted = 0"),
        postgresql_where=sa.text("NOT noted"),
    )
