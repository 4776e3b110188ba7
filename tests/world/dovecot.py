"""A private Dovecot on loopback: a real mail host with a switch for each fault."""

import base64
import contextlib
import grp
import hashlib
import hmac
import json
import os
import pwd
import signal
import smtplib
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Template
from typing import Self

import psutil
import trustme

from tests.world.process import (
    LOOPBACK,
    DidNotStart,
    end,
    free_ports,
    start,
    wait_for_port,
)

PASSWORD = "secret"
ODD_USER = "odd user@example.test"
ODD_PASSWORD = 'p"a\\s s'
TOKEN_KEY = b"mail host token key"
CONFIGURATION = Template(Path(__file__).with_suffix(".conf").read_text())

JUNK_WHAT_SAYS_SPAM = """\
require ["envelope", "fileinto", "mailbox"];
if header :contains "X-Spam" "yes" { fileinto "Junk"; stop; }
"""

ROOTLESS = Template("""\
default_internal_user = $user
default_internal_group = $group
default_login_user = $user
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
""")


@dataclass
class Dovecot:
    """A running Dovecot.  Every address has a mailbox; `password` opens it.

    A new address for each test is enough to keep tests apart.
    """

    folder: Path
    imap_port: int
    imaps_port: int
    lmtp_port: int
    process: "subprocess.Popen[bytes]"
    users: Mapping[str, str] = field(default_factory=lambda: {ODD_USER: ODD_PASSWORD})
    """Those with a password of their own."""
    password: str = PASSWORD

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Start in `folder`, whose path must be short and open to all (0755).

        A `more.conf` in it is part of the configuration.
        """
        _lay_out(folder)
        log = folder / "dovecot.log"
        for last in (False, False, True):
            # A port may be taken between our asking for it and Dovecot's.
            ports = imap, imaps, lmtp = free_ports(3)
            _configure(folder, imap_port=imap, imaps_port=imaps, lmtp_port=lmtp)
            process = _start_server(folder, log)
            try:
                for port in ports:
                    wait_for_port(port, process, log)
                break
            except DidNotStart:
                end(process)
                if last:
                    raise
        return cls(folder, imap, imaps, lmtp, process)

    def stop(self) -> None:
        """End it and all its sessions."""
        self.resume()
        end(self.process)

    def go_on(self) -> None:
        """Start again after `stop`: the same ports, the same mail."""
        log = self.folder / "dovecot.log"
        self.process = _start_server(self.folder, log)
        wait_for_port(self.imaps_port, self.process, log)

    @property
    def ca(self) -> Path:
        """The authority that has signed its certificate (PEM)."""
        return self.folder / "ca.pem"

    @property
    def before_sieve(self) -> str:
        """The Sieve script that every delivery passes; rewritable at any time."""
        return (self.folder / "before.sieve").read_text()

    @before_sieve.setter
    def before_sieve(self, script: str) -> None:
        (self.folder / "before.sieve").write_text(script)
        # Dovecot tells a stale translation by the second; tests are faster.
        (self.folder / "before.svbin").unlink(missing_ok=True)

    @property
    def log(self) -> str:
        """What it has logged so far."""
        return (self.folder / "dovecot.log").read_text(errors="replace")

    def token(self, user: str) -> str:
        """Return an OAuth 2 access token with which `user` may log in."""
        now = int(time.time())
        head = _base64url(b'{"alg": "HS256", "typ": "JWT"}')
        claims = _base64url(json.dumps({"sub": user, "exp": now + 3600}).encode())
        signature = hmac.digest(TOKEN_KEY, f"{head}.{claims}".encode(), "sha256")
        return f"{head}.{claims}.{_base64url(signature)}"

    def deliver(self, user: str, raw: bytes, folder: str | None = None) -> None:
        """Deliver by LMTP, through the Sieve script; or straight into `folder`."""
        if folder is not None:
            self.doveadm("save", "-u", user, "-m", folder, given=raw)
            return
        with smtplib.LMTP(LOOPBACK, self.lmtp_port) as lmtp:
            lmtp.sendmail("sender@example.test", [user], raw)

    def fill(self, user: str, count: int) -> None:
        """Put many small messages into the inbox at once."""
        self.doveadm("mailbox", "status", "-u", user, "messages", "INBOX")
        new = self.folder / "mail" / user / "Maildir" / "new"
        for number in range(count):
            (new / f"1793527200.M{number:06}P1.localhost").write_text(
                "Subject: x\n\nx\n"
            )

    def doveadm(self, *arguments: str, given: bytes | None = None) -> str:
        """Run Dovecot's own administration command, and return what it says."""
        configuration = str(self.folder / "dovecot.conf")
        return subprocess.run(
            ["/usr/bin/doveadm", "-c", configuration, *arguments],
            input=given,
            capture_output=True,
            check=True,
            timeout=60,
        ).stdout.decode()

    def kill_sessions(self) -> None:
        """Kill every IMAP session's process, without a word to its client."""
        for process in self._processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                if process.name() == "imap":
                    process.kill()

    def pause(self) -> None:
        """Stop answering while every connection stays open."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Go on answering."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        for process in self._processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(number)

    def _processes(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            master = psutil.Process(self.process.pid)
            return [master, *master.children(recursive=True)]
        return []


def _start_server(folder: Path, log: Path) -> "subprocess.Popen[bytes]":
    return start(["/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"], log)


def _lay_out(folder: Path) -> None:
    authority = trustme.CA()
    certificate = authority.issue_cert("localhost", LOOPBACK, "mail.example.test")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    certificate.private_key_pem.write_to_path(folder / "server.key")
    for pem in certificate.cert_chain_pems:
        pem.write_to_path(folder / "server.pem", append=True)
    (folder / "users").write_text(f"{ODD_USER}:{{PLAIN}}{ODD_PASSWORD}::::::\n")
    (folder / "before.sieve").write_text(JUNK_WHAT_SAYS_SPAM)
    (folder / "oauth2.conf").write_text(
        "introspection_mode = local\n"
        f"local_validation_key_dict = fs:posix:prefix={folder}/keys/\n"
        "username_attribute = sub\n"
    )
    keys = folder / "keys" / "default" / "HS256"
    keys.mkdir(parents=True)
    (keys / "default").write_bytes(base64.b64encode(TOKEN_KEY))
    mail = folder / "mail"
    mail.mkdir()
    if os.getuid() == 0:
        user, group = _mail_user()
        os.chown(mail, pwd.getpwnam(user).pw_uid, grp.getgrnam(group).gr_gid)


def _configure(folder: Path, **ports: int) -> None:
    user, group = _mail_user()
    rootless = "" if os.getuid() == 0 else ROOTLESS.substitute(user=user, group=group)
    (folder / "dovecot.conf").write_text(
        CONFIGURATION.substitute(
            ports,
            folder=folder,
            # Two instances of one name would be taken for each other.
            name=hashlib.sha256(bytes(folder)).hexdigest()[:12],
            user=user,
            group=group,
            rootless=rootless,
            password=PASSWORD,
        )
    )


def _mail_user() -> tuple[str, str]:
    """Return whose the mail is: Dovecot never lets that be root."""
    if os.getuid() == 0:
        return "nobody", "nogroup"
    return pwd.getpwuid(os.getuid()).pw_name, grp.getgrgid(os.getgid()).gr_name


def _base64url(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()
