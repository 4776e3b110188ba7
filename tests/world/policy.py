"""What a mail host does with mail for an address: asked by Postfix, told by a test."""

import socketserver
import threading
import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from tests.world.process import LOOPBACK


class Fault(StrEnum):
    """What may befall an address's mail, in the words of Postfix's access(5)."""

    BLACK_HOLE = "DISCARD"
    BOUNCED = "550 5.1.1 No such user here"
    FULL = "552 5.2.2 Mailbox is full"
    DEFERRED = "451 4.3.2 System is not accepting messages"
    GREYLISTED = "450 4.7.1 Greylisted, please come again"
    """Said to each sender until `GREYLISTED_FOR` has passed since it first came."""
    FORGED = "550 5.7.26 Unauthenticated mail is not accepted: DMARC policy of domain"
    """Said to those who send in the name of a domain that forbids it."""
    BLOCKLISTED = "550 5.7.1 Service unavailable; client host blocked using bl.test"
    LIMITED = "550 5.4.5 Daily user sending limit exceeded"


OF_SENDERS = frozenset({Fault.BLOCKLISTED, Fault.LIMITED})
"""Said to the web host, but not to who returns its mail."""

GREYLISTED_FOR = 2.0
"""Seconds; without them a quick second attempt would make no message late."""


class Server(socketserver.ThreadingTCPServer):
    """Remembers what was ordered, and who has been greylisted before."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__((LOOPBACK, 0), Questions)
        self.orders: dict[str, str] = {}
        self.first_came: dict[tuple[str, str], float] = {}
        self.strict: set[str] = set()

    def answer(self, sender: str, recipient: str) -> str:
        """Return what Postfix shall do."""
        order = self.orders.get(recipient, "DUNNO")
        if order == Fault.FORGED:
            is_strict = sender.rpartition("@")[2] in self.strict
            return order if is_strict else "DUNNO"
        if order in OF_SENDERS and not sender:
            return "DUNNO"
        if order != Fault.GREYLISTED:
            return order
        now = time.monotonic()
        waited = now - self.first_came.setdefault((sender, recipient), now)
        return "DUNNO" if waited >= GREYLISTED_FOR else order


class Questions(socketserver.StreamRequestHandler):
    """One connection of Postfix's, as its SMTPD_POLICY_README has it."""

    server: Server

    def handle(self) -> None:
        """Answer each question: some lines of `name=value`, and an empty one."""
        asked: dict[str, str] = {}
        for line in self.rfile:
            name, _, value = line.decode().rstrip("\n").partition("=")
            asked[name] = value
            if not name:
                answer = self.server.answer(asked["sender"], asked["recipient"])
                self.wfile.write(f"action={answer}\n\n".encode())


@dataclass
class Policy:
    """A running policy service, in a thread of its own."""

    server: Server
    thread: threading.Thread

    @classmethod
    def start(cls) -> Self:
        """Listen on a loopback port."""
        server = Server()
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.daemon = True
        thread.start()
        return cls(server, thread)

    def stop(self) -> None:
        """Answer no more."""
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        port: int = self.server.server_address[1]
        return port

    def forbid(self, domain: str) -> None:
        """Take `domain` for one that lets nobody send in its name (DMARC)."""
        self.server.strict.add(domain)

    def order(self, recipient: str, action: str) -> None:
        """Answer `action` for `recipient` from now on."""
        self.server.orders[recipient] = action

    def forget(self, recipient: str) -> None:
        """Let mail for `recipient` pass from now on."""
        self.server.orders.pop(recipient, None)
