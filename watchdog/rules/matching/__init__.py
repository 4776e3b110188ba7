"""Which mail is which inquiry's message, and what became of those without one."""

from watchdog.rules.matching.match import match
from watchdog.rules.matching.scope import Scope
from watchdog.rules.matching.traits import traits

__all__ = ["Scope", "match", "traits"]
