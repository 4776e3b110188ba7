"""How to read inquiries from services that keep them, over their web APIs."""

from typing import Literal, Self
from urllib.parse import urljoin

from pydantic import Field, model_validator

from probes.origin import ResolvedPath
from probes.secrets import Secret
from probes.settings import FormSettings, Settings
from probes.stores.sql_settings import Fact
from probes.values import Text, TimeZone, WebUrl


class ApiSettings(Settings):
    """What web APIs have in common."""

    fields: dict[Fact, Text] = Field(default_factory=dict)
    """Which field of the form is the `name`, `email`, `phone`, `subject`, `message`,
    where that is not found by itself."""
    ca: ResolvedPath | None = None
    """Extra authority (PEM) that is trusted for this host, beside the system's."""


class HostedSettings(ApiSettings):
    """A service that takes a form's messages and keeps them."""

    kind: Literal[
        "basin", "formspree", "hubspot", "jotform", "netlify", "typeform", "webflow"
    ]
    """The service."""
    token: Secret
    """Its key for reading submissions."""
    form: Text
    """The form's number or code there."""
    site: Text | None = None
    """The site's number there; only Webflow asks for it."""
    api: WebUrl | None = None
    """Another address of its API, as for accounts whose data stay in Europe."""
    timezone: TimeZone | None = None
    """Jotform's times are the account's own. Default: America/New_York, as Jotform's;
    the other services say UTC."""

    @model_validator(mode="after")
    def _with_its_site(self) -> Self:
        if self.kind == "webflow" and self.site is None:
            raise ValueError("takes `site` as well: Webflow asks for it")
        return self


class WordPressApiSettings(ApiSettings):
    """A WordPress site, read over its own web API instead of its database."""

    kind: Literal["gravity-rest", "jetpack-rest"]
    """Gravity Forms, or the forms of Jetpack."""
    site: WebUrl
    """The address of the WordPress site."""
    user: Text
    """Gravity Forms' consumer key (`ck_…`), or a WordPress user."""
    password: Secret
    """The consumer secret (`cs_…`), or the user's application password."""
    form: Text | None = None
    """Only the inquiries of this form, by its number."""


class CompanionSettings(ApiSettings):
    """Our companion plugin on a WordPress site."""

    kind: Literal["companion"]
    """The plugin that `contact-watchdog companion wordpress` makes."""
    url: WebUrl | None = None
    """The address of the WordPress site. Default: the host of the form's page."""
    key: Secret | None = None
    """What the plugin was made with. Default: the form's `exemption`."""
    form: Text | None = None
    """Only the inquiries of this form, by its number."""

    def on(self, form: FormSettings) -> Self:
        """Return the settings with what the form says of the site."""
        return self.model_copy(
            update={
                "url": self.url or urljoin(form.url, "/"),
                "key": self.key or form.exemption,
                "ca": self.ca or form.ca,
            }
        )
