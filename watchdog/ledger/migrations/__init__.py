"""Run by Alembic, and only when a ledger is new or older than we are."""
