"""Read a configuration file: a `Config`, or everything that is wrong with it."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from probes.origin import Origin
from watchdog.config.lines import Key, lines_of
from watchdog.config.model import Config
from watchdog.config.names import Fault, wrong_names
from watchdog.config.problem import ConfigError, Problem
from watchdog.config.wording import faults_of, name_of

MOST_BYTES = 16 * 1024 * 1024
"""Thousands of checks fit; what is longer is no configuration."""

POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


def load(path: Path) -> Config:
    """Return the configuration in `path`, or raise `ConfigError`.

    Its secrets are looked for, not fetched; its relative paths are resolved.
    """
    return parse(_read(path), path)


def load_without_secrets(path: Path) -> Config:
    """Return the configuration in `path` for those who need none of its secrets.

    Whoever asks how things stand may not be the user who may read them.
    """
    return parse(_read(path), path, looks_for_secrets=False)


def parse(text: str, path: Path, *, looks_for_secrets: bool = True) -> Config:
    """Return the configuration that `text` holds, as if it stood in `path`."""
    origin = Origin(folder=path.absolute().parent, looks_for_secrets=looks_for_secrets)
    try:
        document = tomllib.loads(text)
        lines = lines_of(text)
    except tomllib.TOMLDecodeError as error:
        raise _error(path, *_syntax(str(error), text)) from None
    except ValueError:
        # A number of thousands of digits: int() itself refuses it (CVE-2020-10735).
        raise _error(path, "holds a number that is far too long") from None
    except RecursionError:
        raise _error(path, "is nested far too deeply") from None
    faults = list(wrong_names(document))
    try:
        config = Config.model_validate(document, context=origin)
    except ValidationError as error:
        faults += faults_of(error, document)
    if faults:
        problems = [_problem(fault, document, lines, path) for fault in faults]
        raise ConfigError(sorted(problems, key=lambda problem: problem.line or 0))
    return config


def _read(path: Path) -> str:
    """Return the text of `path`, whatever byte order mark begins it."""
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise _error(path, "there is no such file") from None
    except IsADirectoryError:
        raise _error(path, "is a folder, not a file") from None
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or "this is no name of a file"
        raise _error(path, f"cannot be read: {words}") from None
    if len(raw) > MOST_BYTES:
        raise _error(path, "is longer than 16 MB: this is no configuration")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _error(path, "is not written in UTF-8", line) from None


def _syntax(words: str, text: str) -> tuple[str, int]:
    """Return tomllib's complaint in a sentence, and its line."""
    line = text.count("\n") + 1
    column = ""
    if (position := POSITION.search(words)) and position[1]:
        line, column = int(position[1]), f" (column {position[2]})"
    return f"this is not TOML: {POSITION.sub('', words)}{column}", line


def _error(path: Path, sentence: str, line: int | None = None) -> ConfigError:
    return ConfigError([Problem(file=path, line=line, key="", sentence=sentence)])


def _problem(
    fault: Fault, document: Mapping[str, Any], lines: Mapping[Key, int], path: Path
) -> Problem:
    """Return `fault` with the line of its key, or of the table that lacks it."""
    key = fault.key
    while key and key not in lines:
        key = key[:-1]
    part, rest = name_of(fault.key, document)
    sentence = f"`{rest}` {fault.sentence}" if rest else fault.sentence
    return Problem(file=path, line=lines.get(key), key=part, sentence=sentence)
