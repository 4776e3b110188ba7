"""What the incidents know, when to look again, and of whom nobody has heard."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from alembic import command
from sqlalchemy import column, table

from tests.world.facts import M1, NOON, RIVERSIDE, after, submission, verdict
from tests.world.trouble import LAPSE, alarm, claimed, not_sent, opened
from watchdog.ledger import Ledger, engine, open_ledger, tables
from watchdog.ledger.migrating import configuration
from watchdog.ledger.rows import values
from watchdog.model import (
    CheckName,
    Outcome,
    Verdict,
)


async def judged(ledger: Ledger, number: int, **changes: Any) -> Verdict:
    """Let a submission be made and judged; a higher number is a later one."""
    sent = submission(
        f"m{number}", beat=after(hours=number), submitted_at=after(hours=number)
    )
    await ledger.claim_beat(sent)
    said = verdict(sent.marker, judged_at=after(hours=number, minutes=16), **changes)
    assert await ledger.record_verdict(said)
    return said


async def test_a_verdict_is_unnoted_until_somebody_took_note(ledger: Ledger) -> None:
    first, second = await judged(ledger, 1), await judged(ledger, 2)
    assert await ledger.unnoted(limit=9) == [first, second]
    assert await ledger.unnoted(limit=1) == [first]

    await ledger.note([first], {})

    assert await ledger.unnoted(limit=9) == [second]


async def test_what_was_judged_before_there_were_incidents_opens_none(
    sqlite_url: str,
) -> None:
    opened = engine.create(sqlite_url)
    with opened.begin() as connection:
        command.upgrade(configuration(connection), "0001")
        written = {"marker": M1, "check": RIVERSIDE, "mailbox": "office"}
        times = dict.fromkeys(["beat", "submitted_at", "due_at"], NOON)
        spans = {"expected": timedelta(), "judge_at": None, "awaited": False}
        connection.execute(tables.submission.insert(), written | times | spans)
        old = dict(values(verdict()))
        bare = table(
            "verdict", *(column(name, tables.verdict.c[name].type) for name in old)
        )
        connection.execute(bare.insert(), old)
    opened.dispose()

    async with open_ledger(sqlite_url) as ledger:
        assert await ledger.unnoted(limit=9) == []
        assert len(await ledger.history(RIVERSIDE, depth=9)) == 1


async def test_a_check_is_to_be_tried_again_until_that_is_settled(
    ledger: Ledger,
) -> None:
    await ledger.note([], {RIVERSIDE: after(minutes=2)})
    await ledger.note([], {RIVERSIDE: after(minutes=4), CheckName("Other"): None})
    assert await ledger.retries() == {RIVERSIDE: after(minutes=4)}

    await ledger.note([], {RIVERSIDE: None})
    assert await ledger.retries() == {}


async def test_a_history_has_the_last_word_on_each_submission_newest_first(
    ledger: Ledger,
) -> None:
    first, second = await judged(ledger, 1), await judged(ledger, 2)
    late = replace(first, number=2, outcome=Outcome.LATE, judged_at=after(hours=9))
    await ledger.record_verdict(late)

    assert await ledger.history(RIVERSIDE, depth=9) == [second, late]
    assert await ledger.history(RIVERSIDE, depth=1) == [second]
    assert await ledger.history(CheckName("Other"), depth=9) == []


async def test_the_newest_beat_of_each_check_since_then(ledger: Ledger) -> None:
    await judged(ledger, 1)
    await judged(ledger, 2)

    checks = [RIVERSIDE, CheckName("Other")]

    one, two, three = (after(hours=hours) for hours in (1, 2, 3))
    newest = ledger.newest_beats
    assert await newest(checks, since=NOON, until=three) == {RIVERSIDE: two}
    assert await newest(checks, since=NOON, until=one) == {RIVERSIDE: one}
    assert await newest(checks, since=three, until=three) == {}
    assert await newest([], since=NOON, until=three) == {}


async def test_the_next_step_is_brought_forward_with_the_failure(
    ledger: Ledger,
) -> None:
    incident = await opened(ledger, alarm("mail"), alarm("sms", due_at=after(hours=1)))
    assert incident.id is not None
    _, waiting = await ledger.alarms_of(incident.id)

    ours = await claimed(ledger)
    await not_sent(ledger, ours, instead=[replace(waiting, due_at=NOON)])

    [due] = await ledger.due_alarms(NOON, lapse=LAPSE, limit=9)
    assert due == replace(waiting, due_at=NOON)


async def test_nothing_that_was_tried_or_is_sooner_is_brought_forward(
    ledger: Ledger,
) -> None:
    incident = await opened(ledger, alarm("mail"))
    assert incident.id is not None
    await not_sent(ledger, await claimed(ledger), again_at=after(hours=1))
    [tried] = await ledger.alarms_of(incident.id)

    await ledger.record_incident(
        replace(incident, change=2), [replace(tried, due_at=NOON)]
    )

    assert await ledger.due_alarms(NOON, lapse=LAPSE, limit=9) == []


async def test_a_held_alarm_waits_unless_somebody_has_it_already(
    ledger: Ledger,
) -> None:
    await opened(ledger, alarm("mail"))
    [seen] = await ledger.due_alarms(NOON, lapse=LAPSE, limit=9)
    await ledger.hold_alarm(seen, now=NOON, until=after(minutes=1))
    assert await ledger.due_alarms(NOON, lapse=LAPSE, limit=9) == []

    ours = await claimed(ledger, minutes=1)
    await ledger.hold_alarm(seen, now=NOON, until=after(hours=1))

    lapsed = after(minutes=1) + LAPSE
    assert await ledger.due_alarms(lapsed, lapse=LAPSE, limit=9) == [ours]


async def test_who_takes_over_a_lapsed_claim_knows_that_somebody_may_have_heard(
    ledger: Ledger,
) -> None:
    await opened(ledger, alarm("mail"))
    first = await claimed(ledger)
    again = await claimed(ledger, minutes=5)

    assert (first.lapsed, again.lapsed) == (False, True)


async def test_what_was_sent_counts_as_sent_whatever_another_wrote_of_it(
    ledger: Ledger,
) -> None:
    incident = await opened(ledger, alarm("mail"))
    assert incident.id is not None
    slow = await claimed(ledger)
    quick = await claimed(ledger, minutes=5)
    await not_sent(ledger, slow)
    await ledger.withdraw_alarm(quick, now=after(minutes=6))

    await ledger.record_sent(slow, now=after(minutes=7), message_id="<1@example>")

    [kept] = await ledger.alarms_of(incident.id)
    assert (kept.result, kept.message_id) == ("sent", "<1@example>")


async def test_all_alarms_of_open_incidents_are_read_at_once(ledger: Ledger) -> None:
    incident = await opened(ledger, alarm("mail"), alarm("sms"))
    assert incident.id is not None
    assert await ledger.alarms_of_open() == {
        incident.id: await ledger.alarms_of(incident.id)
    }

    await ledger.record_incident(replace(incident, resolved_at=NOON))

    assert await ledger.alarms_of_open() == {}
