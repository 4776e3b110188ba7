"""What was seen: at once with how far was read, and the first sight stays."""

from probes.mail.mailbox import Bookmark
from tests.world.facts import (
    M1,
    NOON,
    OFFICE,
    after,
    arrival,
    bounce,
    look,
    submission,
)
from watchdog.ledger import Ledger
from watchdog.model import Blindness, MailboxName, Marker


def inbox(next_uid: int, *, folder: str = "INBOX", validity: int = 7) -> Bookmark:
    return Bookmark(folder=folder, validity=validity, next_uid=next_uid)


def blindness(*, permanent: bool = False, **span: float) -> Blindness:
    return Blindness(
        mailbox=OFFICE,
        failed_at=after(**span),
        words="Password refused.",
        permanent=permanent,
    )


async def test_bookmarks_move_with_each_look(ledger: Ledger) -> None:
    await ledger.record_look(look(at=NOON), [inbox(5), inbox(1, folder="Spam")])
    await ledger.record_look(look(at=NOON), [inbox(9, validity=2**32 - 1)])

    assert await ledger.bookmarks(OFFICE) == {
        "INBOX": inbox(9, validity=2**32 - 1),
        "Spam": inbox(1, folder="Spam"),
    }
    assert await ledger.bookmarks(MailboxName("other")) == {}


async def test_the_first_sight_of_a_message_stays(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    first, second = arrival(folder="INBOX"), arrival(folder="Copies", uid=1)

    assert await ledger.record_news(OFFICE, [], [first, second]) == [first]
    assert await ledger.record_news(OFFICE, [], [second]) == []

    assert await ledger.arrival_of(M1) == first
    assert await ledger.arrival_of(Marker("m2")) is None


async def test_a_copy_in_another_mailbox_is_no_arrival(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    other = MailboxName("other")

    copy = arrival(mailbox=other)
    assert await ledger.record_news(other, [], [copy], [bounce(mailbox=other)]) == []

    facts = await ledger.facts(M1)
    assert facts is not None
    assert (facts.arrival, facts.bounce) == (None, None)


async def test_the_first_bounce_of_a_message_stays(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_news(OFFICE, [], [], [bounce(), bounce(status="4.0.0")])

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.bounce == bounce()


async def test_a_message_that_we_have_forgotten_is_passed_over(ledger: Ledger) -> None:
    strange = Marker("forgotten")

    new = await ledger.record_look(
        look(at=NOON), [inbox(5)], [arrival(strange)], [bounce(strange)]
    )

    assert new == []
    assert await ledger.bookmarks(OFFICE) == {"INBOX": inbox(5)}


async def test_a_look_in_the_inbox_alone_proves_no_absence(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(minutes=16), everywhere=False))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.looked_at is None
    assert facts.inbox_looked_at == after(minutes=16)


async def test_a_look_before_the_deadline_proves_no_absence(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(minutes=14)))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.looked_at is None
    assert facts.inbox_looked_at == after(minutes=14)


async def test_a_look_everywhere_at_the_deadline_proves_absence(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(minutes=15)))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.looked_at == facts.inbox_looked_at == after(minutes=15)


async def test_a_look_from_a_clock_that_was_ahead_gives_way(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(days=1)))
    await ledger.record_look(look(at=after(minutes=1)))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.looked_at is None
    assert facts.inbox_looked_at == after(minutes=1)


async def test_an_older_look_that_is_written_later_takes_nothing_back(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=after(minutes=16)))
    await ledger.record_look(look(at=after(minutes=14)))

    facts = await ledger.facts(M1)

    assert facts is not None
    assert facts.looked_at == after(minutes=16)


async def test_blindness_lasts_until_the_next_look(ledger: Ledger) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_look(look(at=NOON))
    await ledger.record_blindness(blindness(minutes=2))
    await ledger.record_blindness(blindness(minutes=1))

    blind = await ledger.facts(M1)
    await ledger.record_look(look(at=after(minutes=3), everywhere=False))
    seeing = await ledger.facts(M1)

    assert blind is not None
    assert seeing is not None
    assert blind.blindness == blindness(minutes=2)
    assert seeing.blindness is None


async def test_a_mailbox_closed_for_good_is_judged_before_the_deadline(
    ledger: Ledger,
) -> None:
    await ledger.claim_beat(submission())
    await ledger.record_blindness(blindness(minutes=1))
    assert await ledger.ripe(after(minutes=3), limit=9) == []

    await ledger.record_blindness(blindness(minutes=2, permanent=True))

    assert len(await ledger.ripe(after(minutes=3), limit=9)) == 1
