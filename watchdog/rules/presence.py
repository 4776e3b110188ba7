"""Who watches just now, by the signs of life of all daemons on one ledger."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from watchdog.model import SCHEDULE, Presence

SILENT_AFTER = timedelta(minutes=2)
"""A daemon of which nothing was heard for so long does not run any more."""
RARE_AFTER = timedelta(minutes=10)
"""As `SILENT_AFTER`, where a timer starts us every few minutes."""


def lives(presence: Presence, *, now: datetime) -> bool:
    """Tell whether a daemon lives, by its last sign.

    Also where a clock was ahead: a sign of life to come is none.
    """
    silence = abs(now - presence.seen_at)
    return presence.stopped_at is None and silence <= _patience(presence)


def who_watches(presences: Sequence[Presence], *, now: datetime) -> Presence | None:
    """Return who watches, in the trouble of all who do; or who was heard of last.

    `presences` come the newest sign of life first.  One of a time to come hides no
    other.  That one of several has died is trouble, too, until somebody is started
    anew: whoever wants two of them must not believe that there are two.
    """
    past = [one for one in presences if one.seen_at <= now + SILENT_AFTER]
    living = [one for one in past if lives(one, now=now)]
    if not living:
        return next(iter([*past, *presences]), None)
    begun_at = max(one.started_at for one in past)
    dead = [
        f"The daemon {one.daemon} died, and none was started since."
        for one in past
        if one.stopped_at is None and one not in living and one.seen_at > begun_at
    ]
    troubles = dict.fromkeys(one.trouble for one in living if one.trouble)
    return replace(living[0], trouble=" ".join([*troubles, *dead]))


def _patience(presence: Presence) -> timedelta:
    return RARE_AFTER if presence.daemon == SCHEDULE else SILENT_AFTER
