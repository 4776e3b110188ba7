"""Alembic's way in: migrates by the connection that we hand over."""

from alembic import context

from watchdog.ledger.revision import VERSION_TABLE
from watchdog.ledger.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    version_table=VERSION_TABLE,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
