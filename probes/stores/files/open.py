"""Which files are read how?  The settings say so."""

from typing import assert_never

from probes.stores.file_settings import CsvSettings, FileSettings, JsonLinesSettings
from probes.stores.files.access_log import AccessLogFormat
from probes.stores.files.csv_format import CsvFormat
from probes.stores.files.endpoints import Endpoints
from probes.stores.files.file_store import FileStore
from probes.stores.files.jsonl_format import JsonLinesFormat
from probes.stores.files.rows import Rows
from probes.stores.log_settings import AccessLogSettings


def open_files(settings: FileSettings | AccessLogSettings) -> FileStore:
    """Return the store in the files that `settings` name; none is opened yet."""
    match settings:
        case CsvSettings():
            return FileStore(settings.path, CsvFormat(Rows(settings)))
        case JsonLinesSettings():
            return FileStore(settings.path, JsonLinesFormat(Rows(settings)))
        case AccessLogSettings():
            endpoints = Endpoints(settings.page, settings.endpoint)
            return FileStore(settings.path, AccessLogFormat(endpoints), is_log=True)
        case _:
            assert_never(settings)
