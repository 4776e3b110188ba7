"""Inquiries are traced by night, and again and again while messages are lost."""

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world.shop import CHECK, Shop, hours_ago, message
from watchdog.config import Config, load
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import (
    CheckName,
    Health,
    Incident,
    IncidentKind,
    InquiryStatus,
    MailboxName,
    Outcome,
)
from watchdog.rules.catalogue import ENGLISH
from watchdog.stages.matching import all_traced
from watchdog.stages.unread import signs_of
from watchdog.tracing import NIGHT, night_of, trace_if_due

DAY = timedelta(days=1)
OFFICE = MailboxName("office")


@dataclass(kw_only=True)
class Watchman:
    """A daemon that looks after a shop, at a time of the test's choice."""

    shop: Shop
    ledger: Ledger
    now: datetime = field(default_factory=lambda: hours_ago(0))

    def clock(self) -> datetime:
        """Return the time."""
        return self.now

    @property
    def config(self) -> Config:
        """The configuration."""
        return load(self.shop.config)

    async def looks(self, ledger: Ledger | None = None) -> bool:
        """Do what is due, and return whether inquiries were traced."""
        return await trace_if_due(
            self.config, ledger or self.ledger, clock=self.clock, got_on=lambda: None
        )

    async def statuses(self) -> dict[str, InquiryStatus | None]:
        """Return what is held true of each inquiry, by its number in the store."""
        found = await all_traced(self.ledger, [CheckName(CHECK)])
        return {one.inquiry.entry: one.status for one in found}

    async def is_in_trouble(self) -> Incident:
        """Let our tests have found that messages are lost."""
        begun = await self.ledger.record_incident(
            Incident(
                kind=IncidentKind.LOSS,
                shared="mail",
                checks=frozenset({CheckName(CHECK)}),
                outcome=Outcome.MISSING,
                health=Health.CRITICAL,
                opened_at=self.now,
                window_from=None,
            )
        )
        assert begun
        return begun


@pytest.fixture
def watchman(tmp_path: Path, ledger: Ledger) -> Watchman:
    shop = Shop.opened(tmp_path / "shop")
    shop.deadline = "1m"
    at = hours_ago(2)
    shop.file(message(shop.write(1, at), at), at)
    shop.write(2, hours_ago(1))
    return Watchman(shop=shop, ledger=ledger)


async def test_the_first_start_traces_and_then_each_night(watchman: Watchman) -> None:
    assert await watchman.looks()
    assert await watchman.statuses() == {
        "1": InquiryStatus.ARRIVED,
        "2": InquiryStatus.MISSING,
    }

    watchman.now += timedelta(minutes=1)
    assert not await watchman.looks()
    watchman.now += DAY
    assert await watchman.looks()
    assert not await watchman.looks()


async def test_of_several_daemons_one_traces(
    url: str, watchman: Watchman, ledger: Ledger
) -> None:
    async with open_ledger(url) as other:
        traced = await asyncio.gather(*map(watchman.looks, [ledger, other] * 3))

    assert sum(traced) == 1


async def test_what_could_not_be_read_is_tried_again(watchman: Watchman) -> None:
    store = watchman.shop.folder / "inquiries.csv"
    store.rename(store.with_suffix(".away"))
    assert await watchman.looks()

    store.with_suffix(".away").rename(store)
    watchman.now += timedelta(minutes=10)
    assert not await watchman.looks()
    watchman.now += timedelta(minutes=25)
    assert await watchman.looks()

    assert (await watchman.statuses())["2"] is InquiryStatus.MISSING


async def test_a_store_that_cannot_be_read_is_warned_of_until_it_can(
    watchman: Watchman,
) -> None:
    store = watchman.shop.folder / "inquiries.csv"
    store.rename(store.with_suffix(".away"))
    config = watchman.config
    signs = []
    for _ in range(2):
        watchman.now += DAY
        await watchman.looks()
        signs.append(signs_of(config, await watchman.ledger.measures(), ENGLISH))
        if not store.exists():
            store.with_suffix(".away").rename(store)

    [[sign], none] = signs
    assert sign.checks == {CHECK}
    assert "inquiries.csv" in sign.words
    assert none == []


async def test_while_messages_are_lost_the_missed_are_known_soon(
    watchman: Watchman,
) -> None:
    await watchman.looks()
    await watchman.is_in_trouble()
    watchman.shop.write(3, hours_ago(0))

    for _ in range(3):
        watchman.now += timedelta(minutes=5)
        assert await watchman.looks()

    assert (await watchman.statuses())["3"] is InquiryStatus.MISSING


async def test_who_wrote_at_the_end_of_a_loss_is_known_before_the_night(
    watchman: Watchman,
) -> None:
    await watchman.looks()
    loss = await watchman.is_in_trouble()
    watchman.shop.write(3, hours_ago(0))
    await watchman.ledger.record_incident(replace(loss, resolved_at=watchman.now))

    for _ in range(3):
        watchman.now += timedelta(minutes=5)
        assert await watchman.looks()
    assert (await watchman.statuses())["3"] is InquiryStatus.MISSING

    watchman.now += timedelta(minutes=30)
    assert not await watchman.looks()


async def test_a_mail_that_is_deleted_before_the_night_is_known(
    watchman: Watchman,
) -> None:
    await watchman.looks()
    at = hours_ago(0)
    row = watchman.shop.write(3, at)
    inbox = watchman.shop.folder / "mail" / "INBOX.mbox"
    before = inbox.read_bytes()

    watchman.shop.file(message(row, at), at)
    watchman.now += timedelta(minutes=5)
    assert not await watchman.looks()
    inbox.write_bytes(before)
    watchman.now += DAY
    assert await watchman.looks()

    assert (await watchman.statuses())["3"] is InquiryStatus.ARRIVED


async def test_without_a_store_nothing_is_read(watchman: Watchman) -> None:
    config = watchman.shop.config
    text = config.read_text().partition("[check.store]")[0]
    bare = config.with_name("bare.toml")
    bare.write_text(text)

    traced = await trace_if_due(
        load(bare), watchman.ledger, clock=watchman.clock, got_on=lambda: None
    )

    assert not traced
    assert await watchman.ledger.mail_bookmarks(OFFICE) == {}


def test_nights_are_spread_and_stay_where_they_are(tmp_path: Path) -> None:
    shop = Shop.opened(tmp_path / "shop")
    config = load(shop.config)
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)

    nights = [night_of(config, MailboxName(f"box{n}"), now) for n in range(200)]
    again = [night_of(config, MailboxName(f"box{n}"), now) for n in range(200)]

    zone = nights[0].astimezone().tzinfo
    assert nights == again
    assert {night.astimezone(zone).hour for night in nights} == set(NIGHT)
    assert len(set(nights)) > 100
    assert all(now - DAY < night <= now for night in nights)
