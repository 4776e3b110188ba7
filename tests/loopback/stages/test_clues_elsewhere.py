"""What mailbox, store and registry tell of a bad submission."""

import csv
import json
import ssl
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from tests.loopback.forms.website import answer, opened
from tests.loopback.stages.scenes import HOUR, NOW, NOWHERE, look, scene_of
from tests.world.facts import verdict
from tests.world.nameserver import Nameserver, nameserver
from tests.world.scripted_imap import ScriptedImap
from watchdog.ledger import Ledger
from watchdog.model import Outcome
from watchdog.rules import marker
from watchdog.rules.diagnosis.clues import SiteClues
from watchdog.stages.clues.scene import Scene


@pytest.fixture
async def names() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        yield server


@pytest.fixture
def scene(tmp_path: Path, names: Nameserver) -> Scene:
    """Return a message that is missing, from a site that does not answer."""
    return scene_of(tmp_path, names, NOWHERE)


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
