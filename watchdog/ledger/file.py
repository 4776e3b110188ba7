"""The file of a SQLite ledger: the very one that we began with, or none."""

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from watchdog.ledger.errors import LedgerLost

PATIENCE = 20
"""Seconds for which we wait for another's lock."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFile:
    """A file by its name, and by what it is on its disk."""

    path: Path
    identity: tuple[int, int]

    @classmethod
    def at(cls, path: Path) -> Self:
        """Return the file, made for nobody but us if it is not there."""
        _make_private(path)
        return cls(path=path, identity=_identity(path))

    def connect(self) -> sqlite3.Connection:
        """Open the file, and make none in its place (https://sqlite.org/uri.html)."""
        self.check()
        return sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=PATIENCE,
            # Another thread may follow on; two at once the pool prevents.
            check_same_thread=False,
        )

    def check(self) -> None:
        """Raise `LedgerLost` if others find no file there, or another one.

        SQLite would go on in the one that is gone from sight, and all that it
        writes would be lost (https://sqlite.org/howtocorrupt.html, section
        2.4).
        """
        try:
            is_same = _identity(self.path) == self.identity
        except FileNotFoundError:
            is_same = False
        if not is_same:
            raise LedgerLost(
                "The ledger {name} was deleted, moved or replaced while we used it."
                " If that was not you, restore a copy.",
                name=self.path,
            )


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def _make_private(path: Path) -> None:
    """Make the file and its folder, for nobody but us, where there are none.

    An existing file is not even opened: closing it would drop the locks that
    another connection of this process has on it (https://sqlite.org/howtocorrupt.html,
    section 2.2).
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, mode=0o600))
    except FileExistsError:
        return
