"""A whole mail host: Postfix, and Dovecot behind it; and a witness of what it holds."""

import email
import imaplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Self

from tests.world import process
from tests.world.dovecot import JUNK_WHAT_SAYS_SPAM, Dovecot
from tests.world.policy import Fault
from tests.world.postfix import Postfix

DOMAIN = "example.test"


@dataclass
class MailHost:
    """A running mail host.  Every address of its domain has a mailbox."""

    dovecot: Dovecot
    postfix: Postfix

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Start in `folder`, whose path must be short and open to all (0755)."""
        for name in ("dovecot", "postfix"):
            (folder / name).mkdir()
        dovecot = Dovecot.start(folder / "dovecot")
        postfix = Postfix.start(
            folder / "postfix",
            domain=DOMAIN,
            lmtp_port=dovecot.lmtp_port,
            auth=dovecot.folder / "run" / "auth-client",
        )
        return cls(dovecot, postfix)

    def stop(self) -> None:
        """End both."""
        self.postfix.close()
        self.dovecot.stop()


@dataclass
class Inbox:
    """One address on a mail host: its mail as another program sees it (imaplib)."""

    host: MailHost
    address: str

    def fail(self, fault: Fault) -> None:
        """Let `fault` befall its mail from now on."""
        self.host.postfix.fail(self.address, fault)

    def order(self, action: str) -> None:
        """Let Postfix do this with its mail from now on, in the words of access(5)."""
        self.host.postfix.order(self.address, action)

    def misdirect(self, other: str) -> None:
        """Give its mail to somebody else from now on."""
        self.host.postfix.misdirect(self.address, other)

    def file_into(self, folder: str) -> None:
        """Let Sieve file its mail into another folder from now on."""
        self.host.dovecot.before_sieve += (
            f'if envelope "to" "{self.address}" {{ fileinto :create "{folder}"; }}\n'
        )

    def mend(self) -> None:
        """Deliver its mail into the inbox from now on."""
        self.host.postfix.mend(self.address)
        self.host.dovecot.before_sieve = JUNK_WHAT_SAYS_SPAM

    def mail(self, folder: str = "INBOX") -> list[EmailMessage]:
        """Return what lies in a folder, oldest first, and mark none of it read."""
        dovecot = self.host.dovecot
        context = ssl.create_default_context(cafile=dovecot.ca)
        port = dovecot.imaps_port
        with imaplib.IMAP4_SSL("localhost", port, ssl_context=context) as imap:
            imap.login(self.address, dovecot.password)
            selected, (count,) = imap.select(f'"{folder}"', readonly=True)
            if selected != "OK" or count == b"0":
                return []
            _, answer = imap.fetch("1:*", "(BODY.PEEK[])")
            raws = [part[1] for part in answer if isinstance(part, tuple)]
        return [email.message_from_bytes(raw, policy=default) for raw in raws]

    def settled_mail(self) -> list[EmailMessage]:
        """Return what lies in the inbox once nothing is on its way."""
        self.host.postfix.settle()
        return self.mail()

    def wait_for_mail(self, folder: str = "INBOX", *, count: int = 1) -> EmailMessage:
        """Return the newest of at least `count` mails, as soon as they are there."""
        found: list[EmailMessage] = []

        def there() -> bool:
            found[:] = self.mail(folder)
            return len(found) >= count

        process.wait_until(there, f"mail to {self.address} in {folder}")
        return found[-1]
