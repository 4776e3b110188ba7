"""What others say outright is taken for what they mean, in whose mouth it is."""

import pytest

from tests.world.clues import bounced, clues, declined
from watchdog.model import Cause, Outcome
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.statements import stated


def causes(seen: Clues) -> list[Cause]:
    return [cause for cause in Cause if stated(seen, cause)]


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("552 5.2.2 over quota", Cause.MAILBOX),
        ("Quota exceeded (mailbox for user is full)", Cause.MAILBOX),
        ("550 Quota exceeded", Cause.MAILBOX),
        ("552 User quota exceeded", Cause.MAILBOX),
        ("452-4.2.2 The email account that you tried to reach is full", Cause.MAILBOX),
        ("550 5.4.5 Daily user sending quota exceeded", Cause.SENDING_LIMIT),
        ("550 5.1.1 The email account does not exist", Cause.WRONG_RECIPIENT),
        (
            "550 5.4.1 Recipient address rejected: Access denied",
            Cause.WRONG_RECIPIENT,
        ),
        (
            "550 5.7.23 Recipient address rejected: SPF authentication failed",
            Cause.UNTRUSTED_SENDER,
        ),
        (
            "550-5.7.25 The IP address sending this message does not have a PTR record",
            Cause.UNTRUSTED_SENDER,
        ),
        ("550 5.7.1 Message rejected as spam by Content Filtering", Cause.SPAM_FOLDER),
        ("530 5.7.0 Authentication required", Cause.MAIL_LOGIN),
        (
            "550 5.7.509 Access denied, sending domain does not pass DMARC",
            Cause.VISITOR_AS_SENDER,
        ),
        ("554 5.4.6 Too many hops", Cause.MAILBOX),
        (
            "550 5.1.7 Sender address rejected: host said: 550 5.1.1 User unknown",
            Cause.UNTRUSTED_SENDER,
        ),
        ("550-No such user here\n550 Sender verify failed", Cause.UNTRUSTED_SENDER),
    ],
)
def test_a_mail_host_is_understood(words: str, cause: Cause) -> None:
    assert causes(clues(Outcome.BOUNCED, evidence=bounced(words))) == [cause]


def test_a_mail_host_that_does_not_want_us_says_nothing_of_its_mailbox() -> None:
    words = "550 5.1.7 Sender address rejected: 550 5.1.1 User unknown"

    assert causes(clues(asked={"taken": False, "words": words})) == []


@pytest.mark.parametrize(
    ("words", "cause"),
    [
        ("SMTP Error: Could not authenticate.", Cause.MAIL_LOGIN),
        ("535 5.7.139 Authentication unsuccessful", Cause.MAIL_LOGIN),
        ("invalid_grant: Token has been expired or revoked.", Cause.MAIL_LOGIN),
        ("Quota exceeded", Cause.SENDING_LIMIT),
        ("You have exceeded 100 messages per hour", Cause.SENDING_LIMIT),
        ("421 Too many messages", Cause.SENDING_LIMIT),
        ("Recipient is on the suppression list", Cause.WRONG_RECIPIENT),
        ("Could not instantiate mail function.", Cause.UNTRUSTED_SENDER),
    ],
)
def test_a_sites_mailer_is_understood(words: str, cause: Cause) -> None:
    assert causes(clues(site={"mail_error": words})) == [cause]


@pytest.mark.parametrize(
    "words",
    [
        "reCAPTCHA authentication failed",
        "Access denied",
        "Please enter a valid address",
        "Your session limit exceeded",
        "Your message exceeds the message size limit",
    ],
)
def test_a_form_that_says_something_else_is_not_misread(words: str) -> None:
    assert causes(clues(Outcome.REFUSED, evidence=declined(words))) == []


def test_what_a_form_says_while_it_thanks_is_no_statement() -> None:
    thanked = {"answer_words": "Thank you! Your nonce has expired. Fatal error."}

    assert causes(clues(evidence=thanked)) == []


def test_of_a_long_text_only_the_beginning_is_read() -> None:
    assert causes(clues(site={"mail_error": " " * 9_000 + "535"})) == []
