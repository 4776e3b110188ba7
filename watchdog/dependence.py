"""At start: of what trouble nobody may hear."""

from collections.abc import Sequence
from dataclasses import dataclass

import structlog

from probes.dns import Nameserver
from watchdog.config import Config
from watchdog.doctor.independence import Comparison
from watchdog.model import Health
from watchdog.stages.ladder import calls_somebody
from watchdog.supervision import Loop

UNHEARD = "Nobody will hear of trouble with it: it names no ladder."
UNCALLED = (
    "Nobody hears when its messages begin to be lost: no step of its ladder takes"
    " the reason “opened”."
)

log = structlog.get_logger()


@dataclass(kw_only=True)
class Caution:
    """Says it once for each configuration."""

    nameservers: Sequence[Nameserver] = ()
    """Asked instead of the system's, where there are any."""
    said_of: Config | None = None

    async def warn(self, config: Config, loop: Loop) -> None:
        """Compare channels with what they tell of, a check after the other.

        The DNS may be slow: nobody should wait for this.
        """
        if self.said_of is config:
            return
        for check in config.check:
            if not config.steps(check):
                log.warning("check.unheard", check=check.name, hint=UNHEARD)
            elif not calls_somebody(config, check):
                log.warning("check.unheard", check=check.name, hint=UNCALLED)
        comparison = Comparison(config=config, nameservers=self.nameservers)
        told = set[str]()
        for check in config.check:
            for finding in await comparison.examine(check):
                if finding.health is not Health.OK and finding.sentence not in told:
                    told.add(finding.sentence)
                    log.warning(
                        "check.dependent", check=check.name, hint=finding.sentence
                    )
            loop.got_on()
        self.said_of = config
