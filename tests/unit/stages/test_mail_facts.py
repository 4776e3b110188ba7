"""What matching is told of a letter: its kind, its people, what it is made of."""

from datetime import UTC, datetime

import pytest

from probes.mail.mailbox import Letter, Role
from watchdog.model import Mail, MailboxName, MailKind
from watchdog.rules import marker
from watchdog.rules.matching import traits
from watchdog.stages.mail_facts import mail_of

KEY = b"k" * 32
NOON = datetime(2026, 5, 3, 12, tzinfo=UTC)
MARK = marker.make(KEY, at=NOON, salt=b"salty")
TEXT = "Do you take photographs at weddings?"
FORWARD = f"FYI\n\n---------- Forwarded message ---------\n{TEXT}"
ANSWER = f"Yes.\n\nOn 3 May 2026 at 10:00 Anna wrote:\n> {TEXT}"


def facts_of(header: str, text: str = TEXT) -> Mail:
    raw = f"{header}\nTo: office@studio.example\n\n{text}\n".encode()
    return of_bytes(raw)


def of_bytes(raw: bytes) -> Mail:
    letter = Letter(
        folder="INBOX",
        role=Role.INBOX,
        validity=3,
        uid=7,
        arrived_at=NOON,
        size=len(raw),
        raw=raw,
        is_read=True,
    )
    return mail_of(letter, MailboxName("office"), KEY, seen_at=NOON)


def test_people_subject_and_place_are_kept_and_the_text_as_traits_alone() -> None:
    header = (
        "From: Anna <web@studio.example>\nReply-To: anna@example.org\n"
        "Cc: bob@studio.example\nSubject: New message\nMessage-ID: <one@studio.example>"
    )

    found = facts_of(header)

    assert (found.folder, found.role, found.validity, found.uid) == (
        "INBOX",
        "inbox",
        3,
        7,
    )
    assert found.is_read
    assert not found.is_automatic
    assert facts_of(f"{header}\nAuto-Submitted: auto-replied").is_automatic
    assert (found.kind, found.message_id) == (MailKind.MESSAGE, "one@studio.example")
    assert (*found.senders, *found.repliers) == (
        "web@studio.example",
        "anna@example.org",
    )
    assert found.recipients == ("office@studio.example", "bob@studio.example")
    assert set(traits(f"New message {TEXT} Anna anna@example.org")) <= {*found.traits}


@pytest.mark.parametrize(
    ("header", "text", "kind"),
    [
        ("From: web@studio.example", TEXT, MailKind.MESSAGE),
        ("From: bob@example.net\nIn-Reply-To: <a@b>", ANSWER, MailKind.ANSWER),
        ("From: bob@example.net\nIn-Reply-To: <a@b>", TEXT, MailKind.ANSWER),
        ("From: bob@example.net\nSubject: Fwd: New", FORWARD, MailKind.ANSWER),
        ("From: bob@example.net", FORWARD, MailKind.ANSWER),
        (
            "From: web@studio.example\nReply-To: a@example.org\nIn-Reply-To: <a@b>",
            TEXT,
            MailKind.MESSAGE,
        ),
        (
            (
                "From: web@studio.example\nReply-To: a@example.org\n"
                "Auto-Submitted: auto-replied"
            ),
            f"Name: Anna\n{TEXT}\n> a quoted line",
            MailKind.MESSAGE,
        ),
        ("From: web@studio.example", f"{TEXT}\n{MARK}", MailKind.OURS),
        (f"From: it+{MARK}@agency.example", TEXT, MailKind.OURS),
        (
            (
                "From: Contact Watchdog <dog@agency.example>\n"
                "X-Auto-Response-Suppress: OOF"
            ),
            f"Nobody read this: {TEXT}",
            MailKind.OURS,
        ),
        (
            "From: MAILER-DAEMON@studio.example\nSubject: failure notice",
            (
                f"<office@studio.example>: mailbox full\n\n"
                f"--- Below this line is a copy of the message.\n\n"
                f"Subject: New\n\n{TEXT}"
            ),
            MailKind.BOUNCE,
        ),
    ],
)
def test_a_mail_is_known_for_what_it_is(header: str, text: str, kind: MailKind) -> None:
    assert facts_of(header, text).kind is kind


@pytest.mark.parametrize("text", [ANSWER, FORWARD])
def test_what_is_quoted_is_kept_apart(text: str) -> None:
    found = facts_of("From: bob@example.net\nIn-Reply-To: <a@b>", text)

    assert set(traits(TEXT)) <= {*found.quoted_traits}
    assert not set(traits("weddings")) & {*found.traits}
    assert found.references == ("a@b",)


def test_a_bounce_tells_whom_it_could_not_reach() -> None:
    text = "Delivery failed.\n\n<anna@example.org>: unknown user"

    found = facts_of("From: MAILER-DAEMON@x.example\nSubject: failure notice", text)

    assert found.recipients == ["anna@example.org"]


@pytest.mark.parametrize("raw", [b"", b"\0\0", b"\xff" * 300, b"From: \r\n\r\n"])
def test_a_mail_that_says_nothing_is_still_one_that_came(raw: bytes) -> None:
    found = of_bytes(raw)

    assert (found.arrived_at, found.uid, found.kind) == (NOON, 7, MailKind.MESSAGE)


@pytest.mark.parametrize(
    ("action", "references"), [("failed", ["letter@studio.example"]), ("delayed", [])]
)
def test_a_bounce_tells_which_letter_came_back(
    action: str, references: list[str]
) -> None:
    raw = f"""\
From: Mail Delivery System <MAILER-DAEMON@studio.example>
To: office@studio.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

Your message could not be delivered yet, or at all.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; studio.example

Final-Recipient: rfc822; anna@example.org
Action: {action}
Status: 5.1.1
--b
Content-Type: message/rfc822

From: office@studio.example
To: anna@example.org
Message-ID: <letter@studio.example>
Subject: Re: weddings

Yes, we do.
--b--
"""

    found = of_bytes(raw.encode())

    assert found.kind is MailKind.BOUNCE
    assert list(found.references) == references
