"""A `check` that is stopped on any line loses nothing and sends nothing twice."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.world import command, process
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.memory import outcomes
from tests.world.pages import Fault, Site


@contextmanager
def checking(config: Path, site: Site) -> Iterator["subprocess.Popen[str]"]:
    """Run `check`; inside, the site has the message, and has not answered yet."""
    site.delay = 1
    checked = command.start(config, "check")
    process.wait_until(lambda: bool(site.received), "a message", within=command.BOUND)
    yield checked


def marker_of(posted: dict[str, str]) -> str:
    """Return the marker, the plus-tag of the visitor's address."""
    return posted["email"].partition("+")[2].partition("@")[0]


def test_ctrl_c_while_waiting_ends_at_once_and_quietly(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    site.fault = Fault.BLACK_HOLE
    config = write_config(
        tmp_path, Watched(url=site.url, mailbox=imap(inbox), deadline="15m")
    )
    with checking(config, site) as checked:
        checked.send_signal(signal.SIGINT)

    ended = command.end(checked)

    assert ended.code == 130
    assert ended.seconds < 10
    assert ended.out == ""
    assert "Traceback" not in ended.talk


def test_a_check_killed_before_its_answer_is_completed_by_the_next(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    config = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))
    with checking(config, site) as checked:
        checked.kill()
    command.end(checked)
    inbox.wait_for_mail()
    site.delay = 0

    ended = command.check(config)

    assert ended.code == 0
    first, second = (marker_of(posted) for posted in site.received)
    assert outcomes(config, first) == ["delivered"]
    assert outcomes(config, second) == ["delivered"]


def test_nobody_claims_to_know_of_a_killed_check_whose_message_never_came(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    watched = Watched(url=site.url, mailbox=imap(inbox), expected="2s", deadline="2s")
    config = write_config(tmp_path, watched)
    site.fault = Fault.BLACK_HOLE
    with checking(config, site) as checked:
        checked.kill()
    command.end(checked)
    site.delay = 0

    ended = command.check(config)

    assert ended.rows["Contact form"]["outcome"] == "missing"
    first, second = (marker_of(posted) for posted in site.received)
    assert outcomes(config, first) == ["blind"]
    assert outcomes(config, second) == ["missing"]
