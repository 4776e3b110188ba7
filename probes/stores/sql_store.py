"""A store in a database: read piece by piece, by the entries' own numbers."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from probes.stores.database import Database, open_database
from probes.stores.database_errors import Missing
from probes.stores.discovery import lacking
from probes.stores.reading import Question, read_piece
from probes.stores.sql_settings import SqlStoreSettings, TableSettings
from probes.stores.store import Piece
from probes.stores.systems import system_of
from probes.stores.systems.any_table import table_system


class SqlStore:
    """What a form system, or a site of its own making, keeps in a database."""

    def __init__(self, settings: SqlStoreSettings | TableSettings) -> None:
        self._settings = settings
        self._database: Database | None = None

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return a piece, as `Store.read` promises."""
        if self._database is None:
            self._database = await open_database(self._settings)
        asked = Question(
            since=since, cursor=cursor, most=most, zone=self._settings.timezone
        )
        if isinstance(self._settings, TableSettings):
            return await self._database.ask(_piece_of_table, self._settings, asked)
        return await self._piece_of_system(self._database, self._settings, asked)

    async def aclose(self) -> None:
        """Let go of the connection."""
        if self._database is not None:
            await self._database.aclose()

    async def _piece_of_system(
        self, database: Database, settings: SqlStoreSettings, asked: Question
    ) -> Piece:
        system = system_of(settings.kind, settings.prefix)
        asked = replace(asked, form=settings.form, said=settings.fields)
        try:
            return await database.ask(read_piece, system, asked)
        except Missing as error:
            sentence = await database.ask(lacking, system)
            raise Missing(sentence) from error


def _piece_of_table(
    connection: Connection, settings: TableSettings, asked: Question
) -> Piece:
    return read_piece(connection, table_system(connection, settings), asked)
