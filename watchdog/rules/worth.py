"""To whom is it worth writing first?  An ordering of the missed inquiries."""

from collections.abc import Sequence
from typing import NamedTuple

from watchdog.model import Inquiry

REAL_TEXT = 20
"""Signs of a message that somebody took the trouble to write."""


class Worth(NamedTuple):
    """What makes one inquiry more valuable than another, weightiest first.

    Fresh ones come before old ones: who is answered within the hour is far more
    likely to become a customer than who is answered a day later (Oldroyd and
    others, "The Short Life of Online Sales Leads", Harvard Business Review 2011).
    """

    wanted: int
    """How many of the owner's keywords and fields it has."""
    is_reachable: bool
    has_text: bool
    is_likely_real: bool
    freshness: float
    """Seconds since 1970 when it was written."""


def worth(
    inquiry: Inquiry, keywords: Sequence[str], fields: Sequence[str] = ()
) -> Worth:
    """Return what an inquiry is worth: the most valuable is the greatest.

    A keyword counts wherever it stands in what was filled in, a field where
    anything was filled in; case makes no difference.
    """
    filled = {
        label.casefold().strip(): value
        for label, value in inquiry.fields.items()
        if value.strip()
    }
    said = "\n".join((inquiry.subject, inquiry.message, *filled.values())).casefold()
    found = sum(word.casefold() in said for word in keywords)
    given = sum(field.casefold().strip() in filled for field in fields)
    return Worth(
        wanted=found + given,
        is_reachable=bool(inquiry.email.strip() or inquiry.phone.strip()),
        has_text=len(inquiry.message.strip()) >= REAL_TEXT,
        is_likely_real=not inquiry.is_spam,
        freshness=inquiry.submitted_at.timestamp(),
    )
