"""For which site a companion is made, and where the secret that they share is kept."""

import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from probes.errors import Refused
from probes.forms.exemption import LEAST_KEY, TOO_SHORT
from probes.secrets import Secret
from probes.settings import FormSettings
from probes.stores.rest_settings import CompanionSettings
from probes.trust import is_loopback
from watchdog.config import Check

ODD = re.compile(r"[^a-z0-9.-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site with a form, and the file in which a secret for it is kept by default."""

    host: str
    check: Check
    form: FormSettings
    key_file: Path

    @property
    def secret(self) -> Secret | None:
        """What the site and we share, as the configuration names it."""
        store = self.check.store
        key = store.key if isinstance(store, CompanionSettings) else None
        return key or self.form.exemption

    @property
    def lacks(self) -> tuple[str, ...]:
        """What to add to the check in the configuration, a step each."""
        steps = []
        if self.secret is None:
            steps.append(
                "Beside the form's `url`, write (`form.exemption` beside `form.url`):\n"
                f'      exemption = {{ file = "{self.key_file.name}" }}'
            )
        if self.check.store is None:
            steps.append(
                'Below the check, write:\n      [check.store]\n      kind = "companion"'
            )
        return tuple(steps)

    async def key(self) -> str | None:
        """Return the secret that the site shares; None where there is none yet.

        Raises `Refused` where it cannot be had, could be guessed, is told twice, or
        would let its signatures be seen on the way.
        """
        secret, page = self.secret, urlsplit(self.form.url)
        if page.scheme != "https" and not is_loopback(page.hostname or ""):
            raise Refused(
                f"Signed tests go over https:// alone: {self.host} must be reached so."
            )
        if self.form.exemption not in (None, secret):
            raise Refused(
                "A plugin has one secret, but the `key` of the store is another than"
                " the form's `exemption`: leave one of them out."
            )
        if secret is None and self.key_file.exists():
            secret = Secret(file=self.key_file)
        key = await secret.reveal() if secret else None
        if key is not None and len(key) < LEAST_KEY:
            raise Refused(TOO_SHORT)
        return key


def site_of(check: Check, config: Path) -> Site | None:
    """Return the site of a check's form; None for a check without one."""
    if check.form is None:
        return None
    host = ODD.sub("_", (urlsplit(check.form.url).hostname or "").lower())
    key_file = config.absolute().parent / f"exemption-{host}.key"
    return Site(host=host, check=check, form=check.form, key_file=key_file)


def new_key() -> str:
    """Return a secret that nobody guesses."""
    return secrets.token_hex(LEAST_KEY)
