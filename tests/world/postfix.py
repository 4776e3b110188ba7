"""A private Postfix on loopback, which hands its mail to Dovecot or loses it.

It needs root, since its master gives each of its parts another user (master(8)).
"""

import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Self

from tests.world import process
from tests.world.policy import Fault, Policy

MAIN = Template(Path(__file__).with_name("postfix_main.cf").read_text())
MASTER = Template(Path(__file__).with_name("postfix_master.cf").read_text())
# The master changes its user for a moment, and with that the kernel forgets to end
# it when the tests end: so a shell stays before it, and passes the signal on.  It
# ends its own process group, which must not be ours.
GUARD = ("sh", "-c", 'setsid "$@" & trap "kill $!" TERM; wait $!; wait $!', "sh")
PRIVATE = (
    *("active", "bounce", "corrupt", "defer", "deferred", "flush"),
    *("hold", "incoming", "private", "saved", "trace"),
)


@dataclass
class Postfix:
    """A running Postfix.  After `stop`, `go_on` finds the same ports and queue."""

    folder: Path
    smtp_port: int
    """Of the relay, which sites hand their mail to."""
    host_port: int
    """Of the mail host behind it, whom other hosts would ask."""
    login_port: int
    """Of another relay, which wants a login."""
    policy: Policy
    master: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, folder: Path, *, domain: str, lmtp_port: int, auth: Path) -> Self:
        """Start in `folder`, which is open to all (0755), as Dovecot's `domain`.

        `auth` is the socket by which Dovecot checks passwords.
        """
        policy = Policy.start()
        smtp_port, host_port, login_port = process.free_ports(3)
        _lay_out(folder)
        facts = {
            "folder": folder,
            "domain": domain,
            "lmtp_port": lmtp_port,
            "smtp_port": smtp_port,
            "host_port": host_port,
            "login_port": login_port,
            "auth": auth,
            "policy_port": policy.port,
        }
        _write(folder / "etc" / "main.cf", MAIN.substitute(facts))
        _write(folder / "etc" / "master.cf", MASTER.substitute(facts))
        master = _start_master(folder, smtp_port)
        return cls(folder, smtp_port, host_port, login_port, policy, master)

    def stop(self) -> None:
        """Refuse connections; `sendmail` still queues, for nobody to deliver."""
        process.end(self.master)
        process.wait_for_silence(self.smtp_port)

    def go_on(self) -> None:
        """Take connections again, and deliver what is in the queue."""
        if self.master.poll() is not None:
            self.master = _start_master(self.folder, self.smtp_port)

    def close(self) -> None:
        """End for good."""
        self.stop()
        self.policy.stop()

    @property
    def sendmail(self) -> str:
        """The command line by which PHP hands over a mail (add `-f SENDER`)."""
        return f"/usr/sbin/sendmail -C {self.folder}/etc -t -i"

    def fail(self, address: str, fault: Fault) -> None:
        """Let `fault` befall all mail to `address` that comes from now on."""
        self.order(address, fault)

    def order(self, address: str, action: str) -> None:
        """Do this with all mail to `address` that comes from now on (access(5))."""
        self.settle()
        self.policy.order(address, action)

    def misdirect(self, address: str, other: str) -> None:
        """Give mail for `address` that comes from now on to somebody else."""
        self.settle()
        self.policy.order(address, f"REDIRECT {other}")

    def mend(self, address: str) -> None:
        """Deliver mail to `address` that comes, or comes again, from now on."""
        self.settle()
        self.policy.forget(address)

    def settle(self) -> None:
        """Return when every mail so far has met its fate, or is deferred."""
        process.wait_until(self._is_settled, "an empty queue")

    def queue(self) -> str:
        """Return the queue as `postqueue -p` tells it."""
        command = ["/usr/sbin/postqueue", "-c", f"{self.folder}/etc", "-p"]
        return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    def _is_settled(self) -> bool:
        queue = self.folder / "queue"
        return not any(
            path.is_file()
            for name in ("maildrop", "incoming", "active")
            for path in (queue / name).iterdir()
        )


def _lay_out(folder: Path) -> None:
    """Make the folders as Postfix's own `postfix check` would."""
    for name in ("etc", "data", "queue", "queue/pid"):
        (folder / name).mkdir()
    shutil.chown(folder / "data", "postfix")
    for name in PRIVATE:
        (folder / "queue" / name).mkdir(mode=0o700)
        shutil.chown(folder / "queue" / name, "postfix")
    for name, mode in (("public", 0o710), ("maildrop", 0o730)):
        (folder / "queue" / name).mkdir()
        (folder / "queue" / name).chmod(mode)
        shutil.chown(folder / "queue" / name, "postfix", "postdrop")


def _write(path: Path, text: str) -> None:
    """Write a file that looks old: a young one, Postfix reads again for two seconds."""
    path.write_text(text)
    an_hour_ago = time.time() - 3600
    os.utime(path, (an_hour_ago, an_hour_ago))


def _start_master(folder: Path, smtp_port: int) -> "subprocess.Popen[bytes]":
    log = folder / "mail.log"
    program = "/usr/lib/postfix/sbin/master"
    master = process.start([*GUARD, program, "-c", folder / "etc", "-d"], log)
    process.wait_for_port(smtp_port, master, log)
    return master
