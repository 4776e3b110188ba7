"""What came back, of which message, and why."""

import pytest

from probes.mail.bounce import BounceReport, read_bounce
from probes.mail.message import read_message


def report(status: str, *, returned: str = "message/rfc822") -> bytes:
    return f"""\
Return-Path: <>
From: Mail Delivery System <MAILER-DAEMON@mail.cafe.example>
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system. Your message could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.cafe.example

{status}

--b
Content-Type: {returned}

From: Cafe <owner@cafe.example>
Reply-To: anna+tok123@example.org
Message-ID: <one@cafe.example>
Subject: Rye

Have you rye? tok123
--b--
""".encode()


FAILED = """\
Final-Recipient: rfc822; owner@cafe.example
Original-Recipient: rfc822;info@cafe.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <owner@cafe.example>: User
    unknown"""
DELAYED = """\
Final-Recipient: rfc822; late@cafe.example
Action: delayed
Status: 4.4.1"""
DELIVERED = """\
Final-Recipient: rfc822; owner@cafe.example
Action: delivered
Status: 2.0.0"""


def read(raw: bytes) -> BounceReport:
    found = read_bounce(read_message(raw))
    assert found is not None
    return found


def test_a_delivery_status_says_who_and_why() -> None:
    found = read(report(FAILED))

    assert found.action == "failed"
    assert found.status == "5.1.1"
    assert found.recipient == "owner@cafe.example"
    assert found.words == "550 5.1.1 <owner@cafe.example>: User unknown"


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_the_message_that_came_back_can_be_read(kind: str) -> None:
    found = read(report(FAILED, returned=kind))

    assert found.returned is not None
    assert found.returned.message_id == "one@cafe.example"
    assert found.returned.reply_to[0].address == "anna+tok123@example.org"


def test_a_quoted_message_is_no_arrival_in_own_words() -> None:
    message = read_message(report(FAILED))

    assert "tok123" not in message.text
    assert "tok123" in message.quoted


def test_late_is_not_lost() -> None:
    assert read(report(DELAYED)).action == "delayed"


def test_one_that_failed_counts_before_one_that_is_late() -> None:
    found = read(report(f"{DELAYED}\n\n{FAILED}"))

    assert (found.action, found.recipient) == ("failed", "owner@cafe.example")


def test_good_news_is_no_bounce() -> None:
    assert read_bounce(read_message(report(DELIVERED))) is None


QMAIL = b"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example
Subject: failure notice

Hi. This is the mail program at mx.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<owner@cafe.example>:
192.0.2.5 does not like recipient.
Remote host said: 550 5.7.1 rejected by policy

--- Below this line is a copy of the message.

Message-ID: <one@cafe.example>
Subject: Rye

Have you rye? tok123
"""
EXIM = b"""\
Return-path: <>
X-Failed-Recipients: owner@cafe.example
From: Mail Delivery System <Mailer-Daemon@host.example>
Subject: Mail delivery failed: returning message to sender

A message that you sent could not be delivered to all of its recipients.

  owner@cafe.example
    SMTP error from remote mail server after RCPT TO:
    550 5.7.1 rejected by policy

------ This is a copy of the message, including all the headers. ------

Message-ID: <one@cafe.example>
Subject: Rye

Have you rye? tok123
"""
EXCHANGE = b"""\
From: Microsoft Exchange <postmaster@corp.example>
Subject: Undeliverable: Rye
Content-Type: multipart/mixed; boundary=b

--b

Your message did not reach some or all of the intended recipients.

  owner@cafe.example on 5/3/2026 10:00 AM
  You do not have permission to send to this recipient. #5.7.1

--b
Content-Type: message/rfc822

Message-ID: <one@cafe.example>
Subject: Rye

Have you rye? tok123
--b--
"""


@pytest.mark.parametrize("raw", [QMAIL, EXIM, EXCHANGE])
def test_bounces_in_plain_words_are_understood(raw: bytes) -> None:
    found = read(raw)

    assert found.action == "failed"
    assert found.status == "5.7.1"
    assert found.recipient == "owner@cafe.example"
    assert found.returned is not None
    assert found.returned.message_id == "one@cafe.example"


def test_a_warning_in_plain_words_is_not_lost() -> None:
    raw = EXIM.replace(b"delivery failed", b"delivery failed or delayed 24 hours")

    assert read(raw).action == "delayed"


@pytest.mark.parametrize(
    "raw",
    [
        b"From: anna@example.org\nSubject: delivery failed\n\nMy parcel was late",
        b"Return-Path: <>\nFrom: anna@example.org\nSubject: Away\n\nI am on holiday",
        b"From: postmaster@cafe.example\nSubject: Welcome\n\nYour mailbox is ready",
    ],
)
def test_other_mail_is_no_bounce(raw: bytes) -> None:
    assert read_bounce(read_message(raw)) is None


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("host 5.1.1.20 said no", ""),
        ("550-5.7.26 unauthenticated", "5.7.26"),
        ("error 5.2.2.", "5.2.2"),
        ("version 9.1.1", ""),
    ],
)
def test_an_address_of_a_host_is_no_status(words: str, status: str) -> None:
    raw = f"Return-Path: <>\nSubject: failure notice\n\na@b.example: {words}"

    assert read(raw.encode()).status == status
