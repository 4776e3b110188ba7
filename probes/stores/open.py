"""Which door leads to a store?  Its settings say so."""

from typing import assert_never

from probes.stores.file_settings import CsvSettings, JsonLinesSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.rest_settings import HostedSettings, WordPressApiSettings
from probes.stores.settings import StoreSettings
from probes.stores.sql_settings import SqlStoreSettings, TableSettings
from probes.stores.store import Store


def open_store(settings: StoreSettings) -> Store:
    """Return the store that `settings` describe; nothing is touched yet.

    Only the door that is used is imported: SQLAlchemy is slow to load.
    """
    match settings:
        case SqlStoreSettings() | TableSettings():
            from probes.stores.sql_store import SqlStore  # noqa: PLC0415

            return SqlStore(settings)
        case AccessLogSettings() | CsvSettings() | JsonLinesSettings():
            from probes.stores.files.open import open_files  # noqa: PLC0415

            return open_files(settings)
        case HostedSettings() | WordPressApiSettings():
            from probes.stores.rest.open import open_service  # noqa: PLC0415

            return open_service(settings)
        case _:
            assert_never(settings)
