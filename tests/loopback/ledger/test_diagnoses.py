"""A trial is made once, a diagnosis said once, and neither is what a check did."""

import asyncio
from datetime import timedelta
from typing import Any

from tests.world.facts import NOON, RIVERSIDE, after, submission, verdict
from tests.world.trouble import alarm, opened
from watchdog.ledger import Ledger
from watchdog.model import (
    Cause,
    CheckName,
    Conclusion,
    Diagnosis,
    Experiment,
    IncidentId,
    Outcome,
    Reason,
    Sureness,
    Trial,
)

TRIAL_NAME = CheckName(f"{RIVERSIDE}\tdirect 1")


def trial(incident: IncidentId, **changes: Any) -> Trial:
    fact = {
        "incident": incident,
        "experiment": Experiment.DIRECT,
        "check": RIVERSIDE,
        "name": TRIAL_NAME,
        "claimed_at": NOON,
    }
    return Trial(**fact | changes)


def diagnosis(incident: IncidentId, **changes: Any) -> Diagnosis:
    fact = {
        "incident": incident,
        "check": RIVERSIDE,
        "outcome": Outcome.MISSING,
        "conclusion": Conclusion(
            cause=Cause.MAIL_LOGIN,
            sureness=Sureness.PROVEN,
            words="It said: {words}",
            values={"words": "535 \0 “no”"},
            evidence={"words": "535", "score": 1.5, "list": ["a", "b"]},
        ),
        "diagnosed_at": NOON,
    }
    return Diagnosis(**fact | changes)


async def number(ledger: Ledger) -> IncidentId:
    incident = await opened(ledger)
    assert incident.id is not None
    return incident.id


async def test_of_many_who_claim_a_trial_one_makes_it(ledger: Ledger) -> None:
    incident = await number(ledger)

    claims = [ledger.claim_trial(trial(incident)) for _ in range(5)]

    assert sorted(await asyncio.gather(*claims)) == [False] * 4 + [True]
    assert await ledger.trials(incident) == [trial(incident)]


async def test_each_experiment_is_a_trial_of_its_own(ledger: Ledger) -> None:
    incident = await number(ledger)
    later = {"experiment": Experiment.SENDER, "claimed_at": after(minutes=1)}
    second = trial(incident, **later, name=CheckName("sender"))

    assert await ledger.claim_trial(second)
    assert await ledger.claim_trial(trial(incident))

    assert await ledger.trials(incident) == [trial(incident), second]


async def test_a_diagnosis_comes_back_as_it_was_written(ledger: Ledger) -> None:
    incident = await number(ledger)
    unknown = Conclusion(
        cause=None,
        sureness=Sureness.UNKNOWN,
        suspects=(Cause.MAILBOX, Cause.SPAM_FOLDER),
        words="Several fit: {suspects}",
    )
    written = diagnosis(incident, conclusion=unknown, trials=2)

    assert await ledger.record_diagnosis(written)

    assert await ledger.diagnoses([incident]) == {incident: written}
    assert await ledger.record_diagnosis(diagnosis(incident, number=2))
    assert await ledger.diagnoses([incident]) == {
        incident: diagnosis(incident, number=2)
    }


async def test_of_two_who_diagnose_one_raises_the_alarm(ledger: Ledger) -> None:
    incident = await number(ledger)
    news = alarm("owner", incident=incident, reason=Reason.DIAGNOSED)
    told = diagnosis(incident)

    kept = [await ledger.record_diagnosis(told, [news]) for _ in range(2)]

    assert kept == [True, False]
    alarms = await ledger.alarms_of(incident)
    assert [one.reason for one in alarms] == [Reason.DIAGNOSED]


async def test_no_incident_has_no_diagnosis(ledger: Ledger) -> None:
    assert await ledger.diagnoses([]) == {}
    assert await ledger.diagnoses([IncidentId(4711)]) == {}
    assert await ledger.trials(IncidentId(4711)) == []


async def test_a_trial_is_no_part_of_what_a_day_was_like(ledger: Ledger) -> None:
    await ledger.claim_trial(trial(await number(ledger)))
    ours, its = submission("m1"), submission("m2", check=TRIAL_NAME)
    for one in (ours, its):
        await ledger.claim_beat(one)
        await ledger.record_verdict(verdict(one.marker, check=one.check))

    assert await ledger.forget(after(days=1), most=9) == 2

    since = NOON.date() - timedelta(days=1)
    assert [one.count for one in await ledger.day_summaries(RIVERSIDE, since=since)]
    assert await ledger.day_summaries(TRIAL_NAME, since=since) == []
