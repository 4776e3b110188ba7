"""When an entry was written, whatever its system calls a time."""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from probes.stores.stamps import parsed

MOST_HOURS = 15
"""No place on earth is further from UTC."""


def moment(value: object, zone: tzinfo) -> datetime:
    """Return the time that a database says, in UTC; one without a zone is in `zone`.

    In the hour that the end of summer time repeats, it is the first of the two.
    Raises `ValueError`, as for MySQL's 0000-00-00.
    """
    match value:
        case datetime():
            aware = value if value.tzinfo else value.replace(tzinfo=zone)
            return aware.astimezone(UTC)
        case bool() | None:
            raise ValueError("is none")
        case int() | float() | Decimal():
            return parsed(str(int(value)), zone=UTC)
        case _:
            return parsed(str(value), zone=zone)


def site_zone(name: str | None, offset: str | None) -> tzinfo:
    """Return the zone that WordPress's options say: a place's, else hours from UTC.

    `gmt_offset` may be a fraction, and counts only where `timezone_string` is empty
    (https://developer.wordpress.org/reference/functions/wp_timezone_string/).
    """
    if name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    try:
        hours = float(offset or 0)
    except ValueError:
        return UTC
    if not -MOST_HOURS <= hours <= MOST_HOURS:
        return UTC
    return timezone(timedelta(hours=hours))
