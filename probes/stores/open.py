"""Which door leads to a store?  Its settings say so."""

from typing import assert_never

from probes.errors import Refused
from probes.mail.open import open_mailbox
from probes.stores.file_settings import CsvSettings, JsonLinesSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.rest_settings import (
    CompanionSettings,
    HostedSettings,
    WordPressApiSettings,
)
from probes.stores.settings import StoreSettings
from probes.stores.sql_settings import SqlStoreSettings, TableSettings
from probes.stores.store import Store


def open_store(settings: StoreSettings, *, tests: bool = False) -> Store:
    """Return the store that `settings` describe; nothing is touched yet.

    With `tests`, none leaves out what it knows to be ours.

    Only the door that is used is imported: SQLAlchemy is slow to load.
    """
    match settings:
        case SqlStoreSettings() | TableSettings():
            from probes.stores.sql_store import SqlStore  # noqa: PLC0415

            return SqlStore(settings)
        case AccessLogSettings() | CsvSettings() | JsonLinesSettings():
            from probes.stores.files.open import open_files  # noqa: PLC0415

            return open_files(settings)
        case CompanionSettings() | HostedSettings() | WordPressApiSettings():
            from probes.stores.rest.open import open_service  # noqa: PLC0415

            return open_service(settings, tests=tests)
        case MailStoreSettings():
            if settings.account is None:
                raise Refused(f"No mailbox is known by the name {settings.mailbox}.")
            mailbox = open_mailbox(settings.account)
            from probes.stores.mail_store import MailStore  # noqa: PLC0415

            return MailStore(mailbox, settings.folder)
        case _:
            assert_never(settings)
