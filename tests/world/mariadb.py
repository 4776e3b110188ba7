"""A private MariaDB, reached by a socket in its folder alone."""

import getpass
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.world import process


@dataclass
class MariaDB:
    """A running MariaDB, open to whoever may enter its folder."""

    folder: Path
    server: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, folder: Path) -> Self:
        """Start in `folder`, whose path must be short (a socket's has 107 bytes)."""
        log = folder / "mariadb.log"
        (folder / "mariadb").mkdir()
        server = process.start(
            [
                *("/usr/sbin/mariadbd", "--no-defaults", f"--user={getpass.getuser()}"),
                *("--skip-networking", "--skip-grant-tables"),
                f"--datadir={folder}/mariadb",
                f"--socket={folder}/mariadb.sock",
                "--innodb-flush-log-at-trx-commit=0",
            ],
            log,
        )
        running = cls(folder, server)
        process.wait_until(running.answers, "MariaDB's answer", within=30)
        return running

    def stop(self) -> None:
        """End it."""
        process.end(self.server)

    def execute(self, statement: str) -> str:
        """Run a statement, and return its rows, a line each, tabs between."""
        return self._client(statement).stdout.decode()

    def answers(self) -> bool:
        """Tell whether it takes statements, or raise `DidNotStart` if it has ended."""
        process.check_alive(self.server, self.folder / "mariadb.log")
        return self._client("SELECT 1", check=False).returncode == 0

    def _client(
        self, statement: str, *, check: bool = True
    ) -> "subprocess.CompletedProcess[bytes]":
        socket = f"--socket={self.folder}/mariadb.sock"
        command = ["mariadb", "--no-defaults", socket, "-N", "-e", statement]
        return subprocess.run(command, capture_output=True, check=check)
