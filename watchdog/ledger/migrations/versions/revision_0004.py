"""Early warnings: what they say, and what they are drawn from."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Let incidents speak for themselves, and keep what is measured once a day."""
    for name in ("words", "advice"):
        op.add_column(
            "incident",
            sa.Column(name, sa.Text(), nullable=False, server_default=""),
        )
    op.create_table(
        "measure",
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("subject", name="measure_pkey"),
    )
