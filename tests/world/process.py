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


def free_ports(count: int) -> list[int]:
    """Return so many different loopback ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]


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


def wait_until(true: Callable[[], bool], what: str, *, within: float = 10) -> None:
    """Return when `true()`, or raise `TimeoutError` that says `what` did not come."""
    deadline = time.monotonic() + within
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(what)
        time.sleep(0.01)


def check_alive(process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Raise `DidNotStart` if a server has ended."""
    if process.poll() is not None:
        words = log.read_text(errors="replace")[-2000:]
        raise DidNotStart(f"{process.args!r}: {words}")


def wait_for_port(port: int, process: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return when a server takes connections, or raise `DidNotStart`."""

    def listens() -> bool:
        check_alive(process, log)
        return answers(port)

    wait_until(listens, f"{process.args!r} on port {port}", within=30)


def wait_for_silence(port: int) -> None:
    """Return when nothing takes connections on a loopback port any more."""
    wait_until(lambda: not answers(port), f"silence on port {port}")
