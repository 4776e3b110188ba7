"""When is it that a stamp in a store names?  Pure; what is not sure is refused.

Understood are ISO 8601, RFC 2822, seconds and milliseconds since 1970, and what
exports write: 2026-07-01 14:00, 1.7.2026 14:00, 7/13/2026 2:00 pm, July 1, 2026 14:00.
"""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Literal

Order = Literal["day-first", "month-first"]

MOST_CHARS = 80
EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<milli>\d{3})?(?:\.\d{1,9})?", re.ASCII)
HAS_TIME = re.compile(r"\d[T ]\d\d", re.ASCII | re.IGNORECASE)
DAYS = (
    r"(?P<year>\d{4})[-/.](?P<month>\d\d?)[-/.](?P<day>\d\d?)",
    r"(?P<day>\d\d?)\. ?(?P<month>\d\d?)\. ?(?P<year>\d{4}|\d\d)",
    r"(?P<one>\d\d?)(?P<cut>[-/])(?P<two>\d\d?)(?P=cut)(?P<year>\d{4}|\d\d)",
    r"(?P<name>[a-z]{3,9})\.? (?P<day>\d\d?)(?:[nr]d|st|th)?,? (?P<year>\d{4})",
    r"(?P<day>\d\d?)[- /](?P<name>[a-z]{3,9})\.?[- /](?P<year>\d{4})",
)
TIME = (
    r"(?:,? (?:at )?|t)(?P<hour>\d\d?):(?P<minute>\d\d)"
    r"(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)? ?(?P<half>[ap])?(?:\.?m\.?)?"
    r" ?(?:uhr)? ?(?P<zone>z|utc|gmt|[-+]\d\d(?::?\d\d)?)?(?: ?\([a-z]{1,9}\))?"
)
FORMS = tuple(
    re.compile(rf"(?:[a-z]{{3,9}}\.?,? )?{day}{TIME}", re.ASCII) for day in DAYS
)
MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
MONTHS_OF_A_YEAR = 12
LAST_OF_TWO_DIGITS = 99


def parsed(text: str, *, zone: tzinfo, order: Order | None = None) -> datetime:
    """Return the time that `text` names, in UTC; one without a zone is in `zone`.

    Raises `ValueError` with what is wrong with it, to be read after the stamp's
    name.  Of 3/4/2026 nobody can tell which is the day, unless `order` says so;
    dots always stand between day, month and year.
    """
    text = " ".join(text[:MOST_CHARS].split())
    try:
        return _number(text) or _iso(text, zone) or _written(text, zone, order)
    except (OverflowError, OSError):
        raise ValueError("is no time of ours") from None


def _number(text: str) -> datetime | None:
    found = EPOCH.fullmatch(text)
    return datetime.fromtimestamp(int(found["seconds"]), UTC) if found else None


def _iso(text: str, zone: tzinfo) -> datetime | None:
    if not HAS_TIME.search(text):
        return None
    try:
        return _in_utc(datetime.fromisoformat(text), zone)
    except ValueError:
        return None


def _written(text: str, zone: tzinfo, order: Order | None) -> datetime:
    for form in FORMS:
        if found := form.fullmatch(text.lower()):
            return _put_together(found.groupdict(), zone, order)
    raise ValueError("is no day with a time that we know to read")


def _put_together(
    part: dict[str, str | None], zone: tzinfo, order: Order | None
) -> datetime:
    day, month = _day_and_month(part, order)
    year, hour = int(part["year"] or 0), int(part["hour"] or 0)
    if year <= LAST_OF_TWO_DIGITS:
        year += 2000
    if part["half"]:
        hour = hour % 12 + (12 if part["half"] == "p" else 0)
    minute, second = int(part["minute"] or 0), int(part["second"] or 0)
    try:
        its_own = _zone(part["zone"])
        moment = datetime(year, month, day, hour, minute, second, tzinfo=its_own)
    except ValueError:
        raise ValueError("is on no calendar or clock") from None
    return _in_utc(moment, zone)


def _day_and_month(part: dict[str, str | None], order: Order | None) -> tuple[int, int]:
    if name := part.get("name"):
        if name[:3] not in MONTHS:
            raise ValueError("names no month that we know")
        return int(part["day"] or 0), MONTHS.index(name[:3]) + 1
    if "one" not in part:
        return int(part["day"] or 0), int(part["month"] or 0)
    one, two = int(part["one"] or 0), int(part["two"] or 0)
    if order == "day-first" or (order is None and one > MONTHS_OF_A_YEAR):
        return one, two
    if order == "month-first" or two > MONTHS_OF_A_YEAR or one == two:
        return two, one
    raise ValueError("may be day or month first: say which with `dates`")


def _zone(written: str | None) -> tzinfo | None:
    if written is None:
        return None
    if written[0] not in "+-":
        return UTC
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset)


def _in_utc(moment: datetime, zone: tzinfo) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
