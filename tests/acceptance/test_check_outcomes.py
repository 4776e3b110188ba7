"""Whatever befalls a message, `check` says so: one run over a world of faults."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.pages import Fault as Page
from tests.world.pages import Site
from tests.world.policy import Fault as Mail

NEVER = {"expected": "4s", "deadline": "4s"}
"""For messages that never come."""
SOON = {"expected": "1s"}
HEALTH = {
    "delivered": "ok",
    "late": "warning",
    "junked": "warning",
    "misfiled": "warning",
    "missing": "critical",
    "bounced": "critical",
    "refused": "critical",
    "unreachable": "critical",
    "blocked": "unknown",
}

RECIPE = Path(__file__).parents[2] / "docs/recipes/verify.py"
KEY = "a secret that the site and we share"
EXEMPTED = ('form.exemption = { file = "exemption" }',)

Befalls = Callable[[Inbox], None]


def nothing(inbox: Inbox) -> None:
    del inbox


def mail(fault: Mail) -> Befalls:
    return lambda inbox: inbox.fail(fault)


def filed(folder: str) -> Befalls:
    return lambda inbox: inbox.file_into(folder)


def misdirected(inbox: Inbox) -> None:
    inbox.misdirect(f"somebody.else@{DOMAIN}")


@dataclass(frozen=True, kw_only=True)
class Story:
    """What befalls a message, and what is to be said of it."""

    site: Mapping[str, Any] = field(default_factory=dict)
    """What is set on the site."""
    is_up: bool = True
    page: str = "/contact"
    mail: Befalls = nothing
    """What befalls the mail."""
    times: Mapping[str, str] = field(default_factory=dict)
    outcome: str
    stage: str | None
    cause: str
    """A telling part of it."""
    more: tuple[str, ...] = ()
    """Further lines of its check."""
    folder: str | None = None
    is_sent: bool = True
    """Whether the site gets the message."""


def delivered(fault: Page | None = None) -> Story:
    return Story(
        site={"fault": fault},
        outcome="delivered",
        stage=None,
        cause="into the inbox",
        folder="INBOX",
    )


def late(site: Mapping[str, Any], mail: Befalls) -> Story:
    return Story(
        site=site,
        mail=mail,
        times=SOON,
        outcome="late",
        stage="mail",
        cause="later than the 1 s",
        folder="INBOX",
    )


def filed_into(folder: str, outcome: str, cause: str) -> Story:
    return Story(
        mail=filed(folder), outcome=outcome, stage="inbox", cause=cause, folder=folder
    )


def lost(mail: Befalls, fault: Page | None = None) -> Story:
    return Story(
        site={"fault": fault},
        mail=mail,
        times=NEVER,
        outcome="missing",
        stage="mail",
        cause="in no folder of the mailbox",
    )


def refused(cause: str, **site: Any) -> Story:
    return Story(site=site, outcome="refused", stage="answer", cause=cause)


def unsent(outcome: str, stage: str, cause: str, **changes: Any) -> Story:
    return Story(outcome=outcome, stage=stage, cause=cause, is_sent=False, **changes)


def on(fault: Page) -> Mapping[str, Any]:
    return {"fault": fault}


def is_exempted(environ: dict[str, str]) -> bool:
    """Verify as sites are told to."""
    with tempfile.TemporaryDirectory() as folder:
        known: bool = run_path(str(RECIPE))["is_watchdog"](environ, KEY, Path(folder))
    return known


STORIES = {
    "all is well": delivered(),
    "the answer is garbage": delivered(Page.GARBAGE),
    "the answer is 500, but it was sent": delivered(Page.CRASH),
    "the site is slow": late({"delay": 1.2}, nothing),
    "greylisted": late({}, mail(Mail.GREYLISTED)),
    "taken for spam": filed_into("Junk", "junked", "the spam folder “Junk”"),
    "filed elsewhere": filed_into("Kunden/Büro", "misfiled", "“Kunden/Büro”"),
    "swallowed by the mail host": lost(mail(Mail.BLACK_HOLE)),
    "deferred": lost(mail(Mail.DEFERRED)),
    "the mailbox is full": lost(mail(Mail.FULL)),
    "sent to somebody else": lost(misdirected),
    "thanked for and never sent": lost(nothing, Page.BLACK_HOLE),
    "returned": Story(
        site={"poses_as_visitor": True},
        mail=mail(Mail.BOUNCED),
        times=NEVER,
        outcome="bounced",
        stage="mail",
        cause="No such user here",
    ),
    "the answer is 500": Story(
        site=on(Page.POST_ERROR),
        times=NEVER,
        outcome="refused",
        stage="answer",
        cause="500",
    ),
    "found invalid": refused("valid telephone", fault=Page.INVALID),
    "the form has expired": refused("has expired", fault=Page.EXPIRED),
    "the form cannot send": refused("was not sent", fault=Page.MAIL_FAILED),
    "the mail server is down": refused("was not sent", smtp_port=1),
    "the page is broken": unsent("refused", "page", "500", site=on(Page.PAGE_ERROR)),
    "the page has moved": unsent("refused", "page", "404", page="/contact-us"),
    "the form is gone": unsent("refused", "form", "no form", site=on(Page.FORM_GONE)),
    "a CAPTCHA": unsent("blocked", "form", "reCAPTCHA", site=on(Page.CAPTCHA)),
    "exempted from a CAPTCHA": Story(
        site={"fault": Page.CAPTCHA, "lets_past": is_exempted},
        more=EXEMPTED,
        outcome="delivered",
        stage=None,
        cause="it proves delivery, not that the guard lets people through",
        folder="INBOX",
    ),
    "exempted in vain": Story(
        site=on(Page.CAPTCHA),
        more=EXEMPTED,
        outcome="blocked",
        stage="answer",
        cause="The site did not honour the signed exemption.",
    ),
    "the site is down": unsent("unreachable", "site", "refused", is_up=False),
}


@dataclass
class World:
    """A site and a mailbox for each story, and what one `check` of all has said."""

    config: Path
    sites: dict[str, Site]
    ended: command.Ended


@pytest.fixture(scope="module")
def told(
    mail_host: MailHost, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    owners = {name: f"story{number}@{DOMAIN}" for number, name in enumerate(STORIES)}
    with ExitStack() as stack:
        sites, watched = {}, []
        for name, story in STORIES.items():
            inbox = Inbox(mail_host, owners[name])
            stack.callback(inbox.mend)
            story.mail(inbox)
            site = sites[name] = _site(inbox, story, stack)
            url = site.url.replace("/contact", story.page)
            box = imap(inbox)
            watched.append(
                Watched(name=name, url=url, mailbox=box, more=story.more, **story.times)
            )
        folder = tmp_path_factory.mktemp("outcomes")
        (folder / "exemption").touch(mode=0o600)
        (folder / "exemption").write_text(KEY)
        config = write_config(folder, *watched, visitor=owners["returned"])
        yield World(config, sites, command.check(config))


def _site(inbox: Inbox, story: Story, stack: ExitStack) -> Site:
    site = Site.start(smtp_port=inbox.host.postfix.smtp_port, owner=inbox.address)
    for name, value in story.site.items():
        setattr(site, name, value)
    if story.is_up:
        stack.callback(site.stop)
    else:
        site.stop()
    return site


@pytest.mark.parametrize("name", STORIES)
def test_each_fate_has_its_outcome_and_a_telling_cause(told: World, name: str) -> None:
    story, row = STORIES[name], told.ended.rows[name]

    assert (row["outcome"], row["stage"]) == (story.outcome, story.stage)
    assert row["health"] == HEALTH[story.outcome]
    assert story.cause in row["cause"]
    assert row["folder"] == story.folder
    assert (row["arrived_at"] is None) == (story.folder is None)
    assert len(told.sites[name].received) == story.is_sent


def test_many_checks_take_as_long_as_the_slowest_and_the_worst_counts(
    told: World,
) -> None:
    assert told.ended.code == 2
    assert list(told.ended.rows) == list(STORIES)
    assert told.ended.seconds < 60, "one after another they would take longer"


def test_failures_of_the_world_are_verdicts_and_no_talk(told: World) -> None:
    assert told.ended.talk == ""


def test_a_secret_shared_with_a_site_is_shown_nowhere(told: World) -> None:
    shown = command.run(told.config, "check", "--dry-run", "exempted from a CAPTCHA")

    assert KEY not in f"{told.ended.out}{shown.out}{shown.talk}"
    assert "reCAPTCHA, from which the site is to exempt us" in shown.out


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["all is well"], 0),
        (["all is well", "taken for spam"], 1),
        (["taken for spam", "a CAPTCHA"], 3),
        (["a CAPTCHA", "the form is gone", "taken for spam"], 2),
    ],
)
def test_the_exit_code_is_that_of_the_worst(
    told: World, names: list[str], code: int
) -> None:
    ended = command.check(told.config, *names)

    assert ended.code == code
    assert list(ended.rows) == sorted(names, key=list(STORIES).index)
