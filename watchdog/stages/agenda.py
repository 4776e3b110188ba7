"""Which checks may be due now: the others need not be asked at every glance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from watchdog.config import Check, Config
from watchdog.model import CheckName


@dataclass(kw_only=True)
class Agenda:
    """For each check, between which moments nothing of it is due.

    Forgetting it costs time, and nothing else.
    """

    config: Config | None = None
    """By which it was reckoned."""
    resting: dict[CheckName, tuple[datetime, datetime]] = field(default_factory=dict)

    def candidates(
        self, config: Config, retries: Mapping[CheckName, datetime], now: datetime
    ) -> Sequence[Check]:
        """Return the checks of which it is not known that nothing is due."""
        if config is not self.config:
            self.config, self.resting = config, {}
        return [
            check
            for check in config.check
            if not self._rests(check.name, now)
            or (check.name in retries and retries[check.name] <= now)
        ]

    def rest(self, check: CheckName, *, since: datetime, until: datetime) -> None:
        """Note that nothing of a check is due before `until`, but for a retry."""
        self.resting[check] = since, until

    def _rests(self, check: CheckName, now: datetime) -> bool:
        since, until = self.resting.get(check, (now, now))
        # A clock that was set back makes everything uncertain.
        return since <= now < until
