"""What a whole program costs the processors."""

import asyncio
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import NotMeasured

Command = Sequence[str | Path]

MS = 1000


async def cpu_of(command: Command) -> float:
    """Run a program to its good end; return its CPU time in ms, children included."""
    return await asyncio.to_thread(_run, command)


def _run(command: Command) -> float:
    with subprocess.Popen(
        list(map(str, command)),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as process:
        assert process.stdout is not None  # asked for above
        said = process.stdout.read()
        # The usage of a child holds that of the children which it has waited for.
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        words = said.decode(errors="replace").strip()
        raise NotMeasured(f"{Path(command[0]).name} failed: {words}")
    return (usage.ru_utime + usage.ru_stime) * MS
