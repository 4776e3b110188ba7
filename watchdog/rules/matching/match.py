"""Which mail is which inquiry's message."""

from collections.abc import Mapping, Sequence

from watchdog.model import (
    Certainty,
    CheckName,
    Finding,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
)
from watchdog.rules.matching.scope import Scope
from watchdog.rules.matching.traits import traits


def match(
    inquiries: Sequence[Inquiry],
    mails: Sequence[Mail],
    scopes: Mapping[CheckName, Scope],
) -> Mapping[InquiryId, Finding]:
    """Return what became of each of `inquiries`, which have their ids."""
    del scopes
    found: dict[InquiryId, Finding] = {}
    left = sorted(mails, key=lambda mail: (mail.arrived_at, mail.uid))
    for inquiry in sorted(inquiries, key=lambda one: (one.submitted_at, one.entry)):
        if inquiry.id is None:
            continue
        words = set(traits(inquiry.message))
        mail = next((one for one in left if words <= set(one.traits)), None)
        if mail is not None:
            left.remove(mail)
        found[inquiry.id] = Finding(
            status=InquiryStatus.ARRIVED if mail else InquiryStatus.MISSING,
            certainty=Certainty.POSSIBLE,
            evidence={},
            mail=mail.id if mail else None,
        )
    return found
