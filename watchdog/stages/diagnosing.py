"""Find out why messages are lost: gather clues, conclude, and try what tells more."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

import structlog

from probes.forms.forms import Forms
from probes.settings import SmtpPathSettings
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import (
    Alarm,
    Diagnosis,
    Experiment,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    Verdict,
)
from watchdog.rules.diagnosis import trials as rule
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import CAME
from watchdog.rules.diagnosis.decide import decide
from watchdog.rules.diagnosis.news import is_news, news
from watchdog.rules.replies import DECIDED, ReplyState, state_of
from watchdog.rules.standing import DEPTH, shows
from watchdog.stages import trials
from watchdog.stages.clues.gather import gather
from watchdog.stages.clues.scene import Outside, Scene
from watchdog.stages.ladder import ladder_of
from watchdog.stages.lanes import Lanes
from watchdog.stages.submit import Clock, site_of
from watchdog.stages.trials import Made

log = structlog.get_logger()

KINDS = frozenset({IncidentKind.LOSS, IncidentKind.BLOCKED})
"""What has a cause at the site or in the mail; we ourselves are blind by others."""

AT_ONCE = 5
"""Incidents that are looked into at the same time."""
MOST_CHECKS = 5
"""Of an incident, one of which is looked into: they fail by the same thing."""

WEEK = timedelta(days=7)
MOST_HISTORY = 500


async def start_diagnosing(
    config: Config,
    ledger: Ledger,
    lanes: Lanes,
    *,
    clock: Clock,
    forms: Forms,
    outside: Outside | None = None,
) -> bool:
    """Diagnose each open incident of which there is news; return whether any was.

    Trials are begun in `lanes`, those of all submissions, so that no site is written
    to twice at a time.  Whoever dies on the way, or was slower, leaves it to the next
    pass: a diagnosis is written once, and a trial claimed once.
    """
    incidents = [one for one in await ledger.open_incidents() if one.kind in KINDS]
    if not incidents:
        return False
    pass_ = _Pass(
        config=config,
        ledger=ledger,
        lanes=lanes,
        clock=clock,
        forms=forms,
        outside=outside or Outside(),
    )
    known = await ledger.diagnoses([one.id for one in incidents if one.id])
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(pass_.diagnose(one, one.id, known.get(one.id)))
            for one in incidents
            if one.id
        ]
    return any(task.result() for task in tasks)


async def diagnose(
    config: Config, ledger: Ledger, *, clock: Clock, outside: Outside | None = None
) -> None:
    """Diagnose what there is to diagnose, and wait until its trials are out."""
    lanes = Lanes()
    async with Forms(config.watchdog.browser) as forms:
        await start_diagnosing(
            config, ledger, lanes, clock=clock, forms=forms, outside=outside
        )
        await lanes.finish()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pass:
    """One look at all open incidents."""

    config: Config
    ledger: Ledger
    lanes: Lanes
    clock: Clock
    forms: Forms
    outside: Outside
    room: asyncio.Semaphore = field(default_factory=partial(asyncio.Semaphore, AT_ONCE))

    async def diagnose(
        self, incident: Incident, number: IncidentId, newest: Diagnosis | None
    ) -> bool:
        """Look into one incident if that is due; return whether anything was written.

        A trial is begun after that; one that we die before is begun by a later look.
        """
        async with self.room:
            blamed = await self._blamed(incident)
            if blamed is None:
                return False
            check, verdict = blamed
            now = self.clock()
            made = await trials.made_for(self.ledger, number, check, now=now)
            if not rule.is_due(newest, verdict, over=made.over, now=now):
                return False
            clues = await self._clues(check, verdict, made)
            conclusion = decide(clues)
            if conclusion is None:
                return False
            diagnosis = Diagnosis(
                incident=number,
                number=newest.number + 1 if newest else 1,
                check=check.name,
                outcome=verdict.outcome,
                trials=made.over,
                conclusion=conclusion,
                diagnosed_at=self.clock(),
            )
            return await self._conclude(incident, check, clues, made, diagnosis)

    async def _blamed(self, incident: Incident) -> tuple[Check, Verdict] | None:
        """Return a check that is in this trouble now, and its newest bad verdict."""
        known = {check.name: check for check in self.config.check}
        for name in sorted(incident.checks & known.keys())[:MOST_CHECKS]:
            history = await self.ledger.history(name, depth=DEPTH)
            told = [(one, shows(one, incident.kind)) for one in history]
            telling = [one for one in told if one[1] is not None]
            if telling and telling[0][1]:
                return known[name], telling[0][0]
        return None

    async def _clues(self, check: Check, verdict: Verdict, made: Made) -> Clues:
        now = self.clock()
        proofs = await self.ledger.last_proofs([check.name])
        proof = proofs.get(check.name)
        scene = Scene(
            config=self.config,
            check=check,
            verdict=verdict,
            before=proof.evidence if proof else None,
            outside=self.outside,
            forms=self.forms,
        )
        outcomes = await self.ledger.outcomes_of(
            check.name, since=now - WEEK, until=now, limit=MOST_HISTORY
        )
        return replace(
            await gather(scene, self.ledger, now=now),
            way=check.way,
            history=[
                (at, one in CAME)
                for at, one in outcomes
                if one.health is not Health.UNKNOWN
            ],
            trials=made.tried,
            reply_came=await self._reply_came(verdict),
        )

    async def _reply_came(self, verdict: Verdict) -> bool | None:
        """Tell whether the visitor's copy came; None while nobody can know."""
        expected = await self.ledger.expected_reply(verdict.marker)
        state = state_of(expected, now=self.clock()) if expected else None
        return state is not ReplyState.ABSENT if state in DECIDED else None

    async def _conclude(
        self,
        incident: Incident,
        check: Check,
        clues: Clues,
        made: Made,
        diagnosis: Diagnosis,
    ) -> bool:
        """Write a diagnosis down, and begin what may show more; False if not ours."""
        direct = _direct(check, clues)
        wanted = rule.next_experiment(
            clues,
            diagnosis.conclusion,
            possible=trials.possible(self.config, check, incident.kind, direct),
            made=made.experiments,
        )
        is_last = wanted is None and not made.is_under_way
        is_told = is_news(diagnosis.conclusion, clues.evidence, is_last=is_last)
        if not await self._record(incident, diagnosis, is_told=is_told):
            return False
        if wanted and not made.is_under_way:
            self._start(diagnosis.incident, check, wanted, direct)
        return True

    async def _record(
        self, incident: Incident, diagnosis: Diagnosis, *, is_told: bool
    ) -> bool:
        """Write a diagnosis down with its alarms; False if somebody was quicker."""
        alarms: Sequence[Alarm] = ()
        if is_told:
            ladder = ladder_of(self.config, incident.checks)
            alarms = news(
                incident,
                ladder,
                await self.ledger.alarms_of(diagnosis.incident),
                diagnosis,
                await self.ledger.diagnosed(diagnosis.incident),
            )
        if not await self.ledger.record_diagnosis(diagnosis, alarms):
            return False
        cause = diagnosis.conclusion.cause
        log.info(
            "incident.diagnosed",
            incident=diagnosis.incident,
            cause=cause.value if cause else None,
            sureness=diagnosis.conclusion.sureness.value,
            alarms=len(alarms),
        )
        return True

    def _start(
        self,
        number: IncidentId,
        check: Check,
        experiment: Experiment,
        direct: SmtpPathSettings | None,
    ) -> None:
        """Line a trial up behind whatever is sent to the same host."""
        trial = trials.trial_of(number, check, experiment, now=self.clock())
        work = partial(
            trials.make,
            self.config,
            check,
            trial,
            direct,
            ledger=self.ledger,
            clock=self.clock,
            forms=self.forms,
        )
        self.lanes.start(trial.name, site_of(check), work)


def _direct(check: Check, clues: Clues) -> SmtpPathSettings | None:
    """Return the way straight to the mailbox, where it is known."""
    if check.direct or not clues.recipient or not clues.names.mail_hosts:
        return check.direct
    return trials.direct_to(clues.names.mail_hosts[0], clues.recipient)
