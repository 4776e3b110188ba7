"""What Maildir and mbox share: they are files on this machine."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from probes.errors import Refused, Unreachable
from probes.mail.folders import role_of
from probes.mail.mailbox import Folder, Role

SETTLED_NS = 2_000_000_000
"""What has not been touched for so long cannot change again with the same stamp.

File systems stamp with a grain of 4 ms (ext4, XFS) to 2 s (FAT).
"""


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into a sentence for its owner."""
    try:
        yield
    except FileNotFoundError as error:
        place = error.filename or path
        raise Unreachable(f"There is no mail at {place}.", answered=True) from error
    except NotADirectoryError as error:
        raise Refused(f"{path} is no folder of mail.") from error
    except PermissionError as error:
        place = error.filename or path
        raise Refused(f"We may not use {place}: permission denied.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreachable(f"The mail at {path} cannot be used: {reason}.") from error


def folder_named(name: str, *, separator: str | None, spam: str | None) -> Folder:
    """Return the folder by its name; the owner's word for `spam` comes first."""
    role = Role.SPAM if name == spam else role_of(name, (), separator)
    return Folder(name=name, role=role)


def inbox_first(folder: Folder) -> tuple[bool, str]:
    """Sort key for folders."""
    return folder.role is not Role.INBOX, folder.name


def time_of(nanoseconds: int) -> datetime:
    """Return a file's stamp as a time in UTC."""
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)


async def change(
    look: Callable[[], Awaitable[object]], *, known: object, poll: float, seconds: float
) -> None:
    """Return when `look` sees something else than `known`, or after `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while (left := end - loop.time()) > 0:
        await asyncio.sleep(min(poll, left))
        if await look() != known:
            return
