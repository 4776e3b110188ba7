"""What can become of a ledger, in a sentence for whoever runs us."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import exc

from watchdog.errors import Unusable


class LedgerError(Unusable):
    """The ledger cannot be used; says why and what to do, in a plain sentence.

    `sentence` is that sentence before `values` were put into their places: so
    catalogues have it.
    """

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence.format(**values))
        self.sentence, self.values = sentence, values

    @property
    def may_pass(self) -> bool:
        """Whether a little patience may be all that is needed."""
        return self.sentence in PASSING


class LedgerLost(LedgerError):
    """The open ledger is not the one that others find: only a new start helps."""


LOCKED = "The ledger {name} is locked: another program holds it. Try again."
FORBIDDEN = "The ledger {name} may not be opened by this user."

BY_SQLITE: Mapping[str, str] = {
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_FULL": "The ledger {name} cannot be written: the disk is full. Make room.",
    "SQLITE_READONLY": "The ledger {name} is read-only for this user. Let this user"
    " write the file and its folder.",
    "SQLITE_CANTOPEN": "The ledger {name} cannot be opened. Is the folder there, and"
    " may this user write in it?",
    "SQLITE_PERM": FORBIDDEN,
    "SQLITE_AUTH": FORBIDDEN,
    "SQLITE_NOTADB": "The ledger {name} is no SQLite database. Name another file, or"
    " restore a copy.",
    "SQLITE_CORRUPT": "The ledger {name} is damaged. Restore a copy, or move it away"
    " to start anew.",
    "SQLITE_IOERR": "The ledger {name} cannot be read or written: the disk reports an"
    " error.",
}
"""Primary result codes (https://sqlite.org/rescode.html)."""

REFUSED = "The ledger {name} refused the user or the password."
NOWHERE = "The ledger {name} has no database of that name. Create it."
CROWDED = "The ledger {name} has no room for another connection."
MET = "The ledger {name} is busy: two who write have met. Try again."
HELD = "The ledger {name} is locked: another program holds a row. Try again."
STARTING = "The ledger {name} is starting up or shutting down. Try again."
AWAY = "The ledger {name} cannot be reached."

BY_SQLSTATE: Mapping[str, str] = {
    "28": REFUSED,
    "3D": NOWHERE,
    "42501": "The ledger {name} does not let this user do that. Grant what is missing.",
    "25006": "The ledger {name} is read-only (a standby?). Name the primary server.",
    "53100": "The ledger {name} cannot write: its disk is full. Make room.",
    "53": CROWDED,
    "40": MET,
    "55P03": HELD,
    "57": STARTING,
    "08": AWAY,
}
"""SQLSTATE, or its class (PostgreSQL, appendix A); the first that fits."""

BY_WORDS: Mapping[str, str] = {
    "authentication failed": REFUSED,
    "no password supplied": REFUSED,
    "no pg_hba.conf entry": REFUSED,
    "does not exist": NOWHERE,
    "too many": CROWDED,
    "starting up": STARTING,
}
"""libpq tells no SQLSTATE while it connects (psycopg 3.3); only these words."""

PASSING = (LOCKED, CROWDED, MET, HELD, STARTING, AWAY)
"""What often is over by itself, as when a server starts anew."""


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what a database or the disk did to us into `LedgerError`.

    `name` is the ledger without any password.  What is our own bug (a broken
    constraint, a wrong statement) passes through.
    """
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        sentence = _sentence(error)
        if sentence is None:
            raise
        raise LedgerError(sentence, name=name) from error
    except OSError as error:
        raise LedgerError(
            "The ledger {name} cannot be used: {reason}.",
            name=name,
            reason=error.strerror or type(error).__name__,
        ) from error


def _sentence(error: exc.DBAPIError | sqlite3.Error) -> str | None:
    """Return what befell the ledger, or None if it is a bug of ours."""
    driver_error = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(driver_error, sqlite3.Error):
        code = getattr(driver_error, "sqlite_errorname", "")
        return BY_SQLITE.get("_".join(code.split("_")[:2]))
    if state := getattr(driver_error, "sqlstate", None):
        return _first(BY_SQLSTATE, state.startswith)
    if isinstance(error, exc.OperationalError):
        return _first(BY_WORDS, str(driver_error).__contains__) or AWAY
    return None


def _first(table: Mapping[str, str], fits: Callable[[str], bool]) -> str | None:
    return next((words for key, words in table.items() if fits(key)), None)
