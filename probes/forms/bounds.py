"""Times and numbers within the min, max and step of their fields."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from decimal import Decimal

from probes.forms.folding import fold
from probes.forms.form import Field

A_DAY = date(2035, 6, 15)
"""Far ahead: not in the past, and nobody waits for us on that day (a Friday)."""
A_BIRTHDAY = date(1985, 6, 15)

FORMATS = {
    "date": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "week": r"\d{4}-W\d\d",
    "time": r"\d\d:\d\d(?::\d\d)?",
    "datetime-local": r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?",
}
EPOCH = date(1970, 1, 1)
TIMES = {"month": "2035-06", "week": "2035-W24", "time": "10:00"}
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?")
BIRTH = re.compile(r"birth|geburt|naissance|nacimiento|nascita|nasc|urodz")


def day_for(field: Field) -> date:
    """Return the day that we name, where any will do: one ahead, or a birthday."""
    return A_BIRTHDAY if BIRTH.search(fold(field.label)) else A_DAY


def times(field: Field) -> Iterator[str]:
    """Yield moments that a date or time field may take."""
    day = day_for(field)
    step = _step(field)
    least = field.min or ""
    base = _as_date(least) or EPOCH
    far = (day - base).days
    if field.kind == "date" and far >= 0 and step and step == int(step):
        yield (base + timedelta(far - far % int(step))).isoformat()
    yield from (
        TIMES.get(field.kind)
        or (day.isoformat() if field.kind == "date" else f"{day.isoformat()}T10:00"),
        least,
        field.max or "",
    )


def is_in_time(field: Field, value: str) -> bool:
    """Tell whether a date or time is written right and within the field's bounds.

    Bounds that are no times are none, as in a browser.
    """
    if not _is_time(field.kind, value):
        return False
    least, most = (
        bound if bound and _is_time(field.kind, bound) else None
        for bound in (field.min, field.max)
    )
    step, day = _step(field), _as_date(value)
    if field.kind == "date" and step and day:
        base = _as_date(field.min or "") or EPOCH
        if (day - base).days % step:
            return False
    return (not least or least <= value) and (not most or value <= most)


def _is_time(kind: str, text: str) -> bool:
    if not re.fullmatch(FORMATS[kind], text):
        return False
    whole = {"month": f"{text}-01", "week": f"{text}-1", "time": f"2035-06-15T{text}"}
    with suppress(ValueError):
        return bool(datetime.fromisoformat(whole.get(kind, text)))
    return False


def _as_date(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def numbers(field: Field) -> Iterator[str]:
    """Yield numbers that a number or range field may take."""
    least, most = _number(field.min), _number(field.max)
    step = _step(field) or Decimal(1)
    base = _base(field)
    if field.kind == "range":
        least, most = least or Decimal(0), Decimal(100) if most is None else most
        yield _aligned(base, step, (least + most) / 2)
    yield _aligned(base, step, max(Decimal(1), Decimal(1) if least is None else least))
    for bound in (least, most, base):
        if bound is not None:
            yield _aligned(base, step, bound)
            yield _aligned(base, step, bound - step + Decimal("1e-10"))


def _aligned(base: Decimal, step: Decimal, wanted: Decimal) -> str:
    """Return the first number from `wanted` on that the steps from `base` meet."""
    steps = -((base - wanted) // step) if wanted != base else Decimal(0)
    number = base + steps * step
    if number < wanted:
        number += step
    return format(number.normalize(), "f")


def _step(field: Field) -> Decimal | None:
    step = _number(field.step)
    return step if step is not None and step > 0 else None


def _base(field: Field) -> Decimal:
    least = _number(field.min)
    if least is not None:
        return least
    return _number(field.value) or Decimal(0)


def is_in_numbers(field: Field, value: str) -> bool:
    """Tell whether a number is within the field's bounds and on one of its steps."""
    number, least, most = _number(value), _number(field.min), _number(field.max)
    if number is None:
        return False
    if field.kind == "range":
        least, most = least or Decimal(0), Decimal(100) if most is None else most
    if field.step != "any" and (number - _base(field)) % (_step(field) or 1):
        return False
    return (least is None or least <= number) and (most is None or number <= most)


def _number(text: str | None) -> Decimal | None:
    return Decimal(text) if text and NUMBER.fullmatch(text) else None
