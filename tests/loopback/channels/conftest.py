"""What the tests of channels share: certificates, secrets, servers."""

import itertools
import ssl
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import trustme

from probes.secrets import Secret
from tests.loopback.channels.mail_server import MailServer, mail_server
from tests.loopback.forms.website import Site, opened

Keep = Callable[[str], Secret]


@pytest.fixture(scope="session")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="session")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    """Return what a server for `localhost` shows of itself."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
async def plain() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def second() -> AsyncIterator[MailServer]:
    async with mail_server() as server:
        yield server


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with opened() as site:
        yield site


@pytest.fixture
def keep(tmp_path: Path) -> Keep:
    """Keep a secret in a file, as its owner would."""
    numbers = itertools.count()

    def secret(word: str) -> Secret:
        path = tmp_path / f"secret-{next(numbers)}"
        path.touch(mode=0o600)
        path.write_text(word)
        return Secret(file=path)

    return secret
