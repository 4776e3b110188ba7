"""Which service is asked?  The settings say so."""

from collections.abc import Callable, Mapping
from zoneinfo import ZoneInfo

from probes.errors import Refused
from probes.stores.rest.asking import Patience
from probes.stores.rest.basin import Basin
from probes.stores.rest.companion import Companion
from probes.stores.rest.formspree import Formspree
from probes.stores.rest.gravity import GravityForms
from probes.stores.rest.hubspot import HubSpot
from probes.stores.rest.jetpack import Jetpack
from probes.stores.rest.jotform import Jotform
from probes.stores.rest.netlify import Netlify
from probes.stores.rest.rest_store import RestStore
from probes.stores.rest.service import Service
from probes.stores.rest.typeform import Typeform
from probes.stores.rest.webflow import Webflow
from probes.stores.rest_settings import (
    CompanionSettings,
    HostedSettings,
    WordPressApiSettings,
)

HOSTED: Mapping[str, Callable[[HostedSettings], Service]] = {
    "basin": Basin,
    "formspree": Formspree,
    "hubspot": HubSpot,
    "jotform": Jotform,
    "netlify": Netlify,
    "typeform": Typeform,
    "webflow": Webflow,
}
WORDPRESS: Mapping[str, Callable[[WordPressApiSettings], Service]] = {
    "gravity-rest": GravityForms,
    "jetpack-rest": Jetpack,
}
JOTFORM = "America/New_York"


def open_service(
    settings: CompanionSettings | HostedSettings | WordPressApiSettings,
    patience: Patience | None = None,
    *,
    tests: bool = False,
) -> RestStore:
    """Return the store at the service that `settings` name; nobody is asked yet.

    With `tests`, our companion tells our own signed submissions as well.  Raises
    `Refused` where the settings do not say how to ask.
    """
    if isinstance(settings, CompanionSettings):
        if settings.url is None or settings.key is None:
            raise Refused("The companion plugin's `url` or `key` is not known.")
        companion = Companion(settings.url, settings.form, tests=tests)
        return RestStore(companion, settings.key, settings, patience=patience)
    if isinstance(settings, WordPressApiSettings):
        of_site = WORDPRESS[settings.kind](settings)
        return RestStore(of_site, settings.password, settings, patience=patience)
    service = HOSTED[settings.kind](settings)
    usual = JOTFORM if settings.kind == "jotform" else "UTC"
    return RestStore(
        service,
        settings.token,
        settings,
        zone=ZoneInfo(settings.timezone or usual),
        address=settings.api,
        patience=patience,
    )
