"""What is held of an inquiry without a mail: missing only where that can be known."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world.inquiries import CHECK, NOON, OTHER, inquiry, mail, notice, scope
from watchdog.model import Certainty, Finding, Inquiry, InquiryStatus, Mail
from watchdog.rules.matching import match

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def absent(*mails: Mail, beside: tuple[Inquiry, ...] = (), **facts: Any) -> Finding:
    """Return what is held of Anna's inquiry, in such a scope."""
    one = inquiry(**facts.pop("inquiry", {}))
    assert one.id is not None
    return match([one, *beside], mails, {CHECK: scope(**facts)})[one.id]


def test_what_the_site_holds_for_spam_is_told_apart_unless_its_mail_is_there() -> None:
    one = inquiry(is_spam=True)
    assert one.id is not None

    assert absent(inquiry={"is_spam": True}).status is InquiryStatus.SPAM
    found = match([one], [notice(one)], {CHECK: scope()})
    assert found[one.id].status is InquiryStatus.ARRIVED


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"now": NOON + 5 * MINUTE}, id="younger than the deadline"),
        pytest.param({"seen_to": NOON + 5 * MINUTE}, id="not read since then"),
    ],
)
def test_a_message_that_may_still_come_is_pending(facts: dict[str, Any]) -> None:
    assert absent(**facts).status is InquiryStatus.PENDING


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param({"seen_to": None}, id="never read"),
        pytest.param({"seen_from": NOON + DAY}, id="read from the next day on"),
        pytest.param({"watched_from": None}, id="no mail of that time is left"),
    ],
)
def test_what_cannot_be_seen_is_unverifiable(facts: dict[str, Any]) -> None:
    assert absent(**facts).status is InquiryStatus.UNVERIFIABLE


def test_the_mails_of_others_show_that_the_mailbox_keeps_such_mails() -> None:
    before = inquiry(OTHER, email="bob@example.net", submitted_at=NOON - 2 * DAY)

    found = absent(notice(before), beside=(before,), watched_from=None)

    assert (found.status, found.certainty) == (
        InquiryStatus.MISSING,
        Certainty.LIKELY,
    )


def test_any_mail_of_that_time_shows_that_the_mailbox_keeps_mail() -> None:
    found = absent(mail(OTHER), watched_from=None)

    assert (found.status, found.certainty) == (
        InquiryStatus.MISSING,
        Certainty.POSSIBLE,
    )


def test_a_site_that_noted_its_failure_is_believed() -> None:
    found = absent(inquiry={"mail_failed": True}, watched_from=None)

    assert (found.status, found.certainty) == (
        InquiryStatus.MISSING,
        Certainty.CERTAIN,
    )


def test_what_the_sites_mailer_said_is_told_on_one_line() -> None:
    error = "SMTP Error:\nCould not authenticate."

    found = absent(inquiry={"mail_failed": True, "mail_error": error})

    assert (
        "The site noted that its mail failed: SMTP Error: Could not authenticate."
        in found.evidence["because"]
    )


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [(3, InquiryStatus.DUPLICATE), (300, InquiryStatus.MISSING)],
)
def test_who_sends_the_same_twice_at_once_is_told_once(
    minutes: int, expected: InquiryStatus
) -> None:
    one, again = inquiry(), inquiry(submitted_at=NOON + minutes * MINUTE)
    assert again.id is not None

    found = match([one, again], [notice(one)], {CHECK: scope()})

    assert found[again.id].status is expected


def test_if_none_of_them_arrived_both_are_missing() -> None:
    people = [inquiry(), inquiry(submitted_at=NOON + MINUTE)]

    found = match(people, [], {CHECK: scope()})

    assert {one.status for one in found.values()} == {InquiryStatus.MISSING}


def test_mail_in_another_mailbox_is_no_arrival_in_this_one() -> None:
    one = inquiry()
    assert one.id is not None
    elsewhere = notice(one, mailbox="private")

    found = match([one], [elsewhere], {CHECK: scope()})

    assert found[one.id].status is InquiryStatus.MISSING


def test_of_twins_it_is_said_that_the_mail_may_be_the_other_ones() -> None:
    one = inquiry("Please call me.")
    again = inquiry("Please call me.", submitted_at=NOON - 5 * 60 * MINUTE)
    assert one.id is not None
    assert again.id is not None

    found = match([one, again], [notice(one)], {CHECK: scope()})

    assert found[one.id].certainty is Certainty.LIKELY
    assert found[one.id].evidence["rivals"] == [again.entry]
