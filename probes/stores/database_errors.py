"""What a database can do to us, in a sentence for the owner of the site."""

import sqlite3
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from struct import error as StructError  # noqa: N812  it is an exception

from sqlalchemy import exc

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable


class Missing(Refused):
    """A table or a column that we want to read is not there."""


def _busy(message: str) -> Refused:
    return Refused(message, permanent=False)


def _down(message: str) -> Unreachable:
    return Unreachable(message, answered=True)


Fate = tuple[Callable[[str], ProbeError], str]
"""Which error it is for us, and how the sentence goes on after the name."""

LOGIN: Fate = (Refused, "refused the user or the password.")
RIGHTS: Fate = (Refused, "does not let this user read that. Grant it SELECT there.")
NO_DATABASE: Fate = (Refused, "has no database of that name.")
MISSING: Fate = (Missing, "lacks a table or a column.")
CROWDED: Fate = (_busy, "has no room for another connection. Try again.")
SLOW: Fate = (_busy, "took too long to answer our question, so that we gave up.")
LOCKED: Fate = (_busy, "is locked by another program. Try again.")
STOPPED: Fate = (_down, "is starting up or shutting down. Try again.")
LOST: Fate = (Unreachable, "was lost while it answered. Try again.")
AWAY: Fate = (Unreachable, "cannot be reached.")
NO_TLS: Fate = (
    Refused,
    "offers no encryption: use an SSH tunnel, or say insecure_login = true.",
)
UNTRUSTED: Fate = (
    _down,
    "shows a certificate that we cannot trust: name its authority with `ca`.",
)
DAMAGED: Fate = (Unintelligible, "is damaged, or is no SQLite database.")
NO_FILE: Fate = (
    Refused,
    "cannot be opened. Is the file there, and may this user read it and its folder?",
)

BY_CODE: Mapping[int, Fate] = {
    1040: CROWDED,
    1203: CROWDED,
    1226: CROWDED,
    1044: RIGHTS,
    1045: LOGIN,
    1698: LOGIN,
    1049: NO_DATABASE,
    1053: STOPPED,
    1054: MISSING,
    1146: MISSING,
    1130: (Refused, "takes no connections from this machine."),
    1142: RIGHTS,
    1143: RIGHTS,
    1205: LOCKED,
    1317: SLOW,
    1969: SLOW,
    3024: SLOW,
    2002: AWAY,
    2003: AWAY,
    2006: LOST,
    2013: LOST,
    2026: NO_TLS,
    3159: NO_TLS,
}
"""https://mariadb.com/docs/server/reference/error-codes and MySQL's, and PyMySQL's."""

BY_SQLSTATE: Mapping[str, Fate] = {
    "28": LOGIN,
    "3D": NO_DATABASE,
    "42P01": MISSING,
    "42703": MISSING,
    "42501": RIGHTS,
    "3F": MISSING,
    "57014": SLOW,
    "55P03": LOCKED,
    "53": CROWDED,
    "57": STOPPED,
    "08": LOST,
}
"""SQLSTATE, or its class (PostgreSQL, appendix A); the first that fits."""

BY_SQLITE: Mapping[str, Fate] = {
    "SQLITE_CANTOPEN": NO_FILE,
    "SQLITE_PERM": NO_FILE,
    "SQLITE_AUTH": NO_FILE,
    "SQLITE_READONLY": NO_FILE,
    "SQLITE_BUSY": LOCKED,
    "SQLITE_LOCKED": LOCKED,
    "SQLITE_INTERRUPT": SLOW,
    "SQLITE_NOTADB": DAMAGED,
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_IOERR": (Unreachable, "cannot be read: the disk reports an error."),
}
"""Primary result codes (https://sqlite.org/rescode.html)."""

GARBLED = (
    AssertionError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
    StructError,
)
"""How a driver stumbles over what it does not expect."""

BY_WORDS: Mapping[str, Fate] = {
    "no such table": MISSING,
    "no such column": MISSING,
    "authentication failed": LOGIN,
    "no password supplied": LOGIN,
    "no pg_hba.conf entry": LOGIN,
    "does not support SSL": NO_TLS,
    "certificate": UNTRUSTED,
    "does not exist": NO_DATABASE,
    "too many": CROWDED,
    "starting up": STOPPED,
    "closed the connection": LOST,
    "connection is lost": LOST,
}
"""Where there is no code: SQLite's errors, and libpq's while it connects."""


@contextmanager
def greeting(name: str) -> Iterator[None]:
    """Turn what becomes of a driver whose server is none into `Unintelligible`.

    PyMySQL takes the first words of a server apart without looking; only while we
    connect, since later such an error would be our own.
    """
    try:
        yield
    except GARBLED as error:
        raise Unintelligible(
            f"What answers for the database {name} does not speak as one."
        ) from error


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Turn what a driver raises into one of the three, in a sentence.

    `name` is the database without any password.  What the driver itself says may
    quote what is in the database: it stays the cause, for the log of errors.
    """
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as error:
        foreign = error.orig if isinstance(error, exc.DBAPIError) else error
        kind, words = _fate(foreign)
        raise kind(f"The database {name} {words}") from error
    except UnicodeDecodeError as error:
        raise Unintelligible(
            f"The database {name} sent text in an encoding of which it said nothing."
        ) from error
    except RuntimeError as error:
        # PyMySQL's way to say that MySQL's new way to log in needs a library.
        if "cryptography" not in str(error):
            raise
        raise Refused(
            "To log in there, the library cryptography is needed:"
            " pip install 'contact-form-watchdog[mysql]'."
        ) from error


def _fate(error: BaseException | None) -> Fate:
    if isinstance(error, sqlite3.Error):
        name = getattr(error, "sqlite_errorname", "")
        found = BY_SQLITE.get("_".join(name.split("_")[:2]))
        return found or _by_words(error)
    if isinstance(getattr(error, "original_exception", None), ssl.SSLError):
        return UNTRUSTED
    code = error.args[0] if error is not None and error.args else None
    if isinstance(code, int):
        return BY_CODE.get(code, _odd(f"{code}"))
    if state := getattr(error, "sqlstate", None):
        fates = (fate for key, fate in BY_SQLSTATE.items() if state.startswith(key))
        return next(fates, _odd(state))
    return _by_words(error)


def _by_words(error: BaseException | None) -> Fate:
    said = str(error)
    return next((fate for words, fate in BY_WORDS.items() if words in said), AWAY)


def _odd(code: str) -> Fate:
    return Unintelligible, f"answered with an error that we do not know ({code})."
