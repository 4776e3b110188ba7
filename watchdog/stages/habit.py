"""How many were probably missed of whom nobody keeps anything, by who wrote before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from watchdog.config import Check
from watchdog.ledger import Ledger
from watchdog.rules.estimate import Estimate, estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class _Habit:
    """When people wrote through one form, as far as we know."""

    written: Sequence[datetime]
    known_from: datetime


async def probably_missed(
    ledger: Ledger,
    checks: Sequence[Check],
    *,
    begin: datetime,
    end: datetime,
    zone: tzinfo,
) -> Estimate | None:
    """Return how many wanted to write through the forms of `checks` in that time.

    By the store, where there is one; else by the mails that came from where our
    own tests come from.  None where too little is known of one of them.
    """
    found = [await _habit(ledger, check, begin) for check in checks]
    habits = [one for one in found if one is not None]
    if not habits or len(habits) < len(found):
        return None
    return estimate(
        [at for habit in habits for at in habit.written],
        known_from=max(habit.known_from for habit in habits),
        begin=begin,
        end=end,
        zone=zone,
    )


async def _habit(ledger: Ledger, check: Check, until: datetime) -> _Habit | None:
    if check.store is None:
        return await _by_mails(ledger, check, until)
    known = await ledger.store_bookmark_of(check.name)
    if known is None:
        return None
    written = await ledger.written_at([check.name], since=known.since, until=until)
    return _Habit(written=written, known_from=known.since)


async def _by_mails(ledger: Ledger, check: Check, until: datetime) -> _Habit | None:
    senders = await ledger.form_senders(check.name)
    bookmarks = (await ledger.mail_bookmarks(check.mailbox)).values()
    # What was never read to its end may lack the newest, and so counts for nothing.
    if not senders or not bookmarks or any(one.read_at is None for one in bookmarks):
        return None
    since = max(one.since for one in bookmarks)
    came = await ledger.came_at(check.mailbox, senders, since=since, until=until)
    # Before the first of them there was no such form, or its mails were deleted.
    return _Habit(written=came, known_from=min(came)) if came else None
