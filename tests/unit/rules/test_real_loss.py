"""Each missed inquiry is told in one incident: that of its time, or one of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from watchdog.model import (
    CheckName,
    Health,
    Incident,
    IncidentId,
    IncidentKind,
    InquiryId,
    Lost,
    MailboxName,
    Outcome,
    Reason,
)
from watchdog.rules.real_loss import (
    PROVEN,
    Home,
    Loss,
    Sequel,
    is_over,
    resolved,
    told_apart,
    told_in,
)

OTHER, FAR = CheckName("Other form"), CheckName("Far form")
HOMES: Mapping[CheckName, Home] = {
    RIVERSIDE: Home(mailbox=OFFICE, site="riverside"),
    OTHER: Home(mailbox=OFFICE, site="other"),
    FAR: Home(mailbox=MailboxName("far"), site="far"),
}
LOSS = Incident(
    id=IncidentId(1),
    kind=IncidentKind.LOSS,
    shared="mailbox:office",
    checks=frozenset({RIVERSIDE}),
    outcome=Outcome.JUNKED,
    health=Health.WARNING,
    opened_at=NOON,
    window_from=after(hours=-1),
)
REAL = replace(
    LOSS,
    id=IncidentId(2),
    kind=IncidentKind.REAL_LOSS,
    outcome=Outcome.MISSING,
    health=Health.CRITICAL,
    window_from=None,
)


def missed(number: int = 1, at: datetime = NOON, check: CheckName = RIVERSIDE) -> Lost:
    return Lost(id=InquiryId(number), check=check, submitted_at=at)


def within(
    inquiry: Lost, *, known: int = 0, **changes: Any
) -> Sequence[tuple[Reason, Health]]:
    losses = told_in([inquiry], [replace(LOSS, **changes)], {IncidentId(1): known})
    return [(loss.reason, loss.incident.health) for loss in losses]


def apart(*inquiries: Lost, known: Sequence[Incident] = ()) -> Sequence[Loss]:
    return told_apart(inquiries, known, HOMES, now=NOON)


@pytest.mark.parametrize(
    ("at", "belongs"),
    [
        (after(hours=-1.1), False),
        (after(hours=-0.9), True),
        (after(hours=2.9), True),
        (after(hours=3.1), False),
    ],
)
def test_what_was_written_in_a_window_of_doubt_is_told_there(
    at: datetime, *, belongs: bool
) -> None:
    ended = {"window_to": after(hours=3), "resolved_at": after(hours=3.5)}

    assert bool(within(missed(at=at), **ended)) is belongs


def test_another_forms_inquiry_is_not_told_in_it() -> None:
    assert within(missed(check=OTHER)) == []


def test_the_first_missed_person_makes_it_worse_and_the_second_no_more() -> None:
    assert within(missed()) == [(Reason.WORSE, Health.CRITICAL)]
    [(reason, _)] = within(missed(), known=1)
    assert reason is not Reason.WORSE


def test_who_is_found_after_the_end_completes_its_list() -> None:
    ended = {"window_to": after(hours=3), "resolved_at": after(hours=3.5)}

    assert within(missed(), **ended) == [(Reason.RESOLVED, Health.WARNING)]


def test_what_never_came_well_has_no_beginning() -> None:
    assert within(missed(at=after(days=-80)), window_from=None)


def test_inquiries_lost_while_our_messages_come_are_one_incident() -> None:
    [loss] = apart(missed(1), missed(2), missed(3, check=OTHER))

    assert loss.incident.kind is IncidentKind.REAL_LOSS
    assert loss.incident.shared == "mailbox:office"
    assert loss.incident.checks == {RIVERSIDE, OTHER}
    assert loss.reason is Reason.OPENED
    assert len(loss.missed) == 3


def test_other_mailboxes_have_incidents_of_their_own() -> None:
    losses = apart(missed(1), missed(2, check=FAR))

    assert [loss.incident.shared for loss in losses] == [
        "mailbox:office",
        "mailbox:far",
    ]


def test_a_new_one_joins_the_open_incident_and_is_no_second_alarm() -> None:
    [loss] = apart(missed(1), known=[REAL])

    assert loss.incident == REAL
    assert loss.reason is Reason.OPENED


def test_a_new_one_is_told_to_whoever_said_that_he_knew_of_the_others() -> None:
    [loss] = apart(missed(1), known=[replace(REAL, acknowledged_at=NOON)])

    assert loss.reason is Reason.WORSE


def test_what_nobody_watches_any_more_is_told_nobody() -> None:
    assert apart(missed(check=CheckName("Gone"))) == []


@pytest.mark.parametrize(
    ("days", "arrived", "is_known", "over"),
    [
        pytest.param(0.5, PROVEN, False, False, id="hours only"),
        pytest.param(1.5, PROVEN, False, True, id="proven for a day"),
        pytest.param(1.5, PROVEN - 1, False, False, id="hardly anything came"),
        pytest.param(1.5, 0, True, True, id="somebody knows, and a day was quiet"),
        pytest.param(6.9, 0, False, False, id="quiet, not yet a week"),
        pytest.param(7.1, 0, False, True, id="quiet for a week"),
    ],
)
def test_it_is_over_when_inquiries_arrive_or_none_was_lost_for_long(
    days: float, arrived: int, *, is_known: bool, over: bool
) -> None:
    incident = replace(REAL, acknowledged_at=NOON if is_known else None)
    sequel = Sequel(last_missed_at=NOON, arrived=arrived)

    now = NOON + timedelta(days=days)

    assert is_over(incident, {RIVERSIDE: sequel}, now=now) is over


def test_it_is_over_when_all_who_seemed_missed_have_come() -> None:
    assert is_over(REAL, {}, now=NOON)


def test_a_past_of_which_nobody_knew_is_told_as_the_past() -> None:
    [loss] = apart(missed(at=after(days=-40)))

    over = resolved(loss, now=NOON)

    assert over.incident.resolved_at == NOON
    assert over.reason is Reason.RESOLVED
    assert over.missed == loss.missed
