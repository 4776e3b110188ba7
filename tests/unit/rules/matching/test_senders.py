"""Who sends a form's notices decides where nothing in a mail points to a person."""

from tests.world.inquiries import OTHER, inquiry, mail, notice, status
from watchdog.model import Inquiry, InquiryStatus

STRANGER = ("news@letters.example",)


def earlier() -> tuple[Inquiry, ...]:
    """Return inquiries whose notices are surely the form's own."""
    return tuple(
        inquiry(f"{OTHER} Number {n}", name=f"Bob {n}", email=f"bob{n}@example.net")
        for n in range(3)
    )


def test_the_words_alone_of_a_stranger_are_no_notice_where_those_are_known() -> None:
    one, before = inquiry(), earlier()
    alike = mail(one.message, senders=STRANGER)
    notices = [notice(each) for each in before]

    assert status(one, alike, *notices, beside=before) is InquiryStatus.MISSING


def test_the_words_alone_are_one_by_the_forms_own_sender() -> None:
    one, before = inquiry(), earlier()
    notices = [notice(each) for each in before]

    found = status(one, mail(one.message), *notices, beside=before)

    assert found is InquiryStatus.ARRIVED


def test_what_somebody_else_writes_about_the_form_is_nobodys_notice() -> None:
    one = inquiry("Ring me")
    other = inquiry(OTHER, name="Bob", email="bob@example.net")
    direct = mail("Bob", subject="Your form", senders=("bob@example.net",))

    assert status(one, direct, beside=(other,)) is InquiryStatus.MISSING


def test_a_notice_that_names_the_number_in_its_subject_may_say_nothing_else() -> None:
    one = inquiry()
    told = "You have received a new submission. Log in to your website to read it."
    subject = f"New submission #{one.entry}"

    assert status(one, mail(told, subject=subject)) is InquiryStatus.ARRIVED


def test_who_else_names_the_person_does_not_bring_what_he_wrote() -> None:
    one, before = inquiry(), earlier()
    notices = [notice(each) for each in before]
    booking = f"New booking\nName: {one.name}\nEmail: {one.email}\nPhone: {one.phone}"
    booked = mail(booking, senders=STRANGER, repliers=(one.email,))

    assert status(one, booked, *notices, beside=before) is InquiryStatus.MISSING


def test_where_no_notice_brings_words_whom_to_answer_is_enough() -> None:
    one, before = inquiry(), earlier()
    told = "You have a new submission. Log in to your website to read it."
    notices = [mail(told, repliers=(each.email,)) for each in (one, *before)]

    assert status(one, *notices, beside=before) is InquiryStatus.ARRIVED
