"""A bad submission around which clues are looked for, in a world of the test's own."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from probes.forms.forms import Forms
from tests.world.facts import RIVERSIDE, verdict
from tests.world.nameserver import Nameserver
from watchdog.config import load
from watchdog.ledger import Ledger
from watchdog.model import Evidence, Outcome
from watchdog.rules.diagnosis.clues import Clues
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
