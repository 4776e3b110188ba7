"""Whether alarms are held back just now."""

from collections.abc import Collection, Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from watchdog.model import CheckName, Silence
from watchdog.rules.schedule import Cron, due_beat


def is_silenced(
    checks: Collection[CheckName], silences: Sequence[Silence], *, now: datetime
) -> bool:
    """Tell whether every one of `checks` is in a planned time of silence."""
    running = [silence for silence in silences if is_running(silence, now=now)]
    return bool(checks) and all(
        any(fnmatchcase(check, silence.checks) for silence in running)
        for check in checks
    )


def is_running(silence: Silence, *, now: datetime) -> bool:
    """Tell whether a silence lasts at `now`: it came, perhaps again, and goes on."""
    if now < silence.from_at or (silence.until_at and silence.until_at <= now):
        return False
    if silence.cron is None or silence.lasting is None:
        return True
    try:
        came_at = due_beat("", Cron(silence.cron, silence.timezone), now)
    except ValueError:
        # Nobody knows any more when it should come, as when a time zone was
        # renamed: what we do not understand must hold no alarm back.
        return False
    return came_at >= silence.from_at and now < came_at + silence.lasting
