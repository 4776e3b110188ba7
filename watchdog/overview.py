"""How things stand: what `status` shows, read from the ledger at one moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from watchdog.config import Check, Config
from watchdog.drill import chosen
from watchdog.ledger import Ledger
from watchdog.model import (
    WORST_FIRST,
    ChannelName,
    CheckName,
    Diagnosis,
    Health,
    Incident,
    IncidentId,
    Measure,
    Outcome,
    Presence,
    Verdict,
)
from watchdog.proof import Result
from watchdog.rules.presence import lives, who_watches
from watchdog.rules.replies import DEPTH, Replies, summary
from watchdog.rules.schedule import due_beat, next_beat
from watchdog.rules.standing import BLIND_KINDS, is_up_to_widget
from watchdog.rules.verdict import PATIENCE
from watchdog.stages.drills import subject_of

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
BLOCKS = 48
BLOCK = DAY / BLOCKS


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOverview:
    """How one check stands."""

    check: CheckName
    health: Health
    """That of its open incident; without one ok, or unknown if nothing proves that."""
    blocks: Sequence[Health | None]
    """The worst of each half hour of the last day, the oldest first."""
    proof: Verdict | None
    """By which a message last came into the inbox."""
    latest: Verdict | None
    next_beat: datetime
    replies: Replies | None = None
    """What visitors got; None where the check expects no reply to them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDrill:
    """What the last drill of a channel showed."""

    sent_at: datetime
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How all stands."""

    seen_at: datetime
    checks: Sequence[CheckOverview]
    incidents: Sequence[Incident]
    """The open ones, oldest first."""
    diagnoses: Mapping[IncidentId, Diagnosis]
    """Why they are, where that was looked into."""
    untold: int
    """Alarms that no channel took."""
    daemon: Presence | None
    """Who watches, or else the one that was heard of last."""
    drills: Mapping[ChannelName, LastDrill | None]
    """What each channel of a ladder showed last; None if it was never drilled."""

    @property
    def is_watched(self) -> bool:
        """Whether anything sends and looks by itself."""
        return self.daemon is not None and lives(self.daemon, now=self.seen_at)

    @property
    def health(self) -> Health:
        """The worst there is; alarms that nobody hears are as bad as any loss."""
        found = {check.health for check in self.checks}
        found |= {incident.health for incident in self.incidents}
        if self.untold:
            found.add(Health.CRITICAL)
        found |= {drill.result.health for drill in self.drills.values() if drill}
        if not self.is_watched or (self.daemon and self.daemon.trouble):
            found.add(Health.UNKNOWN)
        return next(health for health in WORST_FIRST if health in {*found, Health.OK})


async def read_overview(config: Config, ledger: Ledger, *, now: datetime) -> Overview:
    """Return how all checks of the configuration stand."""
    names = [check.name for check in config.check]
    incidents = await ledger.open_incidents()
    latest = await ledger.latest_verdicts(names)
    proofs = await ledger.last_proofs(names)
    blocks = _blocks(await ledger.outcomes(since=now - DAY), now)
    return Overview(
        seen_at=now,
        checks=[
            CheckOverview(
                check=check.name,
                health=_health(
                    check,
                    incidents,
                    latest.get(check.name),
                    proofs.get(check.name),
                    proven_from=_proven_from(config, check, now),
                    now=now,
                ),
                blocks=blocks.get(check.name, [None] * BLOCKS),
                proof=proofs.get(check.name),
                latest=latest.get(check.name),
                next_beat=next_beat(check.name, config.every(check), now),
                replies=await _replies(ledger, check, now),
            )
            for check in config.check
        ],
        incidents=incidents,
        diagnoses=await ledger.diagnoses([one.id for one in incidents if one.id]),
        untold=len(await ledger.untold(since=now - DAY)),
        daemon=who_watches(await ledger.presences(), now=now),
        drills=_drills(config, await ledger.measures()),
    )


async def _replies(ledger: Ledger, check: Check, now: datetime) -> Replies | None:
    if not check.expect_reply:
        return None
    return summary(await ledger.expected_replies(check.name, limit=DEPTH), now=now)


def _drills(
    config: Config, measures: Mapping[str, Measure]
) -> Mapping[ChannelName, LastDrill | None]:
    return {
        channel: _last_drill(measures.get(subject_of(channel)))
        for channel in chosen(config)
    }


def _last_drill(measure: Measure | None) -> LastDrill | None:
    """Return what is remembered; nothing of a drill that somebody died in."""
    if measure is None or "result" not in measure.evidence:
        return None
    result = Result(str(measure.evidence["result"]))
    return LastDrill(sent_at=measure.asked_at, result=result)


def _health(
    check: Check,
    incidents: Sequence[Incident],
    latest: Verdict | None,
    proof: Verdict | None,
    *,
    proven_from: datetime,
    now: datetime,
) -> Health:
    found = {one.health for one in incidents if check.name in one.checks}
    if not found:
        is_partial = latest is not None and is_up_to_widget(latest)
        # What cannot tell proves nothing: a message must have come lately.
        telling = proof if latest and latest.outcome in BLIND_KINDS else latest
        # Nor does a verdict by a clock that was ahead; it stays the newest.
        is_proven = telling and proven_from <= telling.judged_at <= now + PATIENCE
        if not telling or not is_proven or is_partial:
            return Health.UNKNOWN
        # Nobody is told of one accident; that all is well is not true either.
        return Health.OK if telling.outcome.health is Health.OK else Health.WARNING
    return next(health for health in WORST_FIRST if health in found)


def _proven_from(config: Config, check: Check, now: datetime) -> datetime:
    """Return since when there must be a verdict: one beat may have been missed."""
    every = config.every(check)
    newest = due_beat(check.name, every, now - check.deadline - PATIENCE)
    return due_beat(check.name, every, newest - SECOND)


def _blocks(
    outcomes: Sequence[tuple[CheckName, datetime, Outcome]], now: datetime
) -> Mapping[CheckName, Sequence[Health | None]]:
    """Return a row for each check; of several in half an hour the worst is shown."""
    rows: dict[CheckName, list[Health | None]] = {}
    for check, submitted_at, outcome in outcomes:
        row = rows.setdefault(check, [None] * BLOCKS)
        place = min(max((submitted_at - (now - DAY)) // BLOCK, 0), BLOCKS - 1)
        shown = row[place]
        if shown is None or _gravity(outcome.health) < _gravity(shown):
            row[place] = outcome.health
    return rows


def _gravity(health: Health) -> int:
    return WORST_FIRST.index(health)
