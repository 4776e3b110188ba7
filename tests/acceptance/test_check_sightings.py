"""Only the message itself is an arrival: no quote, forgery, copy, answer or replay."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.memory import outcomes
from tests.world.pages import Fault, Site

Turn = Callable[[EmailMessage], EmailMessage]

MARKER = re.compile(r"cwd[a-z2-7]{32}")


def marker_in(text: str) -> str:
    found = MARKER.search(text)
    assert found
    return found[0]


def mail(text: str, *, sender: str, to: str, subject: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = subject
    message.set_content(text)
    return message


def quoted(original: EmailMessage) -> EmailMessage:
    text = original.get_content().replace("\n", "\n> ")
    said = f"Is this for us?\n\nOn Sunday a visitor wrote:\n> {text}"
    return mail(said, sender="colleague@example.test", to=original["To"])


def answered(original: EmailMessage) -> EmailMessage:
    answer = quoted(original)
    answer["In-Reply-To"] = "<one@example.test>"
    answer.replace_header("Subject", f"Re: {original['Subject']}")
    return answer


def forwarded(original: EmailMessage) -> EmailMessage:
    text = (
        "FYI\n\n---------- Forwarded message ---------\n"
        f"From: {original['From']}\nSubject: {original['Subject']}\n"
        f"To: {original['To']}\n\n{original.get_content()}"
    )
    return mail(text, sender="colleague@example.test", to=original["To"])


def attached(original: EmailMessage) -> EmailMessage:
    message = mail("See there.", sender="colleague@example.test", to=original["To"])
    message.add_attachment(original)
    return message


def copied_to_visitor(original: EmailMessage) -> EmailMessage:
    text = f"Thank you, we have received this:\n\n{original.get_content()}"
    return mail(text, sender="website@example.test", to=original["Reply-To"])


def forged(original: EmailMessage) -> EmailMessage:
    marker = marker_in(original.get_content())
    other = marker[:-1] + ("a" if marker[-1] != "a" else "b")
    text = original.get_content().replace(marker, other)
    return mail(text, sender="website@example.test", to=original["To"])


def without_marker(original: EmailMessage) -> EmailMessage:
    text = MARKER.sub("", original.get_content())
    return mail(text, sender="website@example.test", to=original["To"])


LOOK_ALIKES = (
    *(quoted, answered, forwarded, attached),
    *(copied_to_visitor, forged, without_marker),
)


def test_what_only_looks_like_the_message_is_no_arrival(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    site.fault = Fault.BLACK_HOLE
    watched = Watched(url=site.url, mailbox=imap(inbox), expected="3s", deadline="3s")
    config = write_config(tmp_path, watched)
    command.check(config, "--no-wait")
    original = site.compose(site.received[0])
    for look_alike in LOOK_ALIKES:
        inbox.host.dovecot.deliver(inbox.address, bytes(look_alike(original)))

    command.check(config)

    assert len(inbox.mail()) == len(LOOK_ALIKES), "all still lie where they lay"
    marker = marker_in(site.received[0]["comments"])
    assert outcomes(config, marker) == ["missing"]


def test_a_message_that_came_before_the_first_look_is_found(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    config = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))

    sent = command.check(config, "--no-wait")
    inbox.wait_for_mail()
    command.check(config)

    row = sent.rows["Contact form"]
    assert (sent.code, row["outcome"], row["cause"]) == (0, None, None)
    marker = marker_in(site.received[0]["comments"])
    assert outcomes(config, marker) == ["delivered"]


def test_an_old_message_delivered_once_more_proves_nothing_of_a_new_one(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    watched = Watched(url=site.url, mailbox=imap(inbox), expected="3s", deadline="3s")
    config = write_config(tmp_path, watched)
    assert command.check(config).code == 0
    site.fault = Fault.BLACK_HOLE
    replay = bytes(site.compose(site.received[0]))
    inbox.host.dovecot.deliver(inbox.address, replay)

    ended = command.check(config)

    assert ended.code == 2
    assert ended.rows["Contact form"]["outcome"] == "missing"
    assert len(inbox.mail()) == 1, "and it stays where it lies"
