"""A private MariaDB: open to all by a socket, or guarded as a host's would be."""

import getpass
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.world import process


@dataclass
class MariaDB:
    """A running MariaDB, open to whoever may enter its folder."""

    folder: Path
    server: "subprocess.Popen[bytes]"
    port: int | None = None

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

    @classmethod
    def start_guarded(cls, folder: Path, options: Sequence[str] = ()) -> Self:
        """Start in `folder` with users and their rights, also on a port of loopback.

        `root` comes in by the socket without a password.
        """
        user = getpass.getuser()
        subprocess.run(
            [
                *("mariadb-install-db", "--no-defaults", f"--user={user}"),
                *("--auth-root-authentication-method=normal", "--skip-test-db"),
                f"--datadir={folder}/mariadb",
            ],
            capture_output=True,
            check=True,
        )
        [port] = process.free_ports(1)
        server = process.start(
            [
                *("/usr/sbin/mariadbd", "--no-defaults", f"--user={user}"),
                *(f"--bind-address={process.LOOPBACK}", f"--port={port}"),
                f"--datadir={folder}/mariadb",
                f"--socket={folder}/mariadb.sock",
                *(
                    "--innodb-flush-log-at-trx-commit=0",
                    "--innodb-buffer-pool-size=32M",
                ),
                *options,
            ],
            folder / "mariadb.log",
        )
        running = cls(folder, server, port)
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
