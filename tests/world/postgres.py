"""A private PostgreSQL on loopback, in a folder of its own."""

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from tests.world import process

USER = "watchdog"
PASSWORD = "a password of the tests"
UNPRIVILEGED = "postgres"
"""PostgreSQL does not run as root: then as this user of Debian's package."""

# Nothing here outlives the tests, so no power cut needs to be survived.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": process.LOOPBACK,
    "unix_socket_directories": "",
    "shared_buffers": "16MB",
    "max_connections": "60",
    # Errors must be understood in any language and times in any zone.
    "timezone": "Asia/Kathmandu",
}


class Postgres:
    """One server; `url` names a database of it, which `create` makes empty."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "server.log"
        [self.port] = process.free_ports(1)
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
        self._programs = programs[-1]
        self._initialise()
        self._server: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Serve; return when it takes connections."""
        options = [f"--{name}={value}" for name, value in SETTINGS.items()]
        command = ["postgres", "-D", str(self._data), "-p", str(self.port), *options]
        self._server = process.start(self._unprivileged(command), self._log)
        process.wait_for_port(self.port, self._server, self._log)
        process.wait_until(self._is_ready, "PostgreSQL, ready for questions")

    def stop(self) -> None:
        """End it, with whatever it is doing."""
        if self._server is not None:
            # "Fast": the polite SIGTERM would wait for every client to leave.
            self._server.send_signal(signal.SIGINT)
            process.end(self._server)
            self._server = None

    def url(self, database: str, *, password: str = PASSWORD) -> str:
        """Return the address of a database as our configuration spells it."""
        quoted = password.replace(" ", "%20")
        return f"postgresql://{USER}:{quoted}@{process.LOOPBACK}:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make an empty database, and return its URL."""
        self.execute(f'CREATE DATABASE "{database}"')
        return self.url(database)

    def execute(self, statement: str, *, database: str = "postgres") -> str:
        """Run a statement past our own driver, and return what psql prints."""
        address = ["-h", process.LOOPBACK, "-p", str(self.port), "-U", USER]
        done = subprocess.run(
            [str(self._programs / "psql"), *address, "-XAtqc", statement, database],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout.strip()

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _initialise(self) -> None:
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        if os.geteuid() == 0:
            shutil.chown(self._folder, UNPRIVILEGED)
            shutil.chown(secret, UNPRIVILEGED)
        command = ["initdb", "-D", str(self._data), "-U", USER]
        command += ["--pwfile", str(secret)]
        command += ["--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"]
        subprocess.run(
            self._unprivileged([*command, "--no-sync"]),
            capture_output=True,
            check=True,
            cwd=self._folder,
        )

    def _unprivileged(self, command: Sequence[str]) -> Sequence[str]:
        program = [str(self._programs / command[0]), *command[1:]]
        if os.geteuid() != 0:
            return program
        user = ["--reuid", UNPRIVILEGED, "--regid", UNPRIVILEGED, "--clear-groups"]
        # Another user's process forgets by whose death it is to end: said anew.
        return ["setpriv", *user, "--pdeathsig", "INT", "--", *program]

    def _is_ready(self) -> bool:
        ready = [str(self._programs / "pg_isready"), "-q", "-h", process.LOOPBACK]
        return subprocess.call([*ready, "-p", str(self.port)]) == 0
