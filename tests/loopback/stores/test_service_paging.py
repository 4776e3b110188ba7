"""The pages of a service are read until nothing in them is new, and within bounds."""

import json
from datetime import UTC, datetime

from probes.secrets import Secret
from tests.loopback.stores.service_answers import at
from tests.loopback.stores.service_site import Asked, Told, service_site
from tests.loopback.stores.services import HASTE, hosted, piece


async def test_a_later_reading_goes_on_where_the_last_one_ended(key: Secret) -> None:
    def newest_first(asked: Asked) -> Told:
        first = (int(asked.query["page"]) - 1) * 100
        return Told(
            body=[
                {"id": str(number), "created_at": at(-60 * number), "data": {"a": "b"}}
                for number in range(first, first + 100)
            ]
            if "state" not in asked.query
            else []
        )

    async with service_site(newest_first) as site:
        first = await piece(hosted("netlify", site, key))
        asked_first = len(site.asked)
        second = await piece(hosted("netlify", site, key), first.cursor)

    # A week has 168 hours: two pages, and one that shows that all else is older.
    assert [entry.id for entry in first.entries] == [str(n) for n in range(168, -1, -1)]
    assert asked_first == 4
    # An hour is read again.
    assert [entry.id for entry in second.entries] == ["1", "0"]
    assert len(site.asked) - asked_first == 3


async def test_a_time_to_come_hides_nothing_that_is_written_until_then(
    key: Secret,
) -> None:
    def hasty_clock(_: Asked) -> Told:
        submission = {"id": "1", "created_at": "2199-01-01T00:00:00Z", "data": {}}
        return Told(body=[submission])

    async with service_site(hasty_clock) as site:
        first = await piece(hosted("netlify", site, key))
    async with service_site(lambda _: Told(body=[])) as site:
        second = await piece(hosted("netlify", site, key), first.cursor)

    assert datetime.fromisoformat(json.loads(second.cursor)[0]) <= datetime.now(UTC)


async def test_a_service_that_pages_for_ever_is_left_at_a_bound(key: Secret) -> None:
    def endless(asked: Asked) -> Told:
        number = int(asked.query.get("after", "0"))
        submission = {"conversionId": f"{number}", "submittedAt": 1782900000000}
        return Told(
            body={
                "results": [submission],
                "paging": {"next": {"after": str(number + 1)}},
            }
        )

    async with service_site(endless) as site:
        read = await piece(hosted("hubspot", site, key))

    assert len(site.asked) == HASTE.pages
    assert read.skipped == [
        "HubSpot keeps more than we read at once: 20 submissions were read."
    ]


async def test_submissions_too_large_to_keep_are_left_at_a_bound(key: Secret) -> None:
    def heavy(asked: Asked) -> Told:
        page = int(asked.query["page"])
        data = {"message": "x" * 70_000}
        return Told(
            body=[
                {"id": f"{page}-{number}", "created_at": at(0), "data": data}
                for number in range(100)
            ]
        )

    async with service_site(heavy) as site:
        read = await piece(hosted("netlify", site, key))

    assert len(site.asked) < HASTE.pages
    assert "keeps more than we read at once" in read.skipped[0]
