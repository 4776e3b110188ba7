"""The command line as its users start it: a process of its own, in a quiet home."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
BOUND = 60
"""Seconds after which a command has hung, whatever the machine is busy with."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that has ended."""

    code: int
    out: str
    talk: str
    """What it said on stderr."""
    seconds: float

    @property
    def rows(self) -> Mapping[str, Mapping[str, Any]]:
        """What `check --json` has printed, by the check's name."""
        return {row["check"]: row for row in json.loads(self.out)}


def run(config: Path, *arguments: str, **env: str) -> Ended:
    """Run a command to its end."""
    return end(start(config, *arguments, **env))


def check(config: Path, *arguments: str, **env: str) -> Ended:
    """Run `check --json` to its end."""
    return run(config, "check", "--json", *arguments, **env)


def start(config: Path, *arguments: str, **env: str) -> "subprocess.Popen[str]":
    """Start a command."""
    return subprocess.Popen(
        [sys.executable, "-m", "watchdog", "--config", config, *arguments],
        cwd=config.parent,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(config.parent),
            "PYTHONPATH": str(ROOT),
            "LC_ALL": "C.UTF-8",
            **env,
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )


def end(process: "subprocess.Popen[str]") -> Ended:
    """Wait for a command's end; one that hangs is killed, and `TimeoutExpired`."""
    began = time.monotonic()
    with process:
        try:
            out, talk = process.communicate(timeout=BOUND)
        finally:
            process.kill()
    seconds = time.monotonic() - began
    return Ended(code=process.returncode, out=out, talk=talk, seconds=seconds)
