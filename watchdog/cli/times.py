"""Moments and stretches of time as people read and write them."""

from datetime import UTC, datetime, timedelta

import typer

FORMATS = ["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M%z"]
"""What `--from` and `--until` take: local time, if no zone is named."""


def local(moment: datetime) -> str:
    """Return a moment in local time, with its zone."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M %Z")


def ago(length: timedelta) -> str:
    """Return how long ago something was; the future, by a set clock, is now."""
    from watchdog.rules.cause import span

    days = length // timedelta(days=1)
    if days > 1:
        return f"{days} days ago"
    whole = timedelta(seconds=max(round(length.total_seconds()), 0))
    return f"{span(whole)} ago"


def stamp(moment: datetime | None) -> str | None:
    """Return a moment for scripts: ISO 8601 in UTC."""
    return None if moment is None else moment.astimezone(UTC).isoformat()


def length(text: str) -> timedelta:
    """Return what `2h` or `90m` says, or raise a usage error."""
    from watchdog.config.times import duration

    try:
        return duration(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
