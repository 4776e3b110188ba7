"""A small file for the one thing that must be remembered where the ledger fails."""

import hashlib
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import platformdirs
import structlog
from pydantic import TypeAdapter, ValidationError

from watchdog.config.ledger import APP
from watchdog.rules.emergency import Emergency

log = structlog.get_logger()

PAGE = TypeAdapter(Emergency)

MOST_BYTES = 64 * 1024
"""What is longer was not written by us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notebook:
    """A page in the first of these files that can be written."""

    files: Sequence[Path]

    @classmethod
    def of(cls, config: Path, environ: Mapping[str, str]) -> Self:
        """Return the notebook of whoever works by this configuration."""
        words = str(config.absolute()).encode()
        name = f"emergency-{hashlib.sha256(words).hexdigest()[:12]}.json"
        return cls(files=[folder / name for folder in _folders(environ)])

    def read(self) -> Emergency | None:
        """Return what was written last, if anything was and can be read."""
        pages = [page for file in self.files if (page := _read(file))]
        return max(pages, key=lambda page: page.failed_at, default=None)

    def write(self, page: Emergency) -> bool:
        """Write it down, in place of what was there; False if no file takes it."""
        return any(_write(file, PAGE.dump_json(page)) for file in self.files)

    def clear(self) -> None:
        """Forget what was written."""
        for file in self.files:
            try:
                file.unlink(missing_ok=True)
            except OSError as error:
                log.warning("notebook.kept", file=str(file), error=error.strerror)


def _folders(environ: Mapping[str, str]) -> Iterator[Path]:
    """Yield where we may write, first what a full disk does not touch.

    systemd names the first and the third (systemd.exec(5), RuntimeDirectory=), the
    second is every user's own (XDG Base Directory Specification).
    """
    if runtime := environ.get("RUNTIME_DIRECTORY"):
        yield Path(runtime)
    if users := environ.get("XDG_RUNTIME_DIR"):
        yield Path(users) / APP
    if state := environ.get("STATE_DIRECTORY"):
        yield Path(state)
    yield platformdirs.user_state_path(APP)


def _read(file: Path) -> Emergency | None:
    try:
        with file.open("rb") as page:
            return PAGE.validate_json(page.read(MOST_BYTES))
    except FileNotFoundError:
        return None
    except (OSError, ValidationError) as error:
        log.warning("notebook.unread", file=str(file), error=type(error).__name__)
        return None


def _write(file: Path, page: bytes) -> bool:
    """Write all of it or nothing, for nobody but us."""
    part = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with os.fdopen(os.open(part, flags, 0o600), "wb") as new:
            new.write(page)
        part.replace(file)
    except OSError as error:
        log.info("notebook.unwritten", file=str(file), error=error.strerror)
        return False
    return True
