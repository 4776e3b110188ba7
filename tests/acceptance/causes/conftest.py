"""What a check whose messages fail is looked into with: a DNS, and our own stages."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.world.inquest import LENIENT, STRICT, Inquest, configured, inquest
from tests.world.mail_host import DOMAIN, Inbox
from tests.world.nameserver import Nameserver, nameserver
from tests.world.pages import Site
from watchdog.stages.clues.scene import Outside
from watchdog.stages.directory import Directory


@pytest.fixture
async def names() -> AsyncIterator[Nameserver]:
    """Run a name server that knows the mail host and two visitors' domains."""
    async with nameserver() as server:
        server.records[DOMAIN, "MX"] = ["10 localhost."]
        server.records["localhost", "A"] = ["127.0.0.1"]
        server.say(f"_dmarc.{STRICT}", "v=DMARC1; p=reject")
        server.say(f"_dmarc.{LENIENT}", "v=DMARC1; p=none")
        yield server


@pytest.fixture
def outside(inbox: Inbox, names: Nameserver) -> Outside:
    """Ask that name server, and the mail host at its own port."""
    return Outside(
        directory=Directory(nameservers=[names.address]),
        lists=["bl.test"],
        mail_port=inbox.host.postfix.host_port,
    )


@pytest.fixture
async def case(
    tmp_path: Path, site: Site, inbox: Inbox, outside: Outside
) -> AsyncIterator[Inquest]:
    """Look into the form of the old website."""
    path = configured(tmp_path, site.url, inbox)
    async with inquest(path, inbox.host, outside) as case:
        yield case
