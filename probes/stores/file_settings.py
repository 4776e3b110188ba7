"""How to read inquiries from files that the site, or its owner, has written."""

from typing import Literal

from probes.origin import ResolvedPath
from probes.settings import Settings
from probes.stores.stamps import Order
from probes.values import Text, TimeZone


class Columns(Settings):
    """Our names for what an inquiry holds, and the file's own for its columns."""

    id: Text = "id"
    """The inquiry's number; without one, it is made of what the row says."""
    submitted_at: Text = "submitted_at"
    """When it was written."""
    name: Text = "name"
    """Who wrote it."""
    email: Text = "email"
    """Their address."""
    phone: Text = "phone"
    """Their number."""
    subject: Text = "subject"
    """What it is about."""
    message: Text = "message"
    """What they wrote."""
    status: Text = "status"
    """What the site made of it, as `spam` or `mail failed`."""


class RowSettings(Settings):
    """What files of inquiries have in common, however they are written."""

    path: ResolvedPath
    """The file, or a pattern like `inquiries*.csv`; may be compressed (gz, bz2, xz)."""
    columns: Columns = Columns()
    """What the columns are called, where not as here."""
    timezone: TimeZone = "UTC"
    """Of stamps that name no zone themselves."""
    dates: Order | None = None
    """`day-first` or `month-first`, where 3/4/2026 may be either."""


class CsvSettings(RowSettings):
    """A CSV file of inquiries, as exported or written by the site."""

    kind: Literal["csv"] = "csv"


class JsonLinesSettings(RowSettings):
    """A file with a JSON object on each line, as written by the site."""

    kind: Literal["jsonl"] = "jsonl"


FileSettings = CsvSettings | JsonLinesSettings
