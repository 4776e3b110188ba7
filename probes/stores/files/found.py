"""What the reading of a file comes upon, whatever its format."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from probes.stores.files.lines import Place
from probes.stores.store import Entry


class Unfit(Exception):
    """A file is not of the format that it is said to be: half a sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An entry, a problem, or neither, and where in the file it lies."""

    begin: Place
    after: Place
    entry: Entry | None = None
    problem: str = ""
    is_whole: bool = True
    """False where the file ends within it: it is read again when the file grows."""


Format = Callable[[BinaryIO, Place], Iterator[Found]]
"""Yields what an open file holds from a place on, or raises `Unfit`."""
