"""What the mailbox shows of a case: that they were written to, and wrote back."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from watchdog.model import LEADS_TO, CaseState, CaseStep, Mail, MailKind, Missed
from watchdog.model import StepKind as Kind
from watchdog.rules import person

BY_MAILBOX = "mailbox"
"""Who did what we saw there by ourselves."""

AT_ONCE = timedelta(minutes=10)
"""So soon nobody answers what he never got: it is the copy for the visitor, of a
site that sends through the owner's own mailbox."""

SAID = {
    Kind.CONTACTED: "A letter to them lies in the sent folder.",
    Kind.ANSWERED: "A letter from them has come.",
    Kind.REOPENED: "The letter to them came back: it could not be delivered.",
}
"""What each step that we see by ourselves says of itself."""


def counts_from(missed: Missed) -> datetime:
    """Return since when mails count: the inquiry, or the last fresh start.

    That is when a person wanted it on the desk again, or a letter came back.
    """
    fresh = [
        one.done_at
        for one in missed.steps
        if one.kind is Kind.REOPENED
        if one.by != BY_MAILBOX or one.words == SAID[Kind.REOPENED]
    ]
    return max([missed.inquiry.submitted_at, *fresh])


def contacts(
    missed: Missed, mails: Sequence[Mail], letters: Collection[str]
) -> Sequence[CaseStep]:
    """Return the steps that `mails`, oldest first, show of a case under way.

    `letters` are the ids of our drafts for it.  Whoever was written to is contacted;
    whoever then writes has answered, except from the spam folder, where nobody
    reads.  A letter that comes back has reached nobody: the case is open again.
    What no person wrote, as a note of absence, is neither.
    """
    case, address = missed.case, person.same_address(missed.inquiry.email)
    if case.id is None:
        return []
    first = counts_from(missed)
    at_once = missed.inquiry.submitted_at + AT_ONCE
    state, since, known = case.state, case.contacted_at, set(letters)
    steps = []
    for mail in mails:
        if mail.arrived_at <= first:
            continue
        kind = _shows(mail, address, known)
        is_copy = mail.arrived_at <= at_once and mail.message_id not in known
        if kind is Kind.CONTACTED and is_copy:
            continue
        if kind is Kind.CONTACTED:
            known.add(mail.message_id)
        is_early = since is None or mail.arrived_at <= since
        if kind is None or (kind is Kind.ANSWERED and is_early):
            continue
        before, after = LEADS_TO[kind]
        if state in before and state is not CaseState.ANSWERED:
            state, since = after, mail.arrived_at
            steps.append(
                CaseStep(
                    case=case.id,
                    done_at=mail.arrived_at,
                    kind=kind,
                    by=BY_MAILBOX,
                    words=SAID[kind],
                )
            )
    return steps


def _shows(mail: Mail, address: str, letters: Collection[str]) -> Kind | None:
    """Return what one mail shows by itself."""
    is_about_ours = not set(mail.references).isdisjoint(letters)
    if mail.kind is MailKind.BOUNCE:
        return Kind.REOPENED if is_about_ours else None
    is_nobodys = mail.kind is MailKind.OURS or mail.is_automatic
    if is_nobodys or mail.role in {"drafts", "spam"}:
        return None
    if mail.role == "sent":
        is_to_them = _names(mail.recipients, address) or mail.message_id in letters
        return Kind.CONTACTED if is_to_them else None
    if _names([*mail.senders, *mail.repliers], address):
        return Kind.ANSWERED
    return None


def _names(addresses: Sequence[str], address: str) -> bool:
    return bool(address) and address in map(person.same_address, addresses)
