"""A message without a form goes in at most once, and the right one is blamed."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.forms.errors import Unequipped
from probes.settings import SmtpPathSettings
from tests.loopback.channels.mail_server import MailServer, mail_server
from tests.world.facts import NOON
from watchdog.config import Config, load
from watchdog.ledger import Ledger, open_ledger
from watchdog.model import CheckName, Facts, Leg, Outcome, Way
from watchdog.rules.schedule import due_beat
from watchdog.stages.measuring import Directory, subjects_of
from watchdog.stages.submit import submit_due
from watchdog.stages.ways import blame

CHECK = CheckName("Mail to the office")
CONFIG = """
[watchdog]
contact = "tests@agency.example"
[mailbox.office]
kind = "maildir"
path = "Mail"
[[check]]
name = "Mail to the office"
mailbox = "office"
smtp = {{ host = "127.0.0.1", port = {port}, security = "none", to = "{to}" }}
"""
TO = "office@riverside.example"


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
def config(server: MailServer, tmp_path: Path) -> Config:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.format(port=server.port, to=TO))
    return load(path)


async def sent(config: Config, *ledgers: Ledger) -> Facts:
    """Let what is due be sent by all daemons at once; return what is known of it."""
    [check] = config.check
    now = due_beat(CHECK, config.every(check), NOON)
    await asyncio.gather(
        *(submit_due(config, each, clock=lambda: now) for each in ledgers)
    )
    [(_, facts)] = await ledgers[0].ripe(now + timedelta(days=1), limit=9)
    return facts


async def test_of_two_daemons_one_hands_the_mail_over(
    config: Config, server: MailServer, ledger: Ledger, url: str
) -> None:
    async with open_ledger(url) as other:
        facts = await sent(config, ledger, other)

    assert len(server.taken) == 1
    assert facts.submission.way is Way.MAIL
    assert facts.answered is not None
    assert (facts.answered.answer, facts.answered.system) == ("accepted", "smtp")
    assert facts.submission.marker in str(server.taken[0].mail["Reply-To"])


async def test_a_lost_answer_leaves_it_to_the_mailbox(
    config: Config, server: MailServer, ledger: Ledger
) -> None:
    server.hangs_up = True

    facts = await sent(config, ledger)

    assert facts.failure is None
    assert facts.answered is not None
    assert facts.answered.answer == "unclear"


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("550 5.1.1 No such user", Outcome.REFUSED),
        ("452 4.2.2 Mailbox is full", Outcome.BLOCKED),
    ],
)
async def test_a_refused_recipient_is_told_in_the_words_of_the_server(
    config: Config, server: MailServer, ledger: Ledger, words: str, outcome: Outcome
) -> None:
    server.recipients[TO] = words

    facts = await sent(config, ledger)

    assert facts.failure is not None
    assert (facts.failure.outcome, facts.failure.leg) == (outcome, Leg.SERVER)
    assert words in facts.failure.words
    assert server.taken == []


@pytest.mark.parametrize(
    ("error", "others_answer", "outcome"),
    [
        (Unreachable("No answer."), True, Outcome.UNREACHABLE),
        (Unreachable("No answer."), False, Outcome.BLIND),
        (Unreachable("Refused.", answered=True), False, Outcome.UNREACHABLE),
        (Refused("Wrong password."), True, Outcome.REFUSED),
        (Refused("Later.", permanent=False), True, Outcome.BLOCKED),
        (Unequipped("The secret is lost."), True, Outcome.BLIND),
        (Unintelligible("What?"), True, Outcome.REFUSED),
    ],
)
async def test_the_server_is_blamed_for_its_own_faults_alone(
    error: ProbeError, outcome: Outcome, *, others_answer: bool
) -> None:
    async def can_reach_others() -> bool:
        return others_answer

    assert await blame(Way.MAIL, error, can_reach_others) == (outcome, Leg.SERVER)


def test_the_certificate_and_the_domain_of_the_server_are_watched(
    config: Config,
) -> None:
    [check] = config.check
    server = {"host": "smtp.mailer.cafe", "port": None, "security": "starttls"}
    elsewhere = check.model_copy(update={"smtp": SmtpPathSettings(to=TO, **server)})
    config = config.model_copy(update={"check": (elsewhere,)})

    keys = [subject.key for subject in subjects_of(config, Directory())]

    assert keys == ["certificate:smtp.mailer.cafe:587", "domain:smtp.mailer.cafe"]
