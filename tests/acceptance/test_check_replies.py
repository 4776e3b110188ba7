"""Where the form answers its visitor, that mail is expected, too, and told apart."""

import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.pages import Fault as Page
from tests.world.pages import Site
from tests.world.policy import Fault

VISITORS = "box0"
"""The visitor's mailbox: that of the first story, which is the owner's as well."""


@dataclass(frozen=True, kw_only=True)
class Story:
    """What the site and the mail do, and what is to be said of it."""

    site: Mapping[str, Any] = field(default_factory=dict)
    fault: Fault | None = None
    times: Mapping[str, str] = field(default_factory=dict)
    outcome: str
    health: str
    reply: str


STORIES = {
    "one mailbox for both": Story(
        site={"answers_visitor": True}, outcome="delivered", health="ok", reply="came"
    ),
    "one for each": Story(
        site={"answers_visitor": True}, outcome="delivered", health="ok", reply="came"
    ),
    "no reply": Story(outcome="delivered", health="warning", reply="absent"),
    "the reply alone": Story(
        site={"answers_visitor": True},
        fault=Fault.BLACK_HOLE,
        times={"expected": "4s", "deadline": "4s"},
        outcome="missing",
        health="critical",
        reply="came",
    ),
    "refused": Story(
        site={"answers_visitor": True, "fault": Page.INVALID},
        outcome="refused",
        health="critical",
        reply="unseen",
    ),
}


@pytest.fixture(scope="module")
def config(
    mail_host: MailHost, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    visitor, watched = f"replies0@{DOMAIN}", []
    with ExitStack() as stack:
        for number, (name, story) in enumerate(STORIES.items()):
            inbox = Inbox(mail_host, f"replies{number}@{DOMAIN}")
            stack.callback(inbox.mend)
            if story.fault:
                inbox.fail(story.fault)
            smtp_port = mail_host.postfix.smtp_port
            site = Site.start(smtp_port=smtp_port, owner=inbox.address)
            stack.callback(site.stop)
            for key, value in story.site.items():
                setattr(site, key, value)
            lines = ["expect_reply = true", 'reply_within = "6s"']
            if number:
                lines.append(f'reply_mailbox = "{VISITORS}"')
            watched.append(
                Watched(
                    name=name,
                    url=site.url,
                    mailbox=imap(inbox),
                    more=tuple(lines),
                    **story.times,
                )
            )
        folder = tmp_path_factory.mktemp("replies")
        yield write_config(folder, *watched, visitor=visitor)


@pytest.fixture(scope="module")
def told(config: Path) -> command.Ended:
    return command.check(config)


@pytest.mark.parametrize("name", STORIES)
def test_a_reply_is_told_apart_from_the_message_itself(
    told: command.Ended, name: str
) -> None:
    story, row = STORIES[name], told.rows[name]

    evidence = row["evidence"]
    assert (row["outcome"], row["health"]) == (story.outcome, story.health), row
    assert evidence["reply"] == story.reply
    has_come = story.reply == "came"
    assert (evidence["reply_at"] is not None) == has_come
    assert evidence["reply_folder"] == ("INBOX" if has_come else None)


def test_a_reply_that_was_seen_is_put_away(
    told: command.Ended, mail_host: MailHost
) -> None:
    visitor = Inbox(mail_host, f"replies0@{DOMAIN}")

    assert visitor.settled_mail() == []
    kept = [mail["Subject"] for mail in visitor.mail("Contact Watchdog")]
    assert kept.count("Thank you for your message") == 3
    assert told.rows["no reply"]["evidence"]["reply_folder"] is None


def test_status_tells_what_visitors_got(told: command.Ended, config: Path) -> None:
    status = command.run(config, "status", "--json")

    shown = {one["check"]: one for one in json.loads(status.out)["checks"]}
    assert {name: one["reply"] for name, one in shown.items()} == {
        name: story.reply if story.reply != "unseen" else None
        for name, story in STORIES.items()
    }
    came = shown["one for each"]
    assert came["last_reply_at"] == told.rows["one for each"]["evidence"]["reply_at"]
    assert came["last_reply_folder"] == "INBOX"
    assert "the newest visitor got no reply" in command.run(config, "status").out


def test_the_exit_code_is_that_of_the_worst(told: command.Ended) -> None:
    assert (told.code, told.talk) == (2, "")
