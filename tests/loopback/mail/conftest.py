"""A private Dovecot, and ways to open mailboxes on it and on worse servers."""

import itertools
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from probes.mail.imap import ImapMailbox
from probes.mail.imap_answer import Bounds
from probes.secrets import Secret
from probes.settings import ImapSettings
from tests.world.dovecot import PASSWORD, Dovecot
from tests.world.relay import Relay

Open = Callable[..., ImapMailbox]

USERS = itertools.count(1)


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o755)
        server = Dovecot.start(Path(folder))
        yield server
        server.stop()


@pytest.fixture
def user() -> str:
    """Return an address that no other test has used."""
    return f"user{next(USERS)}@example.test"


@pytest.fixture
def secret(tmp_path: Path) -> Callable[[str], Secret]:
    """Keep a secret in a file, as its owner would."""
    numbers = itertools.count()

    def keep(word: str) -> Secret:
        path = tmp_path / f"secret-{next(numbers)}"
        path.touch(mode=0o600)
        path.write_text(word)
        return Secret(file=path)

    return keep


@pytest.fixture
async def open_mailbox(
    dovecot: Dovecot, user: str, secret: Callable[[str], Secret]
) -> AsyncIterator[Open]:
    """Open mailboxes, by default the test's own one over TLS; close them all."""
    opened: list[ImapMailbox] = []

    def open_one(bounds: Bounds | None = None, **changes: Any) -> ImapMailbox:
        settings = {
            "host": "localhost",
            "port": dovecot.imaps_port,
            "ca": dovecot.ca,
            "user": user,
        } | changes
        if "token" not in settings:
            settings.setdefault("password", secret(PASSWORD))
        mailbox = ImapMailbox(ImapSettings(**settings), bounds)
        opened.append(mailbox)
        return mailbox

    yield open_one
    for mailbox in opened:
        await mailbox.aclose()


@pytest.fixture
async def relay(dovecot: Dovecot) -> AsyncIterator[Relay]:
    async with Relay(dovecot.imap_port).running() as relay:
        yield relay


@pytest.fixture
def relayed(open_mailbox: Open, relay: Relay) -> Open:
    """Open mailboxes through the relay, unencrypted so that it can count."""

    def open_one(bounds: Bounds | None = None, **changes: Any) -> ImapMailbox:
        plain = {"port": relay.port, "security": "none", **changes}
        return open_mailbox(bounds, **plain)

    return open_one
