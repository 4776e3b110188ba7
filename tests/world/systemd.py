"""The end of a socket at which systemd would hear of us."""

import socket
import time
from pathlib import Path


class Notices:
    """What a service tells its manager (sd_notify(3)), oldest first."""

    def __init__(self, path: Path) -> None:
        self.address = str(path)
        self.heard: list[str] = []
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.address)

    def wait_for(self, words: str, *, within: float = 20) -> list[str]:
        """Return all that came, up to the next notice that holds these words."""
        end = time.monotonic() + within
        heard: list[str] = []
        while not heard or words not in heard[-1]:
            self._socket.settimeout(max(end - time.monotonic(), 0.01))
            heard.append(self._socket.recv(65536).decode())
        self.heard += heard
        return heard

    def close(self) -> None:
        """Stop listening."""
        self._socket.close()
