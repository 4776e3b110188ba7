"""Starts foreign servers, and ends them whatever becomes of the tests."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

LOOPBACK = "127.0.0.1"


class DidNotStart(Exception):
    """A server ended, or did not answer in time; says the end of its log."""


def free_port() -> int:
    """Return a loopback port that the kernel says is free now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def start(
    command: Sequence[str | Path],
    log: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> "subprocess.Popen[bytes]":
    """Start a server that stays in the foreground, in a process group of its own.

    The kernel ends it when the thread that called us ends (PR_SET_PDEATHSIG, see
    prctl(2)), so it outlives not even a killed pytest: call this from a thread
    that lives as long as the server shall.
    """
    with log.open("ab") as output:
        return subprocess.Popen(
            ["setpriv", "--pdeathsig", "TERM", "--", *map(str, command)],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if env is None else {**os.environ, **env},
            cwd=cwd,
            start_new_session=True,
        )


def end(process: "subprocess.Popen[bytes]", *, within: float = 10) -> None:
    """Ask a server to end, and make it end `within` seconds, children too."""
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(within)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def answers(port: int) -> bool:
    """Tell whether something takes connections on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def wait_until(
    true: Callable[[], bool],
    process: "subprocess.Popen[bytes]",
    log: Path,
    *,
    within: float = 30,
) -> None:
    """Return when `true()`, or raise `DidNotStart` if the server ended or is late."""
    deadline = time.monotonic() + within
    while not true():
        if process.poll() is not None or time.monotonic() > deadline:
            words = log.read_text(errors="replace")[-2000:] if log.exists() else ""
            raise DidNotStart(f"{process.args!r}: {words}")
        time.sleep(0.02)


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when the server takes connections on a loopback port."""
    wait_until(lambda: answers(port), process, log)
