"""Whatever goes wrong in a command ends in a sentence and an exit code."""

import subprocess
import sys
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest

from probes.errors import Refused
from watchdog.cli.errors import exit_code_of
from watchdog.config import ConfigError, Problem
from watchdog.ledger import LedgerError

UNUSABLE = ConfigError(
    [Problem(file=Path("a.toml"), line=3, key="[watchdog]", sentence="is odd")]
)


def raising(error: BaseException) -> Callable[[], int]:
    """Return a command that ends in `error`."""

    def command() -> int:
        raise error

    return command


@pytest.mark.parametrize("code", [0, 1, 2, 3])
def test_a_command_decides_its_exit_code(code: int) -> None:
    assert exit_code_of(lambda: code) == code


@pytest.mark.parametrize(
    ("error", "sentences"),
    [
        (UNUSABLE, ["a.toml:3: [watchdog]: is odd"]),
        (LedgerError("The ledger is locked."), ["The ledger is locked."]),
        (Refused("The login was refused."), ["The login was refused."]),
        (OSError(ENOSPC, "No space left on device"), ["The disk is full."]),
        (
            ExceptionGroup("tasks", [Refused("One."), ExceptionGroup("", [UNUSABLE])]),
            ["One.", "a.toml:3: [watchdog]: is odd"],
        ),
    ],
)
def test_what_the_world_did_is_told_and_ends_with_3(
    error: Exception, sentences: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert exit_code_of(raising(error)) == 3

    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == sentences


def test_an_interruption_is_quiet_and_ends_with_130(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert exit_code_of(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "bug",
    [
        ValueError("hunter2"),
        ExceptionGroup("tasks", [Refused("No."), ValueError("hunter2")]),
    ],
)
def test_a_bug_of_ours_is_one_sentence_and_a_private_file(
    bug: Exception,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    assert exit_code_of(raising(bug)) == 70

    (said,) = capsys.readouterr().err.splitlines()
    log = tmp_path / "contact-watchdog/crash.log"
    assert said.startswith("This is a bug in contact-watchdog")
    assert str(log) in said
    assert "hunter2" not in said
    assert "Traceback" in log.read_text(encoding="utf-8")
    assert log.stat().st_mode & 0o777 == 0o600


def test_where_no_file_can_be_written_the_traceback_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))

    assert exit_code_of(raising(ZeroDivisionError())) == 70

    said = capsys.readouterr().err
    assert "Traceback" in said
    assert "The details stand above." in said


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; from watchdog.cli import app\n"
        "app(['--help'], standalone_mode=False)\n"
        "heavy = {'pydantic', 'sqlalchemy', 'lxml', 'httpx2', 'rich', 'structlog'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert result.stderr == "[]\n"
