"""What is bad enough for the doctor to tell."""

from datetime import UTC, datetime, timedelta

import pytest

from watchdog.model import Health
from watchdog.rules import finding

NOW = datetime(2026, 5, 1, tzinfo=UTC)
MB = 1_000_000


@pytest.mark.parametrize(
    ("days", "health"),
    [(90, Health.OK), (14, Health.OK), (13, Health.WARNING), (1, Health.WARNING)],
)
def test_a_certificate_that_ends_within_two_weeks_is_told(
    days: int, health: Health
) -> None:
    found = finding.of_certificate(
        "host:443", not_after=NOW + timedelta(days=days), issuer="A", now=NOW
    )

    assert found.health is health
    assert (found.mend is None) is (health is Health.OK)


def test_a_certificate_tells_its_last_day_and_who_signed_it() -> None:
    found = finding.of_certificate(
        "host:443", not_after=NOW + timedelta(days=1), issuer="R11", now=NOW
    )

    assert found.sentence == (
        "The certificate is only valid until 2026-05-02, 1 more day; signed by R11."
    )


@pytest.mark.parametrize(("minutes", "doubts"), [(4, 1), (5, 0), (15, 0)])
def test_a_deadline_leaves_time_for_greylisting(minutes: int, doubts: int) -> None:
    found = finding.of_deadline("form", deadline=timedelta(minutes=minutes))

    assert [one.health for one in found] == [Health.WARNING] * doubts


@pytest.mark.parametrize(
    ("free", "health"),
    [
        (500 * MB, Health.OK),
        (499 * MB, Health.WARNING),
        (49 * MB, Health.CRITICAL),
        (0, Health.CRITICAL),
    ],
)
def test_a_disk_that_fills_up_is_told(free: int, health: Health) -> None:
    assert finding.of_room("ledger", free=free).health is health
