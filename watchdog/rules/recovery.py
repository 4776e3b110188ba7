"""What comes next for somebody who was missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watchdog.model import CaseState, CaseStep, Missed, StepKind
from watchdog.rules import person


class Next(StrEnum):
    """What the owner can do next about a case."""

    WRITE = "write"
    CALL = "call"
    SEEK = "seek"
    """There is no way to reach them in what they filled in."""
    SEND = "send"
    """A letter lies in the drafts."""
    WAIT = "wait"
    FOLLOW_UP = "follow_up"
    READ = "read"
    """They have written back."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long the owner wants to wait."""

    follow_up_after: timedelta
    close_after: timedelta


def next_of(missed: Missed, patience: Patience, *, now: datetime) -> Next:
    """Return what comes next."""
    kinds = {step.kind for step in since_reopened(missed)}
    match missed.case.state:
        case CaseState.CLOSED | CaseState.DISMISSED:
            return Next.NOTHING
        case CaseState.ANSWERED:
            return Next.READ
        case CaseState.CONTACTED:
            contacted_at = missed.case.contacted_at or missed.case.opened_at
            is_due = now - contacted_at >= patience.follow_up_after
            is_first = StepKind.FOLLOWED_UP not in kinds
            can_write = bool(person.address_of(missed.inquiry.email))
            return Next.FOLLOW_UP if is_due and is_first and can_write else Next.WAIT
        case CaseState.OPEN:
            return Next.SEND if StepKind.DRAFTED in kinds else way_to(missed)


def way_to(missed: Missed) -> Next:
    """Return how to reach the person: by letter, if there is any address."""
    if person.address_of(missed.inquiry.email):
        return Next.WRITE
    return Next.CALL if person.same_number(missed.inquiry.phone) else Next.SEEK


def is_spent(missed: Missed, patience: Patience, *, now: datetime) -> bool:
    """Return whether nothing more is to be expected of a case that nobody closes.

    Never of one that is open: somebody waits.
    """
    case = missed.case
    if case.state not in {CaseState.CONTACTED, CaseState.ANSWERED}:
        return False
    moved_at = [step.done_at for step in missed.steps]
    return now - max(moved_at, default=case.opened_at) >= patience.close_after


def since_reopened(missed: Missed) -> Sequence[CaseStep]:
    """Return the steps since the case was last put on the desk again."""
    kinds = [step.kind for step in missed.steps]
    if StepKind.REOPENED not in kinds:
        return missed.steps
    return missed.steps[len(kinds) - kinds[::-1].index(StepKind.REOPENED) :]
