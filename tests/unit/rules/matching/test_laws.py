"""What holds of matching whatever people write."""

import random
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.inquiries import ANNA, CHECK, NOON, inquiry, mail, scope
from watchdog.model import Inquiry, InquiryId, Mail, MailId, MailKind
from watchdog.rules.matching import match

WORDS = "please call me about rye bread piano invoice 寿司 Füße مرحبا 12 #7 a@b.example"
TEXTS = st.lists(st.sampled_from(WORDS.split()), max_size=12).map(" ".join) | st.text(
    max_size=40
)
ADDRESSES = st.sampled_from(["", ANNA, "bob@example.net", "no address"])
MINUTES = st.integers(-2000, 2000)


@st.composite
def correspondences(draw: st.DrawFn) -> tuple[list[Inquiry], list[Mail]]:
    inquiries = [
        inquiry(
            draw(TEXTS),
            id=InquiryId(number),
            entry=str(number),
            name=draw(TEXTS),
            email=draw(ADDRESSES),
            is_contentless=draw(st.booleans()),
            submitted_at=NOON + timedelta(minutes=draw(MINUTES)),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    mails = [mail_of(draw, number) for number in range(draw(st.integers(0, 8)))]
    return inquiries, mails


def mail_of(draw: st.DrawFn, number: int) -> Mail:
    facts: dict[str, Any] = {
        "repliers": (draw(ADDRESSES),),
        "senders": (draw(ADDRESSES),),
        "recipients": (draw(ADDRESSES),),
        "subject": draw(TEXTS),
        "role": draw(st.sampled_from(["inbox", "spam", "sent", "trash", "other"])),
        "kind": draw(st.sampled_from(MailKind)),
        "message_id": draw(st.sampled_from(["", "one@x", "two@x"])),
        "references": (draw(st.sampled_from(["one@x", "gone@x"])),),
        "quoted": draw(TEXTS),
    }
    minutes = draw(MINUTES)
    return mail(draw(TEXTS), minutes=minutes, id=MailId(number), uid=number, **facts)


@given(correspondences(), st.randoms())
def test_the_order_of_what_is_given_makes_no_difference(
    given_: tuple[list[Inquiry], list[Mail]], dice: random.Random
) -> None:
    inquiries, mails = given_
    found = match(inquiries, mails, {CHECK: scope()})

    dice.shuffle(inquiries)
    dice.shuffle(mails)
    assert match(inquiries, mails, {CHECK: scope()}) == found


@given(correspondences())
def test_every_inquiry_gets_an_answer_and_no_mail_explains_two(
    given_: tuple[list[Inquiry], list[Mail]],
) -> None:
    inquiries, mails = given_

    found = match(inquiries, mails, {CHECK: scope()})

    assert set(found) == {one.id for one in inquiries}
    ids = {mail.id: mail.message_id or mail.id for mail in mails}
    explaining = [ids[one.mail] for one in found.values() if one.mail is not None]
    assert len(explaining) == len(set(explaining))


@given(correspondences(), st.integers(-2000, 2000))
@settings(max_examples=50)
def test_a_mail_about_something_else_changes_no_status(
    given_: tuple[list[Inquiry], list[Mail]], minutes: int
) -> None:
    inquiries, mails = given_
    found = match(inquiries, mails, {CHECK: scope()})
    other = mail(
        "The harvest of turnips was splendid, and our goats send their best wishes.",
        minutes=minutes,
        senders=("farmer@elsewhere.example",),
        uid=999,
    )

    beside = match(inquiries, [*mails, other], {CHECK: scope()})

    assert [one.status for one in beside.values()] == [
        one.status for one in found.values()
    ]
