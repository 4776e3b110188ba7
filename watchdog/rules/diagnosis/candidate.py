"""A cause that one rule holds for possible, with what it has to say for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from watchdog.model import Cause, Evidence, Sureness
from watchdog.rules.one_line import beginning

MOST_QUOTED = 300
"""Signs of what a mail host or site has said."""


class Said:
    """A sentence in English with what stands in its places, to be said in any."""

    def __init__(self, english: str, **values: str) -> None:
        self.english = english
        self.values = {name: beginning(v, MOST_QUOTED) for name, v in values.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What one rule found: at most one candidate for each cause."""

    cause: Cause
    sureness: Sureness
    """`proven` or `likely`."""
    words: str
    """An English sentence with places for `values`."""
    values: Mapping[str, str]
    evidence: Evidence = field(default_factory=dict)


def proven(cause: Cause, said: Said, **evidence: str | float | None) -> Candidate:
    """Return a cause that an experiment or an unambiguous statement has shown."""
    return _candidate(cause, Sureness.PROVEN, said, evidence)


def likely(cause: Cause, said: Said, **evidence: str | float | None) -> Candidate:
    """Return a cause that fits what was seen better than others do."""
    return _candidate(cause, Sureness.LIKELY, said, evidence)


def _candidate(
    cause: Cause,
    sureness: Sureness,
    said: Said,
    evidence: Mapping[str, str | float | None],
) -> Candidate:
    return Candidate(
        cause=cause,
        sureness=sureness,
        words=said.english,
        values=said.values,
        evidence={name: value for name, value in evidence.items() if value},
    )
