"""A line to a server, which a test can hold or cut: half-open connections."""

import contextlib
import socket
import socketserver
import threading
from dataclasses import dataclass
from typing import Self

from tests.world.process import LOOPBACK


class Exchange(socketserver.ThreadingTCPServer):
    """Takes connections, and knows those that are open."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, target: int, flowing: threading.Event) -> None:
        super().__init__((LOOPBACK, port), Call)
        self.target = target
        self.flowing = flowing
        self.open: set[socket.socket] = set()


class Call(socketserver.BaseRequestHandler):
    """One connection: what either side says goes to the other while it flows."""

    server: Exchange

    def handle(self) -> None:
        """Carry both ways until a side hangs up."""
        with socket.create_connection((LOOPBACK, self.server.target)) as far:
            near: socket.socket = self.request
            self.server.open |= {near, far}
            back = threading.Thread(target=self._carry, args=(far, near), daemon=True)
            back.start()
            self._carry(near, far)
            back.join()
            self.server.open -= {near, far}

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while octets := source.recv(65536):
                self.server.flowing.wait()
                target.sendall(octets)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@dataclass
class Line:
    """A port of ours that leads to a server's port."""

    port: int
    exchange: Exchange
    thread: threading.Thread

    @classmethod
    def start(cls, target: int, port: int = 0) -> Self:
        """Lead from a loopback port (of the kernel's choice) to port `target`."""
        flowing = threading.Event()
        flowing.set()
        exchange = Exchange(port, target, flowing)
        thread = threading.Thread(target=exchange.serve_forever, args=(0.02,))
        thread.daemon = True
        thread.start()
        return cls(exchange.server_address[1], exchange, thread)

    def stall(self) -> None:
        """Carry nothing more; connections, old and new, stay open."""
        self.exchange.flowing.clear()

    def flow(self) -> None:
        """Carry again, first what was held back."""
        self.exchange.flowing.set()

    def cut(self) -> None:
        """Break every open connection."""
        for end in tuple(self.exchange.open):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        """Refuse connections, and break the open ones."""
        self.flow()
        self.exchange.shutdown()
        self.exchange.server_close()
        self.cut()
        self.thread.join()

    def go_on(self) -> None:
        """Take connections again at the same port."""
        again = Line.start(self.exchange.target, self.port)
        self.exchange, self.thread = again.exchange, again.thread
