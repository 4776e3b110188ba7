"""The servers that all benchmarks share, and the configurations that name them."""

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.world.dovecot import PASSWORD
from tests.world.mail_host import DOMAIN, MailHost
from tests.world.pages import Site

CHECK = "Riverside Studio contact form"
MAILBOX = "office"
PASSWORD_VARIABLE = "CONTACT_WATCHDOG_BENCHMARK_PASSWORD"
CONFIGURATION = """\
[watchdog]
contact = "it@{domain}"
ledger = "sqlite:///{name}.db"

[mailbox.{mailbox}]
kind = "imap"
host = "127.0.0.1"
port = {port}
security = "{security}"
user = "{address}"
password = {{ env = "{password}" }}
ca = "{ca}"

[[check]]
name = "{check}"
mailbox = "{mailbox}"
form = {{ url = "{url}" }}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """A running mail host, and what must be stopped at the end."""

    folder: Path
    host: MailHost
    stack: ExitStack

    def site(self, name: str) -> Site:
        """Return a running website whose form's mail goes to `name`'s address."""
        site = Site.start(smtp_port=self.host.postfix.smtp_port, owner=address_of(name))
        self.stack.callback(site.stop)
        return site

    def configure(self, name: str, *, imap_port: int | None = None) -> Path:
        """Write a configuration that watches a new site of `name`'s.

        `imap_port` leads to Dovecot unencrypted; without it we speak TLS to Dovecot.
        """
        path = self.folder / f"{name}.toml"
        path.write_text(
            CONFIGURATION.format(
                domain=DOMAIN,
                name=name,
                mailbox=MAILBOX,
                port=imap_port or self.host.dovecot.imaps_port,
                security="none" if imap_port else "tls",
                address=address_of(name),
                password=PASSWORD_VARIABLE,
                ca=self.host.dovecot.ca,
                check=CHECK,
                url=self.site(name).url,
            )
        )
        return path


def address_of(name: str) -> str:
    """Return the address at which `name` gets mail."""
    return f"{name}@{DOMAIN}"


@contextmanager
def running() -> Iterator[World]:
    """Run a mail host until the end of the block."""
    os.environ[PASSWORD_VARIABLE] = PASSWORD
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="cw", dir="/tmp")))
        folder.chmod(0o755)
        host = MailHost.start(folder)
        stack.callback(host.stop)
        yield World(folder=folder, host=host, stack=stack)
