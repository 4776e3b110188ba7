"""When a check's next message is due.

A check has a grid of beats that follows from its name and its `every` alone, so
that every daemon and every worker reckons the same beat without asking another.
At most one message goes out at a beat: the ledger's claim on it is unique.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import dropwhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

SPARING = timedelta(minutes=1)
"""By schedule, no form is written to more often than this."""

LONGEST_FOLD = timedelta(hours=3)
"""More than any clock is put back in autumn (2 hours: Antarctica/Troll)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A beat every so often, at an offset that the check's name decides."""

    length: timedelta

    def __post_init__(self) -> None:
        if self.length < SPARING:
            raise ValueError("the shortest interval is one minute")


@dataclass(frozen=True, slots=True)
class Cron:
    """Beats at the times of a cron expression, on the clocks of a time zone.

    Where clocks are put forward, a beat in the hour that does not exist comes
    at its end; where they are put back, a beat in the hour that comes twice
    comes the first time only, as in Debian's cron.  `*` hours or minutes go by
    the true time instead.
    """

    expression: str
    timezone: str = "UTC"

    def __post_init__(self) -> None:
        if len(self.expression.split()) != len(("min", "hour", "dom", "mon", "dow")):
            raise ValueError(f"“{self.expression}” does not have the five cron fields")
        try:
            next(CronSim(self.expression, EPOCH.astimezone(self.zone)))
        except CronSimError as error:
            raise ValueError(f"“{self.expression}”: {error}") from error
        except StopIteration:
            raise ValueError(f"“{self.expression}” never comes") from None

    @property
    def zone(self) -> ZoneInfo:
        """The time zone itself."""
        try:
            return ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError(f"there is no time zone “{self.timezone}”") from error


Every = Interval | Cron
"""How often a check has a beat."""


def due_beat(name: str, every: Every, now: datetime) -> datetime:
    """Return the newest beat of the check `name` that is not after `now`."""
    match every:
        case Interval(length):
            offset = _offset(name, length)
            return EPOCH + offset + (now - EPOCH - offset) // length * length
        case Cron(expression):
            local = now.astimezone(every.zone)
            # In the hour that comes twice, its first half hour may lie behind
            # us though the clock shows less: start where clocks are single.
            ahead = LONGEST_FOLD if local.fold else timedelta(seconds=1)
            start = (now + ahead).replace(microsecond=0).astimezone(every.zone)
            beats = map(_utc, CronSim(expression, start, reverse=True))
            return next(dropwhile(lambda beat: beat > now, beats))


def next_beat(name: str, every: Every, now: datetime) -> datetime:
    """Return the first beat of the check `name` that is after `now`."""
    match every:
        case Interval(length):
            return due_beat(name, every, now) + length
        case Cron(expression):
            beats = map(_utc, CronSim(expression, now.astimezone(every.zone)))
            # In the hour that comes twice, a beat of its first time is past.
            beat = next(dropwhile(lambda beat: beat <= now, beats))
            # Where half an hour comes twice, only the way back meets all beats.
            newest = due_beat(name, every, beat - timedelta(microseconds=1))
            return newest if newest > now else beat


def beat_to_claim(
    name: str,
    every: Every,
    now: datetime,
    *,
    claimed: datetime | None,
    grace: timedelta,
    retry_at: datetime | None = None,
) -> datetime | None:
    """Return the one beat at which a message is due now, or None.

    `claimed` is the newest beat that this check has had: nothing before it is
    ever due again, though the clock be set back.  After a pause only the newest
    beat counts, and not even that if it is older than `grace`: what was missed
    is not caught up.  `retry_at` adds a beat of its own, once it has come: the
    second look soon after a bad verdict.
    """
    beat = due_beat(name, every, now)
    if retry_at is not None and beat < retry_at <= now:
        beat = retry_at
    if claimed is not None and beat < claimed + SPARING:
        return None
    return beat if now - beat <= grace else None


def _offset(name: str, length: timedelta) -> timedelta:
    """Return where in the interval `name` has its place: stable, evenly spread."""
    place = int.from_bytes(sha256(name.encode()).digest()[:8], "big")
    return timedelta(microseconds=place * (length // timedelta(microseconds=1)) >> 64)


def _utc(beat: datetime) -> datetime:
    return beat.astimezone(UTC)
