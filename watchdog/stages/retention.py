"""Forget what has been kept for as long as the owner wants it."""

from collections.abc import Callable
from datetime import datetime

from watchdog.ledger import Ledger

FORGOTTEN = 200
"""Rows forgotten in one step, while nobody else can write."""


async def forget_old(
    ledger: Ledger, before: datetime, *, goes_on: Callable[[], bool]
) -> None:
    """Forget all that is older, in small steps, for as long as `goes_on` says.

    It is asked after each step.
    """
    for forget in (ledger.forget, ledger.forget_inquiries, ledger.forget_mails):
        while await forget(before, most=FORGOTTEN):
            if not goes_on():
                return
