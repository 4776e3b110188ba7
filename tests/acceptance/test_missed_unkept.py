"""Where no website keeps its inquiries, `missed` tells a number, and what it is."""

import asyncio
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.world.command import run
from tests.world.facts import arrival as arrival_of
from tests.world.facts import submission, verdict
from tests.world.shop import CHECK, Shop, hours_ago, message
from watchdog.ledger import open_ledger
from watchdog.model import CheckName, MailboxName, Outcome

SITE = "site@shop.example"
MINUTE = timedelta(minutes=1)
WEEKS = 7
"""The first of them began before we know of anything, and so does not count."""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """Open a shop whose form brings two or three inquiries each Monday noon, say."""
    shop = Shop.opened(tmp_path / "shop")
    for week in range(1, WEEKS + 1):
        for number in range(2 + week % 2):
            at = hours_ago(week * 7 * 24 + 2) + number * MINUTE
            shop.file(message(shop.write(10 * week + number, at), at), at)
        newsletter = hours_ago(week * 7 * 24 + 2)
        shop.file(advertisement(newsletter), newsletter)
    return shop


def advertisement(at: datetime) -> bytes:
    """Return a mail that is nobody's inquiry, from the website's own address."""
    head = f"From: {SITE}\nTo: office@shop.example\nSubject: Update\nMessage-ID: <{at}>"
    return f"{head}\nDate: {format_datetime(at)}\n\nNew version.\n".encode()


def without_store(shop: Shop) -> Path:
    config = shop.config
    config.write_text(config.read_text().partition("[check.store]")[0])
    return config


async def send(shop: Shop, tests: Sequence[tuple[float, Outcome]]) -> None:
    """Let tests have been sent so many hours ago."""
    async with open_ledger(f"sqlite:///{shop.folder / 'watchdog.db'}") as ledger:
        for number, (hours, outcome) in enumerate(tests):
            at = hours_ago(hours)
            sent = submission(
                f"m{number}",
                check=CheckName(CHECK),
                mailbox=MailboxName("office"),
                beat=at,
                submitted_at=at,
                due_at=at + 15 * MINUTE,
            )
            await ledger.claim_beat(sent)
            if outcome is Outcome.DELIVERED:
                came = arrival_of(
                    sent.marker,
                    mailbox=MailboxName("office"),
                    arrived_at=at,
                    evidence={"from": SITE},
                )
                await ledger.record_news(MailboxName("office"), [], [came])
            await ledger.record_verdict(
                verdict(
                    sent.marker, check=CheckName(CHECK), outcome=outcome, judged_at=at
                )
            )


LOSS = [
    (4, Outcome.DELIVERED),
    (2.5, Outcome.MISSING),
    (1.5, Outcome.MISSING),
    (1, Outcome.DELIVERED),
]


def numbers(config: Path, *more: str) -> Sequence[dict[str, Any]]:
    found: Sequence[dict[str, Any]] = json.loads(
        run(config, "missed", "--json", *more).out
    )["numbers"]
    return found


def test_without_a_store_an_estimate_is_told_with_its_range(shop: Shop) -> None:
    config, page = without_store(shop), shop.folder / "missed.html"
    asyncio.run(send(shop, LOSS))

    told = run(config, "missed", "--html", str(page), COLUMNS="1000")
    [number] = numbers(config)

    assert (number["check"], number["kind"], number["count"]) == (
        CHECK,
        "estimate",
        None,
    )
    assert number["likely"] == 2.5
    assert number["least"] < 2.5 < number["most"]
    assert number["weeks"] == WEEKS - 1
    length = moment(number["until_at"]) - moment(number["from_at"])
    assert length.total_seconds() == pytest.approx(3 * 3600, abs=60)
    words = (
        f"An estimate, by the same hours of the 6 weeks before: probably"
        f" {number['least']} to {number['most']} inquiries."
    )
    assert words in " ".join(told.out.split())
    assert words in page.read_text()
    assert told.code == 3


def moment(stamp: str) -> datetime:
    return datetime.fromisoformat(stamp)


def test_no_estimate_is_made_up(shop: Shop) -> None:
    config = without_store(shop)
    asyncio.run(send(shop, [(3, Outcome.MISSING)]))

    [number] = numbers(config)

    assert (number["likely"], number["least"], number["most"]) == (None, None, None)
    assert number["until_at"] is None
    assert "too little is known of before" in run(config, "missed", COLUMNS="999").out


def test_where_no_test_was_lost_there_is_nothing_to_estimate(shop: Shop) -> None:
    config = without_store(shop)
    asyncio.run(send(shop, LOSS[:1] + LOSS[3:]))

    assert numbers(config) == []


def test_an_estimate_without_the_mailbox_is_none(shop: Shop) -> None:
    config = without_store(shop)
    asyncio.run(send(shop, LOSS))
    (shop.folder / "mail").rename(shop.folder / "elsewhere")

    ended = run(config, "missed", "--json")

    [number] = json.loads(ended.out)["numbers"]
    assert number["likely"] is None
    assert "The mailbox of" in ended.talk
    assert ended.code == 3


def test_of_an_access_log_a_count_is_told(shop: Shop) -> None:
    config = shop.config
    for _ in range(2):
        at = hours_ago(50)
        shop.file(message(shop.rows[0], at), at)
    lines = [
        f'192.0.2.{n} - - [{hours_ago(5 - n):%d/%b/%Y:%H:%M:%S} +0000] "POST /contact'
        ' HTTP/1.1" 302 0 "-" "Mozilla/5.0 (X11; Linux x86_64) Firefox/130.0"\n'
        for n in range(3)
    ]
    (shop.folder / "access.log").write_text("".join(lines))
    head = config.read_text().partition("[check.store]")[0]
    config.write_text(f'{head}[check.store]\nkind = "accesslog"\npath = "access.log"\n')

    [number] = numbers(config)
    told = run(config, "missed", COLUMNS="999").out

    assert (number["kind"], number["count"], number["likely"]) == ("count", 3, None)
    assert moment(number["from_at"]) == hours_ago_of(lines[0])
    assert f"A count: the log of “{CHECK}” tells of 3" in told
    assert "estimate" not in told


def hours_ago_of(line: str) -> datetime:
    stamp = line.partition("[")[2].partition("]")[0]
    return datetime.strptime(stamp, "%d/%b/%Y:%H:%M:%S %z")
