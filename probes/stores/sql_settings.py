"""How to read the database in which a form system keeps its inquiries."""

from typing import Annotated, Literal

from pydantic import Field

from probes.secrets import Secret
from probes.settings import Settings
from probes.values import TimeZone


class SqlStoreSettings(Settings):
    """The database in which a form system keeps its inquiries; read-only for us."""

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
    database: Secret
    """A URL: mysql://user:password@host/name, postgresql://… or sqlite:///path."""
    prefix: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]*$")] | None = None
    """Of the tables' names; default: `wp_` for WordPress, none elsewhere."""
    form: str | None = None
    """Only the inquiries of this form, by the number or name in the store."""
    timezone: TimeZone = "UTC"
    """The site's own, where the system writes local times."""
