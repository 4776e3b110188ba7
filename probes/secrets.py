"""Secrets: named in the configuration, kept elsewhere, printed nowhere."""

import asyncio
import os
import re
import shlex
import signal
import stat
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

from probes.errors import Refused
from probes.origin import Origin, ResolvedPath

SECONDS = 10
"""A command must have told its secret by then."""

MOST_BYTES = 64 * 1024
"""No password or token is longer: whatever is, was named by mistake."""

ENV_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)

OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


def _argv(command: object) -> object:
    """Split a command written as one text as a shell would; no shell runs it."""
    if not isinstance(command, str):
        return command
    try:
        return tuple(shlex.split(command))
    except ValueError:
        raise ValueError("has a quotation mark without its partner") from None


class Secret(BaseModel):
    """Where a secret is kept: exactly one of the four."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
        defer_build=True,  # it is built as a part of the settings that hold it
    )

    env: str | None = None
    """An environment variable."""
    file: ResolvedPath | None = None
    """A file that only its owner may read; a newline at its end does not count."""
    credential: str | None = None
    """A systemd credential (`LoadCredential=`)."""
    command: Annotated[
        tuple[str, ...] | None,
        BeforeValidator(_argv, json_schema_input_type=str | list[str] | None),
        Field(repr=False),
    ] = None
    """A command that prints it, as a list, or as one text; run without a shell."""

    @model_validator(mode="before")
    @classmethod
    def _named_not_written(cls, value: Any) -> Any:  # noqa: ANN401  what a file may hold
        # The value may be the secret itself, so it must not reach any message.
        if not isinstance(value, dict | Secret):
            raise PydanticCustomError("literal_secret", "is a secret")
        return value

    @model_validator(mode="after")
    def _exactly_one(self, info: ValidationInfo) -> Self:
        ways = (self.env, self.file, self.credential, self.command)
        if sum(way is not None for way in ways) != 1:
            raise ValueError("takes exactly one of env, file, credential and command")
        is_sought = isinstance(info.context, Origin) and info.context.looks_for_secrets
        if is_sought and (problem := self.problem()):
            raise ValueError(problem)
        return self

    def problem(self) -> str | None:
        """Return why the secret cannot be had now, as far as a glance tells.

        A command is not run for it.
        """
        if self.env is not None:
            return _problem_of_variable(self.env)
        if self.credential is not None:
            return _problem_of_credential(self.credential)
        if self.file is not None:
            return _problem_of_file(self.file)
        return None if self.command else "names an empty command"

    async def reveal(self, *, seconds: float = SECONDS) -> str:
        """Return the secret itself, or raise `Refused` with what to mend.

        A command has that many seconds.
        """
        if problem := self.problem():
            raise Refused(f"A secret {problem}.")
        if self.env is not None:
            return _checked(os.environb[os.fsencode(self.env)], "environment variable")
        if self.credential is not None:
            path = _credentials() / self.credential
            return _checked(await asyncio.to_thread(_read, path), "credential")
        if self.file is not None:
            return _checked(await asyncio.to_thread(_read, self.file), "file")
        return _checked(await _output(self.command or (), seconds), "command's output")


def _problem_of_variable(name: str) -> str | None:
    if not ENV_NAME.fullmatch(name):
        return "wants the name of an environment variable in `env`, not the secret"
    if not os.environ.get(name):
        return f"is to come from the environment variable {name}, which is not set"
    return None


def _problem_of_credential(name: str) -> str | None:
    if "CREDENTIALS_DIRECTORY" not in os.environ:
        return "is a systemd credential, but systemd gave us none (LoadCredential=)"
    if name in {"", ".", ".."} or "/" in name or "\0" in name:
        return "wants the plain name of a systemd credential"
    return _problem_of_file(_credentials() / name)


def _problem_of_file(path: Path) -> str | None:
    try:
        state = path.stat()
    except (OSError, ValueError) as error:
        return f"cannot be read from the file {path}: {_words(error)}"
    if not stat.S_ISREG(state.st_mode):
        return f"is to come from {path}, which is no file"
    # systemd guards its folder itself, and its files may look open to all.
    if state.st_mode & OTHERS_MAY and not _is_credential(path):
        return f"lies open to others in {path}: run chmod 600 on it"
    if not os.access(path, os.R_OK):
        return f"cannot be read from the file {path}: we may not read it"
    return None


def _credentials() -> Path:
    return Path(os.environ["CREDENTIALS_DIRECTORY"])


def _is_credential(path: Path) -> bool:
    if "CREDENTIALS_DIRECTORY" not in os.environ:
        return False
    return path.resolve().is_relative_to(_credentials().resolve())


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Refused(
            f"A secret cannot be read from the file {path}: {_words(error)}."
        ) from None


async def _output(argv: tuple[str, ...], seconds: float) -> bytes:
    """Run `argv` for a moment and return what it prints, up to the bound."""
    try:
        process = await asyncio.create_subprocess_exec(
            *argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        raise Refused(
            f"The command for a secret cannot be started: {_words(error)}."
        ) from None
    assert process.stdout is not None  # noqa: S101  asked for above
    try:
        async with asyncio.timeout(seconds):
            output = await _bounded(process.stdout)
            code = await process.wait()
    except TimeoutError:
        raise Refused(
            f"The command for a secret did not end within {seconds:g} seconds."
        ) from None
    finally:
        # What it started may live on and hold the pipe: the whole group goes.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
    if code != 0:
        raise Refused(f"The command for a secret failed with exit code {code}.")
    return output


async def _bounded(stream: asyncio.StreamReader) -> bytes:
    output = b""
    while chunk := await stream.read(MOST_BYTES):
        output += chunk
        if len(output) > MOST_BYTES:
            raise Refused("The command for a secret prints far too much.")
    return output


def _checked(raw: bytes, source: str) -> str:
    """Return the one line of text in `raw`, whatever newline ends it."""
    if len(raw) > MOST_BYTES:
        raise Refused(f"A secret's {source} is far too long to be a secret.")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Refused(f"A secret's {source} is not text in UTF-8.") from None
    text = text.removesuffix("\n").removesuffix("\r")
    if not text:
        raise Refused(f"A secret's {source} is empty.")
    # A line break in a password would begin a command of its own on the wire.
    if not text.isprintable():
        raise Refused(f"A secret's {source} must be a single line of text.")
    return text


def _words(error: OSError | ValueError) -> str:
    """Return the system's reason without the value that it may quote."""
    return getattr(error, "strerror", None) or "the name is not valid"
