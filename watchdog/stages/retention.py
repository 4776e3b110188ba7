"""Forget what has been kept for as long as the owner wants it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from watchdog.ledger import Ledger

FORGOTTEN = 200
"""Rows forgotten in one step, while nobody else can write."""
IN_PASSING = 1000
"""Rows of each kind, where a pass of every stage has time for one step."""

Forget = Callable[..., Awaitable[int]]


async def forget_old(
    ledger: Ledger, before: datetime, *, goes_on: Callable[[], bool]
) -> None:
    """Forget all that is older, in small steps, for as long as `goes_on` says.

    It is asked after each step.
    """
    for forget in _kinds(ledger):
        while await forget(before, most=FORGOTTEN):
            if not goes_on():
                return


async def forget_some(ledger: Ledger, before: datetime) -> None:
    """Forget some of all that is older, in one step of each kind."""
    for forget in _kinds(ledger):
        await forget(before, most=IN_PASSING)


def _kinds(ledger: Ledger) -> Sequence[Forget]:
    return ledger.forget, ledger.forget_inquiries, ledger.forget_mails
