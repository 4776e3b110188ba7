"""Whoever kills us while we look for the missed loses nobody, and doubles nobody."""

import json
import random
import sqlite3
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tests.world.command import end, run, start
from tests.world.shop import PEOPLE, Shop, hours_ago, message

INQUIRIES = 450
KILLS = 6


def crowded(folder: Path) -> Shop:
    """Open a shop to which hundreds wrote, of whom each tenth was lost."""
    shop = Shop.opened(folder)
    shop.deadline = "1m"
    for number in range(1, INQUIRIES + 1):
        at = hours_ago(72) + timedelta(minutes=9 * number)
        row = {
            "id": str(number),
            "submitted_at": at.isoformat(),
            "name": PEOPLE[number % len(PEOPLE)],
            "email": f"person{number}@visitor.example",
            "message": f"Please call me about order {number * 7919} of last week.",
        }
        shop.rows.append(row)
        if number % 10:
            shop.file(message(row, at), at)
    shop.keep()
    return shop


def told(shop: Shop) -> dict[str, tuple[str, str | None]]:
    """Return the status and case of each inquiry, by its number."""
    inquiries = json.loads(run(shop.config, "missed", "--all", "--json").out)[
        "inquiries"
    ]
    return {one["id"]: (one["status"], one["case"]) for one in inquiries}


def test_missed_and_the_daemon_may_be_killed_at_any_instant(tmp_path: Path) -> None:
    shop = crowded(tmp_path / "shop")
    chance = random.Random(4)
    config = shop.config
    for kill in range(KILLS):
        command = start(config, "run" if kill % 2 else "missed")
        time.sleep(chance.uniform(0.5, 4.0))
        command.kill()
        end(command)

    found = told(shop)

    missing = {str(number) for number in range(10, INQUIRIES + 1, 10)}
    assert len(found) == INQUIRIES
    assert {one for one, (status, _) in found.items() if status == "missing"} == missing
    assert {one for one, (_, case) in found.items() if case == "open"} == missing
    with closing(sqlite3.connect(shop.folder / "watchdog.db")) as ledger:
        mails, distinct, cases = ledger.execute(
            "SELECT (SELECT count(*) FROM mail),"
            " (SELECT count(DISTINCT message_id) FROM mail),"
            ' (SELECT count(*) FROM "case")'
        ).fetchone()
    assert mails == distinct == INQUIRIES - len(missing)
    assert cases == len(missing)
