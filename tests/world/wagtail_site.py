"""A real CMS with a real form: Wagtail, which stores a message and mails it."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from tests.world import process

ROOT = Path(__file__).parents[2]


@dataclass
class Wagtail:
    """The running site."""

    folder: Path
    port: int
    smtp_port: int
    server: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, folder: Path, *, smtp_port: int) -> Self:
        """Make the site in `folder` (some seconds of migrations), and serve it."""
        (port,) = process.free_ports(1)
        return cls(folder, port, smtp_port, _serve(folder, port, smtp_port))

    def stop(self) -> None:
        """Refuse connections."""
        process.end(self.server)

    def go_on(self) -> None:
        """Take connections again at the same port, with the same database."""
        if self.server.poll() is not None:
            self.server = _serve(self.folder, self.port, self.smtp_port)

    @property
    def url(self) -> str:
        """The page with the form."""
        return f"http://127.0.0.1:{self.port}/contact/"

    @property
    def database(self) -> Path:
        """Where it stores what visitors write (`wagtailforms_formsubmission`)."""
        return self.folder / "wagtail.sqlite3"

    def mail_to(self, owner: str) -> None:
        """Mail what comes from now on to `owner`."""
        with closing(sqlite3.connect(self.database)) as database, database:
            statement = "UPDATE wagtail_app_contactpage SET to_address=?"
            database.execute(statement, (owner,))

    def stored(self) -> Sequence[Mapping[str, object]]:
        """Return what visitors have written, oldest first."""
        query = "SELECT form_data FROM wagtailforms_formsubmission ORDER BY id"
        with closing(sqlite3.connect(self.database)) as database:
            return [json.loads(row[0]) for row in database.execute(query)]


def _serve(folder: Path, port: int, smtp_port: int) -> "subprocess.Popen[bytes]":
    log = folder / "wagtail.log"
    server = process.start(
        [sys.executable, "-m", "tests.world.wagtail_app.serve", str(port)],
        log,
        env={"WAGTAIL_FOLDER": str(folder), "WAGTAIL_SMTP_PORT": str(smtp_port)},
        cwd=ROOT,
    )
    process.wait_for_port(port, server, log)
    return server
