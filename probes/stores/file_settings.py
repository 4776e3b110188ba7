"""How to read inquiries from files that the site, or its owner, has written."""

from typing import Literal

from probes.origin import ResolvedPath
from probes.settings import Settings
from probes.values import Text, TimeZone


class CsvColumns(Settings):
    """Our names for what an inquiry holds, and the file's own for its columns."""

    id: Text = "id"
    """The inquiry's number."""
    submitted_at: Text = "submitted_at"
    """When it was written."""
    name: Text = "name"
    """Who wrote it."""
    email: Text = "email"
    """Their address."""
    phone: Text = "phone"
    """Their number."""
    message: Text = "message"
    """What they wrote."""
    status: Text = "status"
    """What the site made of it, as `spam`."""


class CsvSettings(Settings):
    """A CSV file of inquiries, as exported or written by the site."""

    kind: Literal["csv"] = "csv"
    path: ResolvedPath
    """The file; its first row names the columns."""
    columns: CsvColumns = CsvColumns()
    """What the columns are called, where not as here."""
    timezone: TimeZone = "UTC"
    """Of stamps that name no zone themselves."""
