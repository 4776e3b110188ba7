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
