"""How to read the database in which a site keeps its inquiries."""

from typing import Annotated, Literal

from pydantic import Field

from probes.origin import ResolvedPath
from probes.secrets import Secret
from probes.settings import Settings
from probes.values import Switch, Text, TimeZone

Fact = Literal["name", "email", "phone", "subject", "message"]
"""What we want to know of an inquiry."""

ColumnName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_$-]{1,64}$")]
TableName = Annotated[
    str, Field(pattern=r"^([A-Za-z0-9_$-]{1,64}\.)?[A-Za-z0-9_$-]{1,64}$")
]


class DatabaseSettings(Settings):
    """A database, which is opened for reading alone."""

    database: Secret
    """A URL: mysql://user:password@host/name, postgresql://… or sqlite:///path."""
    ca: ResolvedPath | None = None
    """Extra authority (PEM) that is trusted for this host, beside the system's."""
    insecure_login: Switch = False
    """Log in over a line that anybody on the way can read."""
    timezone: TimeZone | None = None
    """Of times without a zone. Default: the site's own; UTC where it says none."""


class SqlStoreSettings(DatabaseSettings):
    """The database in which a form system keeps its inquiries."""

    kind: Literal[
        "acf7db",
        "cfdb7",
        "drupal",
        "elementor",
        "everest",
        "flamingo",
        "fluent",
        "formidable",
        "forminator",
        "gravity",
        "jetpack",
        "metform",
        "ninja",
        "sureforms",
        "vxcf",
        "wagtail",
        "wpforms",
    ]
    """The system that writes it."""
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]*$")] | None = None
    """Of the tables' names; default: `wp_` for WordPress, none elsewhere."""
    form: Text | None = None
    """Only the inquiries of this form, by the number or name in the store."""
    fields: dict[Fact, Text] = Field(default_factory=dict)
    """Which field of the form is the `name`, `email`, `phone`, `subject`, `message`,
    where that is not found by itself."""


class TableColumns(Settings):
    """What columns of a table hold; one that is not named is found by its name."""

    id: ColumnName | None = None
    """The inquiry's number. Default: the primary key."""
    submitted_at: ColumnName | None = None
    """When it was written."""
    name: ColumnName | None = None
    """Who wrote it."""
    email: ColumnName | None = None
    """Their address."""
    phone: ColumnName | None = None
    """Their number."""
    subject: ColumnName | None = None
    """What it is about."""
    message: ColumnName | None = None
    """What they wrote."""
    status: ColumnName | None = None
    """What the site made of it, as `spam`."""


class TableSettings(DatabaseSettings):
    """Any table that has a row for each inquiry, as that of a Django model."""

    kind: Literal["django", "table"]
    """The same: a model of Django is a table named app_model."""
    table: TableName
    """The table's name, with its schema before a dot where it needs one."""
    columns: TableColumns = TableColumns()
    """What its columns hold, where that is not found by itself."""
