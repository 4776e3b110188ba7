"""Files that hold what people wrote: for the eyes of this user alone."""

import os
import stat
from pathlib import Path

from watchdog.errors import Unusable


class NotSaved(Unusable):
    """A file that could not be written."""


def save(path: Path, text: str) -> None:
    """Write a file that nobody else can read, or raise `NotSaved`.

    Also where one lies there already that others could read.
    """
    _write(path, text.encode("utf-8", "replace"), os.O_TRUNC)


def save_new(path: Path, content: bytes) -> None:
    """Write a file that nobody else can read; raise `NotSaved` where one is there."""
    _write(path, content, os.O_EXCL)


def save_anew(path: Path, content: bytes) -> None:
    """Write a file that nobody else can read, in the place of what is there."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotSaved(f"{path} cannot be replaced: {error.strerror}.") from error
    save_new(path, content)


def _write(path: Path, content: bytes, how: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | how
    try:
        with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
            if stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                os.fchmod(file.fileno(), 0o600)
            file.write(content)
    except FileExistsError as error:
        raise NotSaved(f"{path} is there already.") from error
    except OSError as error:
        raise NotSaved(f"{path} cannot be written: {error.strerror}.") from error
