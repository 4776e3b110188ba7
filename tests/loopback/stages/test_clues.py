"""What is found out around a bad submission; what nobody can tell stays unknown."""

import csv
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from probes.forms.forms import Forms
from tests.loopback.forms.website import Site, answer, opened
from tests.world.facts import RIVERSIDE, verdict
from tests.world.nameserver import Nameserver, nameserver
from tests.world.scripted_imap import ScriptedImap
from watchdog.config import load
from watchdog.ledger import Ledger
from watchdog.model import Evidence, Outcome
from watchdog.rules import marker
from watchdog.rules.diagnosis.clues import (
    Clues,
    NameClues,
    PageClues,
    RecipientClues,
    SiteClues,
)
from watchdog.stages.clues.gather import gather
from watchdog.stages.clues.scene import Outside, Scene
from watchdog.stages.directory import Directory

NOW = datetime.now(UTC)
HOUR = timedelta(hours=1)

CONFIG = """
[watchdog]
contact  = "it@agency.test"
visitor  = "visitor@agency.test"
[mailbox.office]
kind     = "imap"
host     = "127.0.0.1"
port     = {port}
security = "none"
user     = "office@shop.test"
password = {{ file = "password" }}
[[check]]
name     = "Riverside Studio contact form"
mailbox  = "office"
form.url = "{url}"
{store}
"""
NOWHERE = "http://127.0.0.1:9/contact"
WELL: Evidence = {
    "answer_url": "http://www.shop.test/contact",
    "spf": "pass",
    "sender_domain": "shop.test",
    "sender_ip": "192.0.2.7",
    "dkim": "pass",
    "dkim_key": "key1._domainkey.shop.test",
}
"""Of a message that came well."""


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


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


def scene_of(
    folder: Path, names: Nameserver, url: str, store: str = "", *, port: int = 9
) -> Scene:
    (folder / "password").touch(mode=0o600)
    (folder / "password").write_text("secret")
    path = folder / "config.toml"
    path.write_text(CONFIG.format(url=url, store=store, port=port))
    config = load(path)
    return Scene(
        config=config,
        check=config.check[0],
        verdict=verdict(outcome=Outcome.MISSING, check=RIVERSIDE),
        before=None,
        outside=Outside(
            directory=Directory(nameservers=[names.address]),
            lists=["bl.test"],
            mail_port=9,
        ),
        forms=Forms(),
    )


async def look(scene: Scene, ledger: Ledger) -> Clues:
    async with scene.forms:
        return await gather(scene, ledger, now=NOW)


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
    names.records["shop.test", "MX"] = ["10 mx.shop.test."]
    names.say("shop.test", "v=spf1 ip4:198.51.100.1 -all")
    names.say("key1._domainkey.shop.test", "p=MIIB")
    names.records["2.0.0.127.bl.test", "A"] = ["127.0.0.2"]
    names.records["7.2.0.192.bl.test", "A"] = ["127.0.0.2"]

    found = await look(replace(scene, before=WELL), ledger)

    assert found.names == NameClues(
        visitor_policy="quarantine",
        mail_hosts=["mx.shop.test"],
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


async def test_how_full_the_mailbox_is_is_told(
    tmp_path: Path, names: Nameserver, ledger: Ledger
) -> None:
    async with ScriptedImap().running() as imap:
        imap.answers["CAPABILITY"] = "* CAPABILITY IMAP4rev1 QUOTA\r\nTAG OK\r\n"
        imap.answers["GETQUOTAROOT"] = '* QUOTA "" (STORAGE 99 100)\r\nTAG OK\r\n'
        scene = scene_of(tmp_path, names, NOWHERE, port=imap.port)

        assert (await look(scene, ledger)).room_used == 0.99


@pytest.mark.parametrize(
    ("status", "told"),
    [
        ("", SiteClues(is_stored=True, is_spam=False)),
        ("spam", SiteClues(is_stored=True, is_spam=True)),
        ("mail failed", SiteClues(is_stored=True, is_spam=False, mail_failed=True)),
    ],
)
async def test_the_sites_store_tells_what_became_of_our_own(
    tmp_path: Path, names: Nameserver, ledger: Ledger, status: str, told: SiteClues
) -> None:
    mark = marker.make(await ledger.key(), at=NOW - HOUR, salt=b"salty")
    keep(tmp_path, f"Delivery test {mark}", status)
    store = '[check.store]\nkind = "csv"\npath = "inquiries.csv"'
    scene = scene_of(tmp_path, names, NOWHERE, store)
    ours = replace(scene, verdict=verdict(mark, outcome=Outcome.MISSING))

    assert (await look(ours, ledger)).site == told


async def test_a_store_without_it_tells_that_too(
    tmp_path: Path, names: Nameserver, ledger: Ledger
) -> None:
    mark = marker.make(await ledger.key(), at=NOW - HOUR, salt=b"salty")
    keep(tmp_path, "Have you rye?", "")
    store = '[check.store]\nkind = "csv"\npath = "inquiries.csv"'
    scene = scene_of(tmp_path, names, NOWHERE, store)
    ours = replace(scene, verdict=verdict(mark, outcome=Outcome.MISSING))

    assert (await look(ours, ledger)).site == SiteClues(is_stored=False)


def keep(folder: Path, message: str, status: str) -> None:
    """Let the site keep one inquiry."""
    row = {
        "id": "1",
        "submitted_at": NOW.isoformat(),
        "message": message,
        "status": status,
    }
    with (folder / "inquiries.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, row)
        writer.writeheader()
        writer.writerow(row)


@pytest.mark.parametrize(
    ("renewed", "told"), [(-HOUR, "shop.test"), (HOUR, "")], ids=["ended", "renewed"]
)
async def test_a_domain_that_has_run_out_is_named_if_its_registry_still_says_so(
    tmp_path: Path,
    names: Nameserver,
    ledger: Ledger,
    renewed: timedelta,
    told: str,
) -> None:
    ended = {"domain": "shop.test", "expires_at": (NOW - HOUR).isoformat()}
    await ledger.claim_measure("domain:shop.test", now=NOW, every=HOUR)
    await ledger.record_measure("domain:shop.test", ended)
    authority, tls = trustme.CA(), ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    scene = scene_of(tmp_path, names, NOWHERE)
    async with opened(tls) as registry:
        event = {
            "eventAction": "expiration",
            "eventDate": (NOW + renewed).isoformat(),
        }
        registry.says["/domain/shop.test"] = answer(json.dumps({"events": [event]}))
        services = [[["test"], [registry.url]]]
        registry.says["/dns.json"] = answer(json.dumps({"services": services}))
        directory = replace(
            scene.outside.directory,
            url=f"{registry.url}/dns.json",
            ca=tmp_path / "ca.pem",
        )
        outside = replace(scene.outside, directory=directory)

        found = await look(replace(scene, outside=outside), ledger)

    assert found.ended_domain == told


async def test_a_registry_that_is_silent_proves_nothing(
    scene: Scene, ledger: Ledger
) -> None:
    ended = {"domain": "shop.test", "expires_at": (NOW - HOUR).isoformat()}
    await ledger.claim_measure("domain:shop.test", now=NOW, every=HOUR)
    await ledger.record_measure("domain:shop.test", ended)
    directory = replace(scene.outside.directory, url="https://127.0.0.1:9/")
    outside = replace(scene.outside, directory=directory)

    found = await look(replace(scene, outside=outside), ledger)

    assert found.ended_domain == ""
