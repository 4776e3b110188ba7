"""How far the desk has come: who was missed, who was written to, and how soon."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from watchdog.model import CaseState, Missed


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The desk in figures."""

    missed: int
    waiting: int
    contacted: int
    """Whoever was written to or called, also where the case is closed by now."""
    answered: int
    """Of those, the ones that wrote back."""
    dismissed: int
    found: int
    """Closed without a letter: mostly since their message came after all."""
    times: Sequence[timedelta]
    """From each inquiry to its first contact, the shortest first."""
    longest_waiting: Missed | None

    @property
    def median_time(self) -> timedelta | None:
        """How long half of those who were contacted waited at most."""
        seconds = [time.total_seconds() for time in self.times]
        return timedelta(seconds=median(seconds)) if seconds else None

    @property
    def longest_time(self) -> timedelta | None:
        """How long the one waited who waited longest, of those contacted."""
        return self.times[-1] if self.times else None


def report(cases: Sequence[Missed]) -> Report:
    """Return the figures of these cases."""
    states = Counter(missed.case.state for missed in cases)
    contacted = [one for one in cases if one.case.contacted_at]
    waiting = [one for one in cases if one.case.state is CaseState.OPEN]
    closed = [one for one in cases if one.case.state is CaseState.CLOSED]
    return Report(
        missed=len(cases),
        waiting=len(waiting),
        contacted=len(contacted),
        answered=sum(one.case.answered_at is not None for one in cases),
        dismissed=states[CaseState.DISMISSED],
        found=sum(one.case.contacted_at is None for one in closed),
        times=sorted(_time(one, one.case.contacted_at) for one in contacted),
        longest_waiting=min(
            waiting, key=lambda one: one.inquiry.submitted_at, default=None
        ),
    )


def _time(missed: Missed, contacted_at: datetime | None) -> timedelta:
    """Return the time to contact; one that a wrong clock makes negative is none."""
    submitted_at = missed.inquiry.submitted_at
    return max((contacted_at or submitted_at) - submitted_at, timedelta())
