"""The one place where what went wrong becomes a sentence and an exit code."""

import os
import sys
import traceback
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

from typer import Abort
from typer.exceptions import TyperException

from probes.errors import ProbeError
from watchdog.cli.folding import folded
from watchdog.errors import Unusable, leaves

CANNOT_TELL = 3
BUG = 70
"""EX_SOFTWARE of sysexits(3)."""
INTERRUPTED = 130

KNOWN = (Unusable, ProbeError, TyperException)


def exit_code_of(command: Callable[[], int | None]) -> int:
    """Run `command` and return its exit code, or that of what befell it.

    Sentences go to stderr.  The traceback of a bug of ours goes to a file, and
    to stderr only where no file can be written.
    """
    try:
        code = command() or 0
    except (BrokenPipeError, SystemExit):
        # typer, too, ends so where the reader has gone: with 1, which is a warning.
        code = CANNOT_TELL
    except (KeyboardInterrupt, Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001  here every exception ends
        code = _told(error)
    return _flushed(code)


def _flushed(code: int) -> int:
    try:
        sys.stdout.flush()
    except OSError as error:
        # Nothing may be left that Python would flush at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            return _told(error)
    return code


def say(sentence: str) -> None:
    """Talk to the user: on stderr, since stdout is for data."""
    if sys.stderr.isatty():
        sentence = "\n".join(folded(sentence, indent=0))
    print(sentence, file=sys.stderr)  # noqa: T201  that is its purpose


def _told(error: Exception) -> int:
    befell = list(leaves(error))
    if any(isinstance(leaf, OSError) and leaf.errno == ENOSPC for leaf in befell):
        say("The disk is full.")
        return CANNOT_TELL
    if not all(isinstance(leaf, KNOWN) for leaf in befell):
        say(_bug(error))
        return BUG
    for leaf in befell:
        say(leaf.format_message() if isinstance(leaf, TyperException) else str(leaf))
    return CANNOT_TELL


def _bug(error: Exception) -> str:
    """Keep the traceback for a bug report, and return what to tell the user."""
    from platformdirs import user_state_path

    words = "".join(traceback.format_exception(error))
    log = user_state_path("contact-watchdog") / "crash.log"
    where = f"The details are in {log}"
    try:
        _write(log, words)
    except OSError:
        say(words)
        where = "The details stand above"
    return f"This is a bug in contact-watchdog ({type(error).__name__}). {where}."


def _write(log: Path, words: str) -> None:
    """Write for the eyes of this user alone; only the latest crash is kept."""
    log.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    with os.fdopen(os.open(log, flags, 0o600), "w", encoding="utf-8") as file:
        file.write(words)
