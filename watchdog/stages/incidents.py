"""Let incidents begin, grow and end as the verdicts have it, each with its alarms."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property

import structlog

from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import (
    Alarm,
    CheckName,
    Health,
    Incident,
    MailboxName,
    Reason,
    Verdict,
)
from watchdog.rules import incident as rule
from watchdog.rules.alarm import raised
from watchdog.rules.hearing import may_have_heard
from watchdog.rules.silence import is_silenced
from watchdog.rules.standing import DEPTH, Standing, is_in_trouble, wants_retry
from watchdog.stages.ladder import ladder_of

log = structlog.get_logger()

AT_ONCE = 1000
"""Verdicts noted in one pass; the next pass goes on with the rest."""

SKEW = timedelta(minutes=5)
"""As much may the clocks of two daemons differ.  What was sent at a later beat, by
a clock that was ahead, must not hide what comes now that it is right."""

MATES = 20
"""Checks with the same mailbox that are asked if their messages come."""


async def advance(config: Config, ledger: Ledger, *, now: datetime) -> bool:
    """Take note of the new verdicts, and raise the alarms that they call for.

    Return whether any incident has changed, so that there may be alarms to tell.

    If we die on the way, or somebody else was quicker, the verdicts stay
    unnoted, and the next pass decides anew: a decision made twice changes
    nothing the second time.
    """
    verdicts = await ledger.unnoted(limit=AT_ONCE)
    incidents = await ledger.open_incidents()
    known = _Known(config=config, ledger=ledger, now=now)
    new = [await known.standing(check) for check in _news(config, verdicts, incidents)]
    for incident in incidents:
        await known.complete(incident)
    changes = rule.advance(
        list(known.standings.values()),
        incidents,
        watched=known.checks.keys(),
        now=now,
    )
    kept = [await _record(config, ledger, change, now) for change in changes]
    if verdicts and all(kept):
        retries = dict.fromkeys({verdict.check for verdict in verdicts})
        still_open = await ledger.open_incidents() if changes else incidents
        again = {one.check: known.retry_at(one, still_open) for one in new}
        await ledger.note(verdicts, retries | again)
    return bool(changes)


def _news(
    config: Config, verdicts: Sequence[Verdict], incidents: Sequence[Incident]
) -> Sequence[CheckName]:
    """Return the checks of which something new is known that matters.

    Where nothing is wrong, a good verdict makes nothing wrong.
    """
    involved = {check for incident in incidents for check in incident.checks}
    bad = {one.check for one in verdicts if one.outcome.health is not Health.OK}
    new = {one.check for one in verdicts}
    mattering = bad | (new & involved)
    return [check.name for check in config.check if check.name in mattering]


@dataclass(kw_only=True)
class _Known:
    """What one pass has read of how checks stand, no more of it than it needs."""

    config: Config
    ledger: Ledger
    now: datetime
    checks: dict[CheckName, Check] = field(init=False)
    standings: dict[CheckName, Standing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.checks = {check.name: check for check in self.config.check}

    @cached_property
    def sharing(self) -> Mapping[MailboxName, Sequence[CheckName]]:
        """The checks of each mailbox."""
        names = defaultdict(list)
        for check in self.config.check:
            names[check.mailbox].append(check.name)
        return names

    async def standing(self, name: CheckName) -> Standing:
        """Return how a check of the configuration stands."""
        if name not in self.standings:
            self.standings[name] = await self._read(self.checks[name])
        return self.standings[name]

    async def complete(self, incident: Incident) -> None:
        """Read how an incident's other checks stand, until it is clear if it is over.

        While one of those that are known is not well, the others say nothing.
        """
        watched = [check for check in incident.checks if check in self.checks]
        if watched and not any(check in self.standings for check in watched):
            return
        known_first = sorted(watched, key=lambda check: check not in self.standings)
        for check in known_first:
            standing = await self.standing(check)
            if is_in_trouble(standing, incident.kind, is_open=True):
                return

    def retry_at(
        self, standing: Standing, incidents: Sequence[Incident]
    ) -> datetime | None:
        """Return when to try a check again before its next beat, or None."""
        kinds = {one.kind for one in incidents if standing.check in one.checks}
        if not standing.history or not wants_retry(standing, kinds):
            return None
        return standing.history[0].judged_at + self.checks[standing.check].retry

    async def _read(self, check: Check) -> Standing:
        depth = DEPTH + max(check.open_after, check.resolve_after)
        history = await self.ledger.history(
            check.name, depth=depth, until=self.now + SKEW
        )
        return Standing(
            check=check.name,
            site=check.of_site,
            mailbox=check.mailbox,
            history=history,
            open_after=check.open_after,
            resolve_after=check.resolve_after,
            mates_delivered_at=await self._mates_delivered_at(check),
        )

    async def _mates_delivered_at(self, check: Check) -> datetime | None:
        first = self.sharing[check.mailbox][: MATES + 1]
        mates = [name for name in first if name != check.name]
        latest = await self.ledger.latest_verdicts(mates[:MATES])
        came = [
            one.arrived_at
            for one in latest.values()
            if one.arrived_at and one.outcome.health is Health.OK
        ]
        return max(came, default=None)


async def _record(
    config: Config, ledger: Ledger, change: rule.Change, now: datetime
) -> bool:
    """Write down a change with its alarms; False if we must decide anew."""
    incident, reason = change.incident, change.reason
    alarms = await ledger.alarms_of(incident.id) if incident.id else []
    new = raised(incident, reason, ladder_of(config, incident.checks), alarms, now=now)
    if reason is Reason.RESOLVED and await _was_planned(ledger, incident, alarms, now):
        new = []
    kept = await ledger.record_incident(incident, new)
    if kept is None:
        return False
    log.info(
        "incident.changed",
        incident=kept.id,
        reason=reason.value,
        kind=kept.kind.value,
        checks=len(kept.checks),
        alarms=len(new),
    )
    return True


async def _was_planned(
    ledger: Ledger, incident: Incident, alarms: Collection[Alarm], now: datetime
) -> bool:
    """Tell whether an incident came and went in a silence, and nobody heard of it.

    Nobody plans to miss people: if any are known to be missed, their list is told.
    """
    if any(may_have_heard(alarm) for alarm in alarms):
        return False
    if incident.id and (await ledger.loss_counts([incident.id]))[incident.id]:
        return False
    silences = await ledger.silences(incident.opened_at)
    return all(
        is_silenced(incident.checks, silences, now=moment)
        for moment in (incident.opened_at, now)
    )
