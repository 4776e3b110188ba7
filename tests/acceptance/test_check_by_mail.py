"""A check without a form: the message is handed to Postfix, and looked for."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.policy import Fault
from tests.world.process import free_ports

NEVER = {"expected": "4s", "deadline": "4s"}
"""For messages that never come."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """By which server a message goes, what befalls it, and what is to be said."""

    port: str = "smtp_port"
    """The port of Postfix that takes it; that of nobody where it is empty."""
    password: str = ""
    """The file that holds it; empty for none."""
    to: str = ""
    """Whom it is for, if not the owner of the mailbox."""
    fault: Fault | None = None
    folder: str = ""
    """In which Sieve puts it."""
    is_late: bool = False
    outcome: str
    stage: str | None
    cause: str
    """A telling part of it."""


STORIES = {
    "all is well": Story(
        outcome="delivered", stage=None, cause="came by mail into the inbox"
    ),
    "with a password": Story(
        port="login_port", password="secret", outcome="delivered", stage=None, cause=""
    ),
    "taken for spam": Story(
        folder="Junk", outcome="junked", stage="inbox", cause="the spam folder “Junk”"
    ),
    "swallowed": Story(
        fault=Fault.BLACK_HOLE,
        is_late=True,
        outcome="missing",
        stage="mail",
        cause="The mail server took the message, but it is in no folder",
    ),
    "returned": Story(
        to=f"mailed.nobody@{DOMAIN}",
        fault=Fault.BOUNCED,
        is_late=True,
        outcome="bounced",
        stage="mail",
        cause="No such user here",
    ),
    "the recipient is refused": Story(
        port="host_port",
        fault=Fault.BOUNCED,
        outcome="refused",
        stage="server",
        cause="said no: 550 5.1.1",
    ),
    "put off": Story(
        port="host_port",
        fault=Fault.DEFERRED,
        outcome="blocked",
        stage="server",
        cause="said no: 451 4.3.2",
    ),
    "a wrong password": Story(
        port="login_port",
        password="wrong",
        outcome="refused",
        stage="server",
        cause="said no: 535",
    ),
    "nobody there": Story(
        port="", outcome="unreachable", stage="server", cause="refused the connection"
    ),
}


@dataclass
class World:
    """A mailbox for each story, and what one `check` of all has said."""

    config: Path
    inboxes: dict[str, Inbox]
    ended: command.Ended


@pytest.fixture(scope="module")
def told(
    mail_host: MailHost, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    inboxes = {
        name: Inbox(mail_host, f"mailed{number}@{DOMAIN}")
        for number, name in enumerate(STORIES)
    }
    with ExitStack() as stack:
        watched = [_watched(name, inboxes[name], stack) for name in STORIES]
        config = write_config(
            tmp_path_factory.mktemp("by-mail"),
            *watched,
            visitor=inboxes["returned"].address,
        )
        yield World(config, inboxes, command.check(config))


def _watched(name: str, inbox: Inbox, stack: ExitStack) -> Watched:
    story = STORIES[name]
    stack.callback(inbox.mend)
    recipient = Inbox(inbox.host, story.to or inbox.address)
    stack.callback(recipient.mend)
    if story.fault:
        recipient.fail(story.fault)
    if story.folder:
        inbox.file_into(story.folder)
    port = getattr(inbox.host.postfix, story.port) if story.port else free_ports(1)[0]
    lines = [
        'smtp.host = "127.0.0.1"',
        f"smtp.port = {port}",
        'smtp.security = "none"',
        f'smtp.to = "{recipient.address}"',
    ]
    if story.password:
        lines.append(f'smtp.user = "{inbox.address}"')
        lines.append(f'smtp.password = {{ file = "{story.password}" }}')
    times = NEVER if story.is_late else {}
    return Watched(name=name, mailbox=imap(inbox), more=tuple(lines), **times)


@pytest.mark.parametrize("name", STORIES)
def test_each_fate_of_a_mail_has_its_outcome(told: World, name: str) -> None:
    story, row = STORIES[name], told.ended.rows[name]

    assert (row["outcome"], row["stage"]) == (story.outcome, story.stage), row
    assert story.cause in row["cause"]
    assert "form" not in f"{row['cause']} {row['advice']}"
    assert (row["folder"] is None) == (story.outcome not in {"delivered", "junked"})


def test_the_mail_is_labelled_and_can_be_known_again(told: World) -> None:
    row = told.ended.rows["taken for spam"]
    mail = told.inboxes["taken for spam"].mail("Junk")[-1]

    marker = row["evidence"]["marker"]
    assert row["evidence"]["form_system"] == "smtp"
    assert marker in mail["Reply-To"]
    assert mail.get_content().startswith(f"Automatic delivery test {marker}")
    assert "mail to this address" in " ".join(mail.get_content().split())
    assert told.ended.talk == ""


def test_a_dry_run_asks_the_server_and_gives_it_nothing(told: World) -> None:
    names = ["all is well", "the recipient is refused", "a wrong password"]
    inbox = told.inboxes["all is well"]
    before = len(inbox.settled_mail())

    ended = command.run(told.config, "check", "--dry-run", "--json", *names)

    well, refused, locked = json.loads(ended.out)
    assert ended.code == 2
    assert (well["form"], well["problems"]) == (None, [])
    assert well["mail"]["to"] == inbox.address
    assert "550 5.1.1" in refused["problems"][0]
    assert "535" in locked["problems"][0]
    assert len(inbox.settled_mail()) == before


def test_nobody_is_missed_where_there_is_no_form(told: World) -> None:
    ended = command.run(told.config, "missed", "--json")

    account = json.loads(ended.out)
    assert (ended.code, ended.talk, account["inquiries"]) == (0, "", [])


def test_the_doctor_finds_what_is_wrong_on_the_way_of_the_mail(told: World) -> None:
    ended = command.run(told.config, "doctor", "--json")

    found = {one["subject"]: one for one in json.loads(ended.out)}
    assert found["all is well"]["health"] == "ok"
    assert "would take mail for" in found["all is well"]["sentence"]
    assert "550 5.1.1" in found["the recipient is refused"]["sentence"]
    assert "[check.smtp]" in found["a wrong password"]["mend"]
    assert found["put off"]["health"] == "unknown"
    assert found["nobody there"]["health"] == "critical"
