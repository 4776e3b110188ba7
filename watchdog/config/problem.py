"""What is wrong with a configuration, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from watchdog.errors import Unusable


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend."""

    file: Path
    line: int | None
    """From 1; None where the whole file is meant."""
    key: str
    """The part of the file, as `check "Riverside"`; empty for the file itself."""
    sentence: str
    """What is wrong, and what to write instead; never the value of a secret."""

    def __str__(self) -> str:
        line = f"{self.line}:" if self.line else ""
        key = f" {self.key}:" if self.key else ""
        return f"{self.file}:{line}{key} {self.sentence}"


class ConfigError(Unusable):
    """A configuration that cannot be used, with everything that is wrong with it."""

    def __init__(self, problems: Sequence[Problem], /) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)
