"""Our own installation: what clashes with it, and what it lacks."""

import platform
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from importlib.util import find_spec

from probes.settings import AppriseSettings
from watchdog import clash
from watchdog.config import Config
from watchdog.rules.finding import Finding, broken, doubtful, well

OURS = "contact-form-watchdog"


def examine_installation() -> Iterator[Finding]:
    """Yield what can be told without a configuration."""
    yield well(
        OURS, f"Version {version(OURS)} runs on Python {platform.python_version()}."
    )
    others = set(packages_distributions().get("watchdog", ())) - {OURS}
    if others or clash.is_visible():
        named = f" ({', '.join(sorted(others))})" if others else ""
        yield doubtful(f"package watchdog{named}", clash.SENTENCE, clash.MEND)


def examine_extras(config: Config) -> Iterator[Finding]:
    """Yield the libraries that this configuration needs, and that are not here."""
    for name, channel in config.channel.items():
        if isinstance(channel, AppriseSettings) and find_spec("apprise") is None:
            yield broken(
                f"channel {name}",
                "The library apprise is not installed: this channel cannot be used.",
                f"pip install '{OURS}[notify]'",
            )
