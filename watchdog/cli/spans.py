"""Stretches of time as people write them: `3d`, a date, a moment."""

from datetime import UTC, datetime, timedelta

import typer

FORMATS = (
    "%Y-%m-%dT%H:%M:%S.%f%z",
    "%Y-%m-%dT%H:%M:%S%z",
    "%Y-%m-%dT%H:%M%z",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M:%S",
    "%Y-%m-%d %H:%M",
)
DAY = timedelta(days=1)


def begin(text: str) -> datetime:
    """Return the moment that `--since` names, or raise a usage error.

    A length of time is counted back from now; a date begins at midnight.
    """
    return _moment(text, whole_day=False)


def end(text: str) -> datetime:
    """Return the moment before which `--until` ends; a date is meant with its day."""
    return _moment(text, whole_day=True)


def _moment(text: str, *, whole_day: bool) -> datetime:
    try:
        if day := _read(text, "%Y-%m-%d"):
            # Added before the zone is known: some days have 23 hours.
            return (day + DAY if whole_day else day).astimezone(UTC)
        for form in FORMATS:
            if moment := _read(text, form):
                return moment.astimezone(UTC)
        from watchdog.config.times import duration

        return datetime.now(UTC) - duration(text)
    except (ValueError, OverflowError):
        raise typer.BadParameter(
            f"`{text}` is no time: write 3d, 2026-05-04, or 2026-05-04T10:30"
        ) from None


def _read(text: str, form: str) -> datetime | None:
    """Return what is written so; local, unless it names its zone."""
    try:
        return datetime.strptime(text, form)  # noqa: DTZ007  local time is meant
    except ValueError:
        return None
