"""The evidence of a finding, in words that its owner understands."""

from collections.abc import Iterator, Sequence

from watchdog.model import Evidence, Mail, MailKind
from watchdog.rules.matching.assignment import Held
from watchdog.rules.matching.claim import ALIKE, Claim
from watchdog.rules.matching.decision import MINUTE


def of_mail(held: Held, mail: Mail, *, rivals: Sequence[str], shift: float) -> Evidence:
    """Return what connects an inquiry with `mail`, and where that lies."""
    return {
        "because": [*_reasons(held), *_clock(shift)],
        "folder": mail.folder,
        "minutes_after": round(held.after / MINUTE, 1),
        "words_percent": round(100 * held.claim.likeness),
        "rivals": list(rivals),
    }


def _reasons(held: Held) -> Iterator[str]:
    claim = held.claim
    if not claim.piece.lies_with_owner:
        yield "The owner's answer to it is in the Sent folder."
    elif claim.piece.kind is MailKind.ANSWER:
        yield "It is there only as somebody forwarded or answered it."
    points = (*_numbers(claim), *_people(claim))
    yield from points
    if claim.likeness >= ALIKE:
        yield f"{round(100 * claim.likeness)} % of the words are the same."
    elif points:
        yield "What the person wrote is not in it."
    else:
        yield "Nothing in it tells whose it is: only the time fits."


def _numbers(claim: Claim) -> Iterator[str]:
    entry = claim.sought.inquiry.entry
    if claim.in_subject:
        yield f"The subject names entry {entry}."
    elif claim.in_text:
        yield f"The mail names entry {entry}."


def _people(claim: Claim) -> Iterator[str]:
    if claim.answers_to:
        yield "Reply-To is the person's address."
    elif claim.is_from:
        yield "It comes from the person's address."
    elif claim.has_address:
        yield "The person's address is in it."
    if claim.has_phone:
        yield "The telephone number is in it."
    if claim.has_name:
        yield "The name is in it."


def _clock(shift: float) -> Iterator[str]:
    if shift:
        way = "behind" if shift > 0 else "ahead of"
        minutes = round(abs(shift) / MINUTE)
        yield f"The site's clock seems to be {minutes} minutes {way} the mail host's."
