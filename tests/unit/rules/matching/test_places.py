"""What the folder of a mail, and what others quote of it, say of the owner."""

from datetime import timedelta
from typing import Any

import pytest

from tests.world.inquiries import (
    ANNA,
    CHECK,
    NOON,
    OTHER,
    SITE,
    TEXT,
    finding,
    inquiry,
    mail,
    notice,
    scope,
    status,
)
from watchdog.model import Certainty, InquiryStatus, Mail, MailKind
from watchdog.rules.matching import match, traits

ARRIVED, MISSING = InquiryStatus.ARRIVED, InquiryStatus.MISSING


def in_folders(*roles: str, **facts: Any) -> list[Mail]:
    """Return Anna's message as it was seen in one folder after the other."""
    return [
        notice(
            inquiry(),
            role=role,
            folder=role,
            message_id="one@studio.example",
            seen_at=NOON + timedelta(hours=hour + 1),
            **facts,
        )
        for hour, role in enumerate(roles)
    ]


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["inbox"], ARRIVED),
        (["trash"], ARRIVED),
        (["inbox", "other"], ARRIVED),
        (["inbox", "spam"], ARRIVED),
        (["spam", "inbox"], ARRIVED),
        (["spam"], InquiryStatus.JUNKED),
        (["spam", "trash"], InquiryStatus.JUNKED),
        (["other"], InquiryStatus.MISFILED),
    ],
)
def test_what_was_before_the_owners_eyes_has_arrived(
    roles: list[str], expected: InquiryStatus
) -> None:
    assert status(inquiry(), *in_folders(*roles)) is expected


def test_in_another_folder_a_mail_has_arrived_once_it_was_opened() -> None:
    assert status(inquiry(), *in_folders("other", is_read=True)) is ARRIVED
    assert status(inquiry(), *in_folders("other", is_read=False)) is (
        InquiryStatus.MISFILED
    )


@pytest.mark.parametrize("folder", ["Archive", "Archiv/2026", "[Gmail]/All Mail"])
def test_what_is_archived_has_arrived(folder: str) -> None:
    assert status(inquiry(), notice(inquiry(), role="other", folder=folder)) is ARRIVED


def quoting(text: str = TEXT, **facts: Any) -> Mail:
    return mail(quoted=f"Anna Probe {ANNA}\n{text}", **facts)


def answer(**facts: Any) -> Mail:
    told = {
        "kind": MailKind.ANSWER,
        "role": "sent",
        "folder": "Sent",
        "senders": ("office@studio.example",),
        "recipients": (ANNA,),
        "references": ("gone@studio.example",),
        "minutes": 90,
    }
    return quoting(**(told | facts))


def test_an_answer_of_the_owner_that_quotes_it_proves_that_he_has_read_it() -> None:
    found = finding(inquiry(), answer())

    assert (found.status, found.certainty) == (ARRIVED, Certainty.CERTAIN)


def test_what_the_owner_writes_because_of_our_list_proves_no_arrival() -> None:
    one = inquiry()
    told = NOON + timedelta(hours=2)
    letters = (
        answer(minutes=130),
        answer(minutes=115, references=()),
        answer(minutes=130, quoted_traits=()),
        answer(minutes=130, folder="Customers", role="other"),
        answer(
            minutes=130,
            kind=MailKind.MESSAGE,
            traits=traits(f"An answer. You wrote, {ANNA}: {TEXT}"),
            recipients=(ANNA, "colleague@studio.example"),
            folder="Customers",
            role="other",
        ),
    )

    for letter in letters:
        found = match([one], [letter], {CHECK: scope()}, told_at={one.id: told})
        assert found[one.id].status is MISSING
        assert status(one, letter) is not MISSING, "if he knew of it by himself"


def test_a_message_that_comes_after_all_is_found_also_when_we_have_told() -> None:
    one = inquiry()
    told = {one.id: NOON + timedelta(hours=2)}

    found = match([one], [notice(one, minutes=300)], {CHECK: scope()}, told_at=told)

    assert found[one.id].status is InquiryStatus.LATE


def test_an_answer_without_a_quotation_is_a_hint() -> None:
    found = finding(inquiry(), answer(quoted_traits=()))

    assert (found.status, found.certainty) == (ARRIVED, Certainty.POSSIBLE)


def test_an_answer_to_another_message_proves_nothing() -> None:
    direct = mail(OTHER, senders=(ANNA,), message_id="hers@example.org")

    assert status(inquiry(), answer(text=OTHER)) is MISSING
    to_her = answer(quoted_traits=(), references=("hers@example.org",))
    assert status(inquiry(), direct, to_her) is MISSING


def test_a_bounce_that_brings_it_back_is_no_arrival() -> None:
    bounce = quoting(kind=MailKind.BOUNCE, senders=("mailer-daemon@studio.example",))

    found = finding(inquiry(), bounce)

    assert found.status is MISSING
    assert "A bounce brings its message back." in str(found.evidence["because"])


def test_a_bounce_of_the_visitors_copy_says_nothing_of_the_owners_mail() -> None:
    bounce = quoting(kind=MailKind.BOUNCE, recipients=(ANNA,))

    assert "bounce" not in str(finding(inquiry(), bounce).evidence)


def test_a_forwarded_copy_alone_is_a_hint_at_most() -> None:
    one = inquiry()
    forwarded = quoting(kind=MailKind.ANSWER, senders=("bob@studio.example",))

    found = finding(one, forwarded)
    assert (found.status, found.certainty) == (ARRIVED, Certainty.POSSIBLE)
    assert "forwarded" in str(found.evidence["because"])
    message = notice(one)
    assert finding(one, forwarded, message).mail == message.id


def test_what_the_person_quotes_of_himself_is_no_arrival() -> None:
    again = quoting(kind=MailKind.ANSWER, senders=(ANNA,), recipients=(SITE,))

    assert status(inquiry(), again) is MISSING
