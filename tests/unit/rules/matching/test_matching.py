"""Which mail is an inquiry's message: what connects them, and what does not."""

from datetime import timedelta

import pytest

from tests.world.inquiries import (
    ANNA,
    CHECK,
    NOON,
    OTHER,
    TEXT,
    finding,
    inquiry,
    mail,
    notice,
    scope,
    status,
)
from watchdog.model import Certainty, InquiryStatus, MailKind
from watchdog.rules.matching import match

ARRIVED, MISSING = InquiryStatus.ARRIVED, InquiryStatus.MISSING
LATER = NOON + timedelta(hours=5)


def test_the_sites_mail_to_which_one_answers_the_person_is_its_message() -> None:
    one = inquiry()
    message = notice(one)

    found = finding(one, message)

    assert (found.status, found.certainty, found.mail) == (
        ARRIVED,
        Certainty.CERTAIN,
        message.id,
    )
    assert found.evidence["minutes_after"] == 1.0
    assert "Reply-To is the person's address." in str(found.evidence["because"])


def test_without_any_mail_an_inquiry_is_missing_for_certain() -> None:
    found = finding(inquiry(), mail(OTHER))

    assert (found.status, found.certainty) == (MISSING, Certainty.CERTAIN)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(TEXT.upper().replace(" ", "\n"), id="wrapped, in capitals"),
        pytest.param(TEXT[: len(TEXT) * 2 // 3] + "…", id="cut"),
        pytest.param(f'{{"nachricht": "{TEXT}"}}', id="JSON"),
        pytest.param(f"Ваше сообщение: {TEXT}", id="labels of another language"),
    ],
)
def test_the_message_is_known_however_the_site_writes_it(text: str) -> None:
    assert status(inquiry(), mail(text, repliers=(ANNA,))) is ARRIVED


def test_the_entrys_number_in_the_subject_decides_where_nothing_else_is_said() -> None:
    one = inquiry(entry="4711")
    message = mail("Log in to read it.", subject="New Form Entry #4711 for Contact")

    found = finding(one, message)

    assert found.status is ARRIVED
    assert "The subject names entry 4711." in str(found.evidence["because"])


def test_a_number_that_only_happens_to_be_the_same_decides_nothing() -> None:
    one = inquiry(entry="12")
    letter = mail(f"{OTHER} I live at Elm Road no. 12.", senders=("bob@example.net",))

    assert status(one, letter) is MISSING


def test_a_number_tells_two_equal_inquiries_apart() -> None:
    first, second = inquiry(entry="70"), inquiry(entry="71", submitted_at=LATER)
    message = notice(first, minutes=301, subject="New Form Entry #70 for Contact")

    assert status(first, message, beside=(second,)) is InquiryStatus.LATE
    assert status(second, message, beside=(first,)) is MISSING


def test_two_inquiries_and_one_mail_are_one_missing() -> None:
    first = inquiry("Please call me.")
    again = inquiry("Please call me.", submitted_at=LATER)

    assert status(first, notice(first), beside=(again,)) is ARRIVED
    assert status(again, notice(first), beside=(first,)) is MISSING
    assert status(first, notice(again), beside=(again,)) is MISSING


def test_another_message_of_a_returning_customer_is_not_this_one() -> None:
    first, second = inquiry(), inquiry(OTHER, submitted_at=LATER)

    assert status(second, notice(first), beside=(first,)) is MISSING
    assert status(second, notice(first)) is MISSING


def test_the_same_text_of_another_person_is_not_this_ones() -> None:
    bob = inquiry(name="Bob Fisher", email="bob@example.net")

    assert status(inquiry(), notice(bob)) is MISSING
    assert status(inquiry(), notice(bob), beside=(bob,)) is MISSING


def test_a_mail_that_the_person_writes_directly_is_not_the_forms() -> None:
    direct = mail(f"{OTHER} Anna Probe", senders=(ANNA,))

    assert status(inquiry(), direct) is MISSING


def test_what_a_shop_or_a_newsletter_writes_at_that_time_is_not_the_forms() -> None:
    order = mail(
        "Customer: Anna Probe, Elm Road 3. Two tickets to the opera: 40 Euro, paid.",
        subject="New order 8812",
        repliers=(ANNA,),
    )
    sale = mail("Our spring sale begins! Come and see all the new cameras; contact us.")

    assert status(inquiry(), order) is MISSING
    assert status(inquiry(), sale) is MISSING


def test_another_message_of_the_same_person_does_not_count_even_if_it_is_newer() -> (
    None
):
    assert status(inquiry(), notice(inquiry(OTHER), minutes=3)) is MISSING


def test_a_form_that_writes_in_the_persons_name_is_known_by_the_words() -> None:
    assert status(inquiry(), mail(f"Message: {TEXT}", senders=(ANNA,))) is ARRIVED


def test_the_copy_for_the_visitor_is_no_arrival() -> None:
    assert status(inquiry(), notice(inquiry(), recipients=(ANNA,))) is MISSING


def test_our_own_tests_are_no_arrivals() -> None:
    assert status(inquiry(), notice(inquiry(), kind=MailKind.OURS)) is MISSING


@pytest.mark.parametrize("role", ["sent", "drafts"])
def test_what_the_owner_wrote_himself_is_no_arrival(role: str) -> None:
    assert status(inquiry(), notice(inquiry(), role=role, folder=role)) is MISSING


def test_without_an_address_the_telephone_number_or_the_name_will_do() -> None:
    one = inquiry(email="", phone="+49 (0)30 1234567")
    message = mail(f"Tel. 030/123 45 67\n{TEXT}")

    assert status(one, message) is ARRIVED
    assert status(inquiry(email=""), mail(f"Anna Probe: {TEXT}")) is ARRIVED


def test_words_alone_will_do_where_there_are_enough() -> None:
    found = finding(inquiry(email="", name=""), mail(f"Message: {TEXT}"))

    assert (found.status, found.certainty) == (ARRIVED, Certainty.LIKELY)


def test_a_mail_without_content_is_matched_by_whom_to_answer() -> None:
    message = mail("Log in to see it.", subject="New submission", repliers=(ANNA,))

    found = finding(inquiry(), message)

    assert (found.status, found.certainty) == (ARRIVED, Certainty.LIKELY)


def test_a_mail_that_says_nothing_is_matched_by_time_and_that_is_said() -> None:
    message = mail("Log in to see it.", subject="You have a new submission")

    found = finding(inquiry(), message)

    assert (found.status, found.certainty) == (ARRIVED, Certainty.POSSIBLE)
    assert "only the time fits" in str(found.evidence["because"])
    assert status(inquiry(), mail("New submission", minutes=600)) is MISSING


def test_inquiries_without_content_are_counted_against_mails() -> None:
    hits = [
        inquiry(
            "",
            name="",
            email="",
            is_contentless=True,
            submitted_at=NOON + timedelta(minutes=minutes),
        )
        for minutes in (0, 20, 40)
    ]
    mails = [notice(inquiry(OTHER), minutes=minutes) for minutes in (1, 41)]

    found = match(hits, mails, {CHECK: scope()})

    statuses = [found[hit.id].status for hit in hits if hit.id]
    assert statuses == [ARRIVED, MISSING, ARRIVED]
    assert {one.certainty for one in found.values()} == {Certainty.POSSIBLE}


def test_mails_of_the_same_second_go_to_one_inquiry_each() -> None:
    people = [inquiry("", name=f"P{n}", email=f"p{n}@example.org") for n in range(3)]
    mails = [notice(one, minutes=0) for one in people]

    found = match(people, mails, {CHECK: scope()})

    assert len({one.mail for one in found.values()}) == 3


def test_two_notices_of_one_inquiry_to_two_addresses_are_one() -> None:
    first = inquiry("Please call me.")
    again = inquiry("Please call me.", submitted_at=NOON - timedelta(hours=9))
    copies = [notice(first, recipients=(f"{who}@studio.example",)) for who in "ab"]

    assert status(again, *copies, beside=(first,)) is MISSING


def test_a_mail_may_come_days_late_and_clocks_may_differ_a_little() -> None:
    one = inquiry()

    assert status(one, notice(one, minutes=3 * 24 * 60)) is InquiryStatus.LATE
    assert status(one, notice(one, minutes=-4)) is ARRIVED
    assert status(one, notice(one, minutes=-180.5)) is ARRIVED
    assert status(one, notice(one, minutes=-200)) is MISSING


def test_a_store_whose_zone_is_an_hour_off_makes_nothing_late() -> None:
    people = [
        inquiry(
            f"{TEXT} {n}",
            email=f"p{n}@example.org",
            submitted_at=NOON + timedelta(hours=5 * n),
        )
        for n in range(4)
    ]
    mails = [notice(one, minutes=61) for one in people]

    found = match(people, mails, {CHECK: scope()})

    assert {one.status for one in found.values()} == {ARRIVED}
    assert "60 minutes behind" in str([one.evidence for one in found.values()])
