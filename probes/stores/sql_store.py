"""A store in a database: read piece by piece, by the entries' own numbers."""

from datetime import datetime

from probes.errors import Refused
from probes.stores.sql_settings import SqlStoreSettings, TableSettings
from probes.stores.store import Piece


class SqlStore:
    """What a form system, or a site of its own making, keeps in a database."""

    def __init__(self, settings: SqlStoreSettings | TableSettings) -> None:
        self._settings = settings

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return a piece, as `Store.read` promises."""
        del since, cursor, most
        raise Refused("Databases cannot be read yet.")

    async def aclose(self) -> None:
        """Let go of the connection."""
