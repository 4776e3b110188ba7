"""What can become of a ledger, in a sentence for whoever runs us."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from sqlalchemy import exc

from watchdog.errors import Unusable


class LedgerError(Unusable):
    """The ledger cannot be used; says why and what to do, in a plain sentence."""


BY_SQLITE: Mapping[str, str] = {
    "SQLITE_BUSY": "is locked: another program holds it. Try again.",
    "SQLITE_LOCKED": "is locked: another program holds it. Try again.",
    "SQLITE_FULL": "cannot be written: the disk is full. Make room.",
    "SQLITE_READONLY": "is read-only for this user. Let this user write the file"
    " and its folder.",
    "SQLITE_CANTOPEN": "cannot be opened. Is the folder there, and may this user"
    " write in it?",
    "SQLITE_PERM": "may not be opened by this user.",
    "SQLITE_AUTH": "may not be opened by this user.",
    "SQLITE_NOTADB": "is no SQLite database. Name another file, or restore a copy.",
    "SQLITE_CORRUPT": "is damaged. Restore a copy, or move it away to start anew.",
    "SQLITE_IOERR": "cannot be read or written: the disk reports an error.",
}
"""Primary result codes (https://sqlite.org/rescode.html)."""

BY_SQLSTATE: Mapping[str, str] = {
    "28": "refused the user or the password.",
    "3D": "has no database of that name. Create it.",
    "42501": "does not let this user do that. Grant what is missing.",
    "25006": "is read-only (a standby?). Name the primary server.",
    "53100": "cannot write: its disk is full. Make room.",
    "53": "has no room for another connection.",
    "40": "is busy: two who write have met. Try again.",
    "55P03": "is locked: another program holds a row. Try again.",
    "57": "is starting up or shutting down. Try again.",
    "08": "cannot be reached.",
}
"""SQLSTATE, or its class (PostgreSQL, appendix A); the first that fits."""

BY_WORDS: Mapping[str, str] = {
    "authentication failed": BY_SQLSTATE["28"],
    "no password supplied": BY_SQLSTATE["28"],
    "no pg_hba.conf entry": BY_SQLSTATE["28"],
    "does not exist": BY_SQLSTATE["3D"],
    "too many": BY_SQLSTATE["53"],
    "starting up": BY_SQLSTATE["57"],
}
"""libpq tells no SQLSTATE while it connects (psycopg 3.3); only these words."""


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what a database or the disk did to us into `LedgerError`.

    `name` is the ledger without any password.  What is our own bug (a broken
    constraint, a wrong statement) passes through.
    """
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        words = _words(error)
        if words is None:
            raise
        raise LedgerError(f"The ledger {name} {words}") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LedgerError(f"The ledger {name} cannot be used: {reason}.") from error


def _words(error: exc.DBAPIError | sqlite3.Error) -> str | None:
    """Return what befell the ledger, or None if it is a bug of ours."""
    driver_error = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(driver_error, sqlite3.Error):
        code = getattr(driver_error, "sqlite_errorname", "")
        return BY_SQLITE.get("_".join(code.split("_")[:2]))
    if state := getattr(driver_error, "sqlstate", None):
        return _first(BY_SQLSTATE, state.startswith)
    if isinstance(error, exc.OperationalError):
        return _first(BY_WORDS, str(driver_error).__contains__) or BY_SQLSTATE["08"]
    return None


def _first(table: Mapping[str, str], fits: Callable[[str], bool]) -> str | None:
    return next((words for key, words in table.items() if fits(key)), None)
