"""Proven causes, visitors' copies, and what a browser saw."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of trials and diagnoses, of copies and screenshots."""
    way = sa.Column("way", sa.Text(), nullable=False, server_default="form")
    op.add_column("submission", way)
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


def _of_incident(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["incident"],
        ["incident.id"],
        name=f"{table}_incident_fkey",
        ondelete="CASCADE",
    )
