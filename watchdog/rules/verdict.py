"""What became of a submission: the one rule that says `delivered` or `missing`.

The form's answer is hearsay, the mailbox is the witness.  An arrival decides
whatever the form said; and only a look at every folder, begun after the
deadline, can show that there is none.
"""

from datetime import datetime, timedelta
from typing import Any, assert_never

from watchdog.model import (
    Arrival,
    Conclusion,
    Evidence,
    Facts,
    Outcome,
    Place,
    Verdict,
)
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.cause import explain
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.decide import decide
from watchdog.rules.diagnosis.telling import refined, shown
from watchdog.rules.explanation import Explanation

PATIENCE = timedelta(minutes=1)
"""How long after the deadline a mailbox may stay unseen before we say `blind`."""

STAMP = timedelta(seconds=1)
"""Mail hosts stamp arrivals with the second that had begun: it may be over since."""


def judge(
    facts: Facts, *, now: datetime, number: int = 1, patience: timedelta = PATIENCE
) -> Verdict | None:
    """Return the verdict on a submission, or None while it is too early for one.

    `number` is 2 where an arrival completes a verdict that was reached before.
    """
    outcome = _outcome(facts, now, patience)
    if outcome is None:
        return None
    explanation = explained(outcome, facts)
    arrival = facts.arrival
    latency = latency_of(facts, arrival) if arrival else None
    return Verdict(
        marker=facts.submission.marker,
        number=number,
        check=facts.submission.check,
        outcome=outcome,
        judged_at=now,
        leg=explanation.leg,
        cause=explanation.cause,
        advice=explanation.advice,
        latency=latency,
        arrived_at=facts.submission.submitted_at + latency
        if latency is not None
        else None,
        folder=arrival.folder if arrival else None,
        evidence={**_evidence(facts), **shown(_conclusion(outcome, facts))},
    )


def explained(
    outcome: Outcome, facts: Facts, texts: Catalogue = ENGLISH
) -> Explanation:
    """Return where a message was lost and, as far as `facts` alone show it, why."""
    symptom = explain(outcome, facts, texts)
    if outcome is Outcome.BLOCKED:
        # It names the guard already, and what can be done about tests.
        return symptom
    return refined(symptom, _conclusion(outcome, facts), texts)


def latency_of(facts: Facts, arrival: Arrival) -> timedelta:
    """Return how long the message took.

    A stamp in whole seconds stands for the end of its second, lest what came too
    late look as if it had come in time.  The mail host's clock may be wrong: a
    message cannot have come before it was sent, nor after we saw it.
    """
    is_whole = arrival.arrived_at.microsecond == 0
    arrived_at = arrival.arrived_at + (STAMP if is_whole else timedelta())
    moment = min(arrived_at, arrival.seen_at)
    return max(moment - facts.submission.submitted_at, timedelta())


def _conclusion(outcome: Outcome, facts: Facts) -> Conclusion | None:
    way, evidence = facts.submission.way, _evidence(facts)
    return decide(Clues(outcome=outcome, way=way, evidence=evidence))


def _outcome(facts: Facts, now: datetime, patience: timedelta) -> Outcome | None:
    if facts.arrival:
        return _arrived(facts, facts.arrival)
    if facts.failure:
        return facts.failure.outcome
    if facts.answered and facts.answered.answer == "declined":
        return Outcome.REFUSED
    if facts.answered and facts.answered.answer == "blocked":
        return Outcome.BLOCKED
    # A look from the future: our clock was wrong then, and proves nothing now.
    if facts.looked_at and facts.submission.due_at <= facts.looked_at <= now:
        return _absent(facts)
    if facts.blindness and facts.blindness.permanent:
        return Outcome.BLIND
    if now >= facts.submission.due_at + patience:
        return Outcome.BLIND
    return None


def _arrived(facts: Facts, arrival: Arrival) -> Outcome:
    match arrival.place:
        case Place.SPAM:
            return Outcome.JUNKED
        case Place.OTHER:
            return Outcome.MISFILED
        case Place.INBOX:
            is_late = latency_of(facts, arrival) > facts.submission.expected
            return Outcome.LATE if is_late else Outcome.DELIVERED
        case _:
            assert_never(arrival.place)


def _absent(facts: Facts) -> Outcome:
    """We looked everywhere, and it is nowhere."""
    if facts.answered is None:
        # We died between claim and receipt: nobody knows if it ever left us.
        return Outcome.BLIND
    if facts.bounce:
        return Outcome.BOUNCED
    if facts.answered.status is not None and facts.answered.status >= 500:  # noqa: PLR2004
        return Outcome.REFUSED
    return Outcome.MISSING


def _evidence(facts: Facts) -> Evidence:
    """Keep what was seen, flat, for whoever wants to see for himself."""
    evidence: dict[str, Any] = {"marker": facts.submission.marker}
    if facts.answered:
        evidence |= {
            "answer": facts.answered.answer,
            "answer_words": facts.answered.words,
            "answer_status": facts.answered.status,
            "answer_url": facts.answered.url,
            "form_system": facts.answered.system,
            **facts.answered.evidence,
        }
    if facts.failure:
        evidence |= {"failure": facts.failure.words, **facts.failure.evidence}
    if facts.bounce:
        evidence |= {
            "bounce_status": facts.bounce.status,
            "bounce_words": facts.bounce.words,
            "bounce_recipient": facts.bounce.recipient,
        }
    if facts.looked_at:
        evidence["looked_everywhere_at"] = facts.looked_at.isoformat()
    if facts.blindness:
        evidence["mailbox_failure"] = facts.blindness.words
    return {**evidence, **(facts.arrival.evidence if facts.arrival else {})}
