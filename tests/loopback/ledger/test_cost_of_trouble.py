"""Nor does any question about trouble, its alarms, or ourselves read a whole table."""

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

from tests.loopback.ledger.test_cost import reads_a_table, statements
from tests.world.facts import NOON, RIVERSIDE, after, submission, verdict
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import (
    Alarm,
    ChannelName,
    Health,
    Incident,
    IncidentKind,
    Outcome,
    Presence,
    Reason,
    Silence,
    SilenceId,
)

LAPSE = timedelta(minutes=5)
UNNOTED = "SCAN verdict USING INDEX verdict_judged_at"
"""This index holds only what nobody has taken note of yet."""
ALARM = Alarm(
    channel=ChannelName("mail"),
    step=0,
    reason=Reason.OPENED,
    created_at=NOON,
    due_at=NOON,
)


async def note_verdicts(ledger: Ledger) -> None:
    """Take note of a verdict, as the incidents do."""
    await ledger.claim_beat(submission())
    said = verdict()
    assert await ledger.record_verdict(said)
    assert await ledger.unnoted(limit=10) == [said]
    await ledger.note([said], {RIVERSIDE: after(minutes=2)})
    await ledger.note([said], {RIVERSIDE: None})
    await ledger.retries()
    await ledger.history(RIVERSIDE, depth=10)
    await ledger.history(RIVERSIDE, depth=10, until=NOON)


async def tell_of_an_incident(ledger: Ledger) -> None:
    """Open an incident, tell of it in every way, and end it."""
    incident = Incident(
        kind=IncidentKind.LOSS,
        shared=RIVERSIDE,
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=None,
    )
    opened = await ledger.record_incident(incident, [ALARM] * 4)
    assert opened
    assert opened.id
    await ledger.acknowledge(opened.id, by="Ann", now=NOON)
    await ledger.incident(opened.id)
    await ledger.alarms_of_open()
    sent, failed, held, withdrawn = await ledger.alarms_of(opened.id)
    await ledger.record_sent(sent, now=NOON, message_id="")
    await ledger.record_not_sent(failed, now=NOON, words="No.", again_at=None)
    await ledger.hold_alarm(held, now=NOON, until=NOON)
    await ledger.withdraw_alarm(withdrawn, now=NOON)
    await ledger.record_alarms([ALARM])
    await ledger.begin_drill(replace(ALARM, reason=Reason.DRILL))
    await ledger.untold(since=NOON)
    newest = await ledger.incident(opened.id)
    assert newest
    await ledger.record_incident(replace(newest, resolved_at=NOON))


async def look_after_ourselves(ledger: Ledger) -> None:
    """Ask and tell what `status` shows and the daemon tells of itself."""
    await ledger.outcomes(since=NOON)
    await ledger.last_proofs([RIVERSIDE])
    silence = Silence(
        checks="*", from_at=NOON, until_at=None, words="", created_by="Ann"
    )
    await ledger.record_silence(silence)
    await ledger.silences(NOON)
    await ledger.end_silence(SilenceId(1), now=NOON)
    await ledger.claim_measure("certificate:x", now=NOON, every=LAPSE)
    await ledger.record_measure("certificate:x", {})
    await ledger.measures()
    here = Presence(daemon="here:1", started_at=NOON, seen_at=NOON)
    await ledger.record_presence(here)
    await ledger.presences()


async def test_no_question_about_trouble_reads_a_growing_table_to_its_end(
    sqlite_url: str,
) -> None:
    async with open_ledger(sqlite_url) as ledger:
        with statements() as sent:
            await note_verdicts(ledger)
            await tell_of_an_incident(ledger)
            await look_after_ourselves(ledger)

    bad = []
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"))) as connection:
        for statement, parameters in sent:
            if statement.startswith(("BEGIN", "COMMIT", "PRAGMA")):
                continue
            plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = {step for *_, step in plan} - {UNNOTED}
            bad += [(step, statement) for step in steps if reads_a_table(step)]

    assert len(sent) > 40
    assert bad == []
