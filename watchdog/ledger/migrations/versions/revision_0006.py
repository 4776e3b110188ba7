"""Proven causes, visitors' copies, and what a browser saw."""

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the tables of trials and diagnoses, of copies and pictures."""
