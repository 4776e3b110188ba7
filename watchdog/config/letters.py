"""The letters to those who were missed: the owner's own templates, or ours."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from watchdog.config.model import Config
from watchdog.config.problem import ConfigError, Problem
from watchdog.model import StepKind
from watchdog.rules.template import LetterTemplate, TemplateFault, parse

MOST_BYTES = 64 * 1024
"""Of a template."""

OURS: Mapping[StepKind, str] = {
    StepKind.DRAFTED: "letter",
    StepKind.FOLLOWED_UP: "follow-up",
}


def letter_template(config: Config, kind: StepKind) -> LetterTemplate:
    """Return the template of the first letter, or of the second.

    Raise `ConfigError` with the file and the line where the owner's own is no good.
    """
    recovery = config.recovery
    own = recovery.letter if kind is StepKind.DRAFTED else recovery.follow_up_letter
    if own is None:
        name = f"{OURS[kind]}.{config.watchdog.language}.txt"
        file = files("watchdog.config") / "templates" / name
        return parse(file.read_text("utf-8"))
    try:
        return parse(_read(own))
    except TemplateFault as fault:
        raise _error(own, fault.sentence, fault.line) from None


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise _error(path, "is longer than 64 KB: this is no letter", None)
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise _error(path, f"cannot be read: {error.strerror}", None) from None
    except UnicodeDecodeError:
        raise _error(path, "is not written in UTF-8", None) from None


def _error(path: Path, sentence: str, line: int | None) -> ConfigError:
    return ConfigError([Problem(file=path, line=line, key="", sentence=sentence)])
