"""`status --watch` shows how things stand anew, until Ctrl-C."""

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import command

CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "it@example.test"

[mailbox.box]
kind = "maildir"
path = "box"

[[check]]
name = "Contact form"
mailbox = "box"
form.url = "http://127.0.0.1:9/contact"
"""
CLEAR = b"\x1b[2J\x1b[H"


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    ours, its = pty.openpty()
    yield ours, its
    os.close(ours)
    os.close(its)


def test_the_screen_is_shown_anew_until_ctrl_c(
    tmp_path: Path, terminal: tuple[int, int]
) -> None:
    ours, its = terminal
    config = tmp_path / "config.toml"
    config.write_text(CONFIG)
    with subprocess.Popen(
        [sys.executable, "-m", "watchdog", "--config", config, "status", "--watch"],
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(tmp_path),
            "PYTHONPATH": str(command.ROOT),
            "LC_ALL": "C.UTF-8",
        },
        stdout=its,
        stderr=subprocess.PIPE,
    ) as watching:
        shown = b""
        while shown.count(CLEAR) < 2:
            shown += os.read(ours, 65536)
        watching.send_signal(signal.SIGINT)
        _, talk = watching.communicate(timeout=command.BOUND)

    first = shown.split(CLEAR)[1].decode()
    assert "Contact form" in first
    assert "The daemon has never run" in first
    assert watching.returncode == 130
    assert b"Traceback" not in talk
