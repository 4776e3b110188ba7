"""The recovery desk: a case for each missed inquiry, and what was done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from watchdog.model.inquiry import Inquiry, InquiryId, InquiryStatus

CaseId = NewType("CaseId", int)


class CaseState(StrEnum):
    """How far the owner has come with a missed inquiry."""

    OPEN = "open"
    CONTACTED = "contacted"
    """The owner wrote or called."""
    ANSWERED = "answered"
    """The person wrote back."""
    CLOSED = "closed"
    DISMISSED = "dismissed"
    """Nothing to win back: spam, a duplicate, a mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A missed inquiry on the recovery desk."""

    id: CaseId | None = None
    """None until the ledger has given it a number."""
    inquiry: InquiryId
    state: CaseState = CaseState.OPEN
    opened_at: datetime
    contacted_at: datetime | None = None
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    """When it was closed or dismissed."""


class StepKind(StrEnum):
    """What was done about a case."""

    DRAFTED = "drafted"
    """The first letter was drafted."""
    FOLLOWED_UP = "followed_up"
    """The second letter was drafted, to one who had not answered the first."""
    CONTACTED = "contacted"
    ANSWERED = "answered"
    CLOSED = "closed"
    DISMISSED = "dismissed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStep:
    """One thing that was done about a case, by whom."""

    case: CaseId
    done_at: datetime
    kind: StepKind
    by: str
    """A person's login, or `mailbox` where we saw it there by ourselves."""
    words: str = ""


LEADS_TO: Mapping[StepKind, tuple[frozenset[CaseState], CaseState]] = {
    StepKind.CONTACTED: (frozenset({CaseState.OPEN}), CaseState.CONTACTED),
    StepKind.ANSWERED: (frozenset({CaseState.CONTACTED}), CaseState.ANSWERED),
    StepKind.CLOSED: (
        frozenset({CaseState.OPEN, CaseState.CONTACTED, CaseState.ANSWERED}),
        CaseState.CLOSED,
    ),
    StepKind.DISMISSED: (
        frozenset({CaseState.OPEN, CaseState.CONTACTED, CaseState.ANSWERED}),
        CaseState.DISMISSED,
    ),
    StepKind.REOPENED: (frozenset(CaseState) - {CaseState.OPEN}, CaseState.OPEN),
}
"""From which states a step is taken, and the state it leads to; others change none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """A case together with the inquiry it is about and what was done so far."""

    case: Case
    inquiry: Inquiry
    status: InquiryStatus | None
    mail_message_id: str
    """Of the inquiry's mail, where that lies in a wrong folder; else empty."""
    steps: Sequence[CaseStep]
    """Oldest first."""
