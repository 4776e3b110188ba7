"""The doctor says which of our addresses would be lost, or prove nothing."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.world.nameserver import Nameserver, nameserver
from watchdog.config.load import parse
from watchdog.doctor import Setup
from watchdog.doctor.addresses import examine_addresses
from watchdog.model import Health
from watchdog.rules.finding import Finding

CONFIG = """\
[watchdog]
contact = "it@agency.test"
other_visitor = "tests@other.test"
[mailbox.box]
kind = "maildir"
path = "box"
[[check]]
name = "Contact form"
mailbox = "box"
form.url = "http://127.0.0.1:9/contact"
"""


@pytest.fixture
async def names() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        for domain in ("agency.test", "other.test"):
            server.records[domain, "MX"] = [f"10 mail.{domain}."]
        yield server


async def unwell(names: Nameserver) -> list[Finding]:
    config = parse(CONFIG, Path("config.toml"))
    setup = Setup(
        config=config,
        checks=config.check,
        now=datetime.now(UTC),
        nameservers=[names.address],
    )
    found = await examine_addresses(setup)
    return [one for one in found if one.health is not Health.OK]


@pytest.mark.parametrize("policy", [None, "v=DMARC1; p=none"])
async def test_another_visitor_may_be_where_nothing_is_forbidden(
    names: Nameserver, policy: str | None
) -> None:
    if policy:
        names.say("_dmarc.other.test", policy)

    assert await unwell(names) == []


async def test_another_visitor_whose_domain_forbids_as_much_proves_nothing(
    names: Nameserver,
) -> None:
    names.say("_dmarc.other.test", "v=DMARC1; p=reject")

    [finding] = await unwell(names)

    assert finding.subject == "tests@other.test"
    assert finding.health is Health.WARNING
    assert "p=reject" in finding.sentence


async def test_what_the_dns_does_not_tell_is_not_taken_for_fine(
    names: Nameserver,
) -> None:
    names.failing.add("_dmarc.other.test")

    [finding] = await unwell(names)

    assert (finding.subject, finding.health) == ("tests@other.test", Health.UNKNOWN)
