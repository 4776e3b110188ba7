"""A configuration that watches one form and one mailbox of the tests' world."""

from pathlib import Path

from tests.world.mail_host import Inbox

CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "{contact}"

[mailbox.office]
kind = "imap"
host = "localhost"
port = {port}
user = "{user}"
password = {{ file = "password" }}
ca = "{ca}"

[[check]]
name = "Contact form"
every = "1h"
expected = "{expected}"
deadline = "{deadline}"
mailbox = "office"

[check.form]
url = "{url}"
"""


def write_config(
    folder: Path,
    inbox: Inbox,
    url: str,
    *,
    contact: str,
    port: int | None = None,
    expected: str = "5s",
    deadline: str = "10s",
) -> Path:
    """Write `config.toml` in `folder`, and the mailbox's password beside it.

    `port` is that of IMAP over TLS, where it is not the mail host's own.
    """
    password = folder / "password"
    password.touch(mode=0o600)
    password.write_text(inbox.host.dovecot.password)
    path = folder / "config.toml"
    path.write_text(
        CONFIG.format(
            contact=contact,
            port=port or inbox.host.dovecot.imaps_port,
            user=inbox.address,
            ca=inbox.host.dovecot.ca,
            expected=expected,
            deadline=deadline,
            url=url,
        )
    )
    return path
