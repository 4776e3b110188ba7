"""How a configuration writes stretches of time, and how often something is due."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, NewType

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema

from watchdog.rules import schedule

CronExpression = NewType("CronExpression", str)

DURATION = re.compile(
    r"(?:(?P<days>\d{1,6})d)?(?:(?P<hours>\d{1,6})h)?"
    r"(?:(?P<minutes>\d{1,6})m)?(?:(?P<seconds>\d{1,6})s)?",
    re.ASCII,
)

CRON_FIELDS = 5
"""Minute to day of week.  A sixth field would count seconds: too often for a form."""


def duration(value: object) -> timedelta:
    """Return what `90s`, `15m`, `2h30m` or `1d` says; raise `ValueError` else."""
    if isinstance(value, timedelta):
        return value
    if isinstance(value, str) and value and (match := DURATION.fullmatch(value)):
        return timedelta(**{unit: int(n) for unit, n in match.groupdict("0").items()})
    raise ValueError(
        'must be a duration with its unit, like "90s", "15m", "2h30m" or "1d"'
    )


def interval(value: object) -> timedelta | CronExpression:
    """Return how often: a duration, or the cron expression that tells the moments."""
    if not isinstance(value, str) or len(value.split()) == 1:
        return duration(value)
    if len(value.split()) != CRON_FIELDS:
        raise ValueError(
            'must be a duration like "1h", or a cron expression of five fields '
            'like "0 8-18 * * MON-FRI"'
        )
    try:
        schedule.Cron(value)
    except ValueError as error:
        raise ValueError(f"is no good cron expression: {error}") from None
    return CronExpression(value)


def written(value: timedelta | CronExpression) -> str:
    """Return `value` as a configuration writes it; the reverse of `interval`."""
    if not isinstance(value, timedelta):
        return value
    rest, parts = value // timedelta(seconds=1), ""
    for unit, seconds in (("d", 86400), ("h", 3600), ("m", 60)):
        count, rest = divmod(rest, seconds)
        parts += f"{count}{unit}" if count else ""
    return parts + f"{rest}s" if rest or not parts else parts


def between(least: str, most: str) -> AfterValidator:
    """Return the bounds of a duration; a cron expression is within all bounds."""

    def bounded(
        value: timedelta | CronExpression,
    ) -> timedelta | CronExpression:
        in_bounds = not isinstance(value, timedelta) or (
            duration(least) <= value <= duration(most)
        )
        if not in_bounds:
            raise ValueError(f"must be between {least} and {most}")
        return value

    return AfterValidator(bounded)


def machine_zone() -> str:
    """Return the name of this machine's time zone, or UTC where it has none.

    /etc/localtime is a link into the time zone database (localtime(5)).
    """
    _, found, name = str(Path("/etc/localtime").resolve()).partition("/zoneinfo/")
    return name if found else "UTC"


Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    PlainSerializer(written),
    WithJsonSchema({"type": "string", "examples": ["90s", "15m", "2h30m", "1d"]}),
]
Interval = Annotated[
    timedelta | CronExpression,
    BeforeValidator(interval),
    PlainSerializer(written),
    WithJsonSchema({"type": "string", "examples": ["1h", "0 8-18 * * MON-FRI"]}),
]
