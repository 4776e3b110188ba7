"""What is found out around a bad submission; what nobody can tell stays unknown."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.loopback.forms.website import Site, answer, opened
from tests.loopback.stages.scenes import HOUR, NOW, NOWHERE, WELL, look, scene_of
from tests.world.nameserver import Nameserver, nameserver
from watchdog.ledger import Ledger
from watchdog.model import Outcome
from watchdog.rules.diagnosis.clues import (
    Clues,
    NameClues,
    PageClues,
    RecipientClues,
    SiteClues,
)
from watchdog.stages.clues.scene import Scene


@pytest.fixture
async def names() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        yield server


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


@pytest.fixture
def scene(tmp_path: Path, names: Nameserver) -> Scene:
    """Return a message that is missing, from a site that does not answer."""
    return scene_of(tmp_path, names, NOWHERE)


async def test_what_nobody_can_tell_stays_unknown(
    scene: Scene, names: Nameserver, ledger: Ledger
) -> None:
    names.failing |= {
        *("shop.test", "_dmarc.agency.test"),
        *("key1._domainkey.shop.test", "7.2.0.192.bl.test"),
    }

    found = await look(replace(scene, before=WELL), ledger)

    assert found == Clues(
        outcome=Outcome.MISSING,
        evidence=found.evidence,
        before=WELL,
        visitor_domain="agency.test",
        recipient="office@shop.test",
        names=NameClues(sender_address="192.0.2.7", gone=[], listed_in=[]),
        page=PageClues(),
        asked=RecipientClues(),
        site=SiteClues(),
    )


async def test_the_dns_tells_of_all_who_take_part(
    scene: Scene, names: Nameserver, ledger: Ledger
) -> None:
    names.say("_dmarc.agency.test", "v=DMARC1; p=quarantine")
    names.records["shop.test", "MX"] = ["10 aspmx.l.google.com."]
    names.say("shop.test", "v=spf1 ip4:198.51.100.1 -all")
    names.say("key1._domainkey.shop.test", "p=MIIB")
    names.records["2.0.0.127.bl.test", "A"] = ["127.0.0.2"]
    names.records["7.2.0.192.bl.test", "A"] = ["127.0.0.2"]

    found = await look(replace(scene, before=WELL), ledger)

    assert found.names == NameClues(
        visitor_policy="quarantine",
        mail_hosts=["aspmx.l.google.com"],
        mail_provider="Google",
        gone=[],
        listed_in=["bl.test"],
        sender_address="192.0.2.7",
        is_sender_in_spf=False,
    )


async def test_what_messages_used_to_come_by_and_is_gone_is_named(
    tmp_path: Path, names: Nameserver, ledger: Ledger
) -> None:
    scene = scene_of(tmp_path, names, "http://www.shop.test:9/contact")
    await ledger.claim_measure("mail hosts:shop.test", now=NOW, every=HOUR)
    await ledger.record_measure("mail hosts:shop.test", {"mail_hosts": ["mx.test"]})
    names.say("key1._domainkey.shop.test", "p=")

    found = await look(replace(scene, before=WELL), ledger)

    assert found.names.gone == [
        "A www.shop.test",
        "MX shop.test",
        "SPF shop.test",
        "DKIM key1._domainkey.shop.test",
    ]


async def test_what_nobody_ever_saw_is_not_gone(scene: Scene, ledger: Ledger) -> None:
    assert (await look(scene, ledger)).names.gone == []


async def test_a_page_behind_a_firewall_is_told_with_its_words(
    tmp_path: Path, names: Nameserver, site: Site, ledger: Ledger
) -> None:
    wall = "<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/'>"
    site.says["/contact"] = answer(wall, "Server: cloudflare", status=403)

    found = await look(scene_of(tmp_path, names, f"{site.url}/contact"), ledger)

    assert "Cloudflare" in found.page.challenge
