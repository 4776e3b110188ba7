"""Cases made by hand: complete, so that a test names only what it is about."""

from dataclasses import replace
from typing import Any

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after
from watchdog.model import (
    Case,
    CaseId,
    CaseState,
    CaseStep,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
    Missed,
    StepKind,
)

ANNA = "anna@example.org"
TEXT = "Do you take photographs at weddings in October?"


def inquiry(number: int = 1, **changes: Any) -> Inquiry:
    """Return Anna's inquiry of noon."""
    fact = Inquiry(
        id=InquiryId(number),
        check=RIVERSIDE,
        entry=str(number),
        submitted_at=NOON,
        name="Anna Probe",
        email=ANNA,
        message=TEXT,
    )
    return replace(fact, **changes)


def step(kind: StepKind, number: int = 1, **changes: Any) -> CaseStep:
    """Return a step that Ann took an hour later."""
    fact = CaseStep(
        case=CaseId(number), done_at=after(hours=1), kind=kind, by="ann", words=""
    )
    return replace(fact, **changes)


def missed(
    number: int = 1,
    *steps: CaseStep,
    state: CaseState = CaseState.OPEN,
    message_id: str = "",
    **changes: Any,
) -> Missed:
    """Return a case of Anna's, found half an hour later; `changes` are the inquiry's.

    Whoever is contacted was so an hour later.
    """
    is_reached = state in {CaseState.CONTACTED, CaseState.ANSWERED}
    return Missed(
        case=Case(
            id=CaseId(number),
            inquiry=InquiryId(number),
            state=state,
            opened_at=after(minutes=30),
            contacted_at=after(hours=1) if is_reached else None,
        ),
        inquiry=inquiry(number, **changes),
        status=InquiryStatus.MISSING,
        mail_message_id=message_id,
        steps=steps,
    )


def mail(role: str = "inbox", **changes: Any) -> Mail:
    """Return a mail of two hours later, from nobody to nobody."""
    fact = Mail(
        mailbox=OFFICE,
        folder=role.capitalize(),
        role=role,
        validity=1,
        uid=1,
        arrived_at=after(hours=2),
        seen_at=after(hours=2),
    )
    return replace(fact, **changes)
