"""What this process and all that it has started cost: processors, memory, zombies."""

import ctypes
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from probes.forms.browser.memory import private_bytes

MS = 1000
TICKS = os.sysconf("SC_CLK_TCK")
PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True, slots=True)
class Process:
    """One line of proc(5)'s `stat`."""

    pid: int
    state: str
    parent: int
    ticks: int
    """Of its own, and of the children that it has waited for."""


def adopt() -> None:
    """Take in whoever loses its parent, so that nobody's cost is lost (prctl(2))."""
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cpu() -> float:
    """Return the CPU time of all of us from the beginning on, in ms."""
    return sum(process.ticks for process in _ours()) * MS / TICKS


def memory() -> float:
    """Return the MB that all of us but this process hold, shared with nobody."""
    return sum(private_bytes(one.pid) for one in _ours()[1:]) / 1e6


def zombies() -> Sequence[int]:
    """Return those of us who have ended, and whom nobody has waited for."""
    return [process.pid for process in _ours() if process.state == "Z"]


def bury(dead: Sequence[int]) -> None:
    """Wait for those whom we have taken in, as the first process of a system does."""
    for pid in dead:
        with suppress(ChildProcessError):  # somebody else's child
            os.waitpid(pid, os.WNOHANG)


def count() -> int:
    """Return how many processes we have started that are still there."""
    return len(_ours()) - 1


def _ours() -> Sequence[Process]:
    """Return this process, and after it whatever descends from it."""
    known = {process.pid: process for process in _all()}
    ours = [known[os.getpid()]]
    for parent in ours:
        ours += [one for one in known.values() if one.parent == parent.pid]
    return ours


def _all() -> Sequence[Process]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # ended meanwhile
            _, _, rest = path.read_text().rpartition(") ")
            state, parent, *more = rest.split()
            ticks = sum(map(int, more[9:13]))
            found.append(Process(int(path.parent.name), state, int(parent), ticks))
    return found
