"""How to reach a store, of whatever kind."""

from typing import Annotated

from pydantic import Field

from probes.stores.file_settings import CsvSettings, JsonLinesSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.rest_settings import (
    CompanionSettings,
    HostedSettings,
    WordPressApiSettings,
)
from probes.stores.sql_settings import SqlStoreSettings, TableSettings

StoreSettings = Annotated[
    AccessLogSettings
    | CompanionSettings
    | CsvSettings
    | HostedSettings
    | JsonLinesSettings
    | MailStoreSettings
    | SqlStoreSettings
    | TableSettings
    | WordPressApiSettings,
    Field(discriminator="kind"),
]
