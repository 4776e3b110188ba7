"""What became of the reply to a submission's visitor, told with the verdict."""

from datetime import datetime, timedelta

from watchdog.ledger import Ledger
from watchdog.model import Verdict
from watchdog.rules.replies import state_of, with_reply
from watchdog.rules.verdict import PATIENCE


async def with_its_reply(
    ledger: Ledger, verdict: Verdict, *, now: datetime, patience: timedelta = PATIENCE
) -> Verdict:
    """Return a verdict whose evidence tells of the reply, too, if there is to be one.

    Only what is shown: the ledger keeps both apart, for a reply may come later.
    """
    expected = await ledger.expected_reply(verdict.marker)
    if expected is None:
        return verdict
    state = state_of(expected, now=now, patience=patience)
    return with_reply(verdict, expected, state)
