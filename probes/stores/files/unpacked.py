"""Files as they are, or unpacked where they are compressed."""

import bz2
import gzip
import lzma
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob, has_magic
from pathlib import Path
from typing import BinaryIO, cast

from probes.errors import Refused, Unreachable

MOST_FILES = 400
MOST_UNPACKED = 1024 * 1024 * 1024
MARK = 6
"""Bytes that tell how a file is compressed."""
DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError)
"""How unpacking fails; an `OSError` of theirs has no number."""


def matching(path: Path) -> Iterator[tuple[Path, os.stat_result]]:
    """Yield the files that `path` names, or is the pattern of; longest unchanged first.

    Raises `ProbeError` where there is none.
    """
    with speaking_of(path):
        if has_magic(str(path)) and not path.exists():
            paths = [Path(name) for name in glob(str(path))]  # noqa: PTH207  a whole path may be a pattern
            found = [(each, each.stat()) for each in paths if each.is_file()]
            if not found:
                raise FileNotFoundError
        else:
            found = [(path, path.stat())]
            if not stat.S_ISREG(found[0][1].st_mode):
                raise Refused(f"{path} is no file.")
    newest = sorted(found, key=lambda each: each[1].st_mtime_ns)[-MOST_FILES:]
    yield from newest


class _Bounded:
    """An archive's content, as far as we unpack it: a small one may hold no end."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file = file
        self._most = most
        self.seek = file.seek

    def read(self, size: int) -> bytes:
        return self._checked(self._file.read(size))

    def readline(self, size: int) -> bytes:
        return self._checked(self._file.readline(size))

    def _checked(self, data: bytes) -> bytes:
        if self._file.tell() > self._most:
            raise EOFError
        return data


@contextmanager
def opened(path: Path, *, most: int = MOST_UNPACKED) -> Iterator[BinaryIO]:
    """Open a file for reading, unpacked where it is compressed.

    Behind `most` bytes of an archive's content, reading raises `EOFError`.
    """
    with path.open("rb") as raw:
        head = raw.read(MARK)
        raw.seek(0)
        packed: object = None
        if head.startswith(b"\x1f\x8b"):
            packed = gzip.GzipFile(fileobj=raw)
        elif head.startswith(b"BZh"):
            packed = bz2.BZ2File(raw)
        elif head.startswith(b"\xfd7zXZ\0"):
            packed = lzma.LZMAFile(raw)  # noqa: SIM115
        if packed is None:
            yield raw
            return
        bounded = _Bounded(cast("BinaryIO", packed), most)
        yield cast("BinaryIO", bounded)


@contextmanager
def speaking_of(path: Path) -> Iterator[None]:
    """Turn what the system says about `path` into a sentence for its owner."""
    try:
        yield
    except FileNotFoundError as error:
        raise Unreachable(f"There is no file {path}.", answered=True) from error
    except PermissionError as error:
        raise Refused(f"We may not read {path}: permission denied.") from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Unreachable(f"{path} cannot be read: {reason}.") from error
