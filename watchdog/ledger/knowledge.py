"""All that is known of a submission, read at once."""

from datetime import datetime
from typing import Any

from sqlalchemy import FromClause, RowMapping, Select, and_, false, select, true

from watchdog.ledger import tables
from watchdog.ledger.rows import names
from watchdog.model import (
    Answered,
    Arrival,
    Blindness,
    Bounce,
    Facts,
    Failure,
    Look,
    Submission,
)

_inbox_look = tables.look.alias("inbox_look")
_whole_look = tables.look.alias("whole_look")

_BY_MARKER: dict[str, tuple[type[Any], FromClause]] = {
    "answered": (Answered, tables.answer),
    "failure": (Failure, tables.failure),
    "arrival": (Arrival, tables.arrival),
    "bounce": (Bounce, tables.bounce),
}
_PARTS: dict[str, tuple[type[Any], FromClause]] = {
    "submission": (Submission, tables.submission),
    **_BY_MARKER,
    "inbox_look": (Look, _inbox_look),
    "whole_look": (Look, _whole_look),
    "blindness": (Blindness, tables.blindness),
}


def _known() -> Select[Any]:
    submission = tables.submission
    joined: FromClause = submission
    for _, part in _BY_MARKER.values():
        joined = joined.outerjoin(part, part.c.marker == submission.c.marker)
    for look, everywhere in ((_inbox_look, false()), (_whole_look, true())):
        is_this = and_(
            look.c.mailbox == submission.c.mailbox, look.c.everywhere == everywhere
        )
        joined = joined.outerjoin(look, is_this)
    blindness = tables.blindness
    joined = joined.outerjoin(blindness, blindness.c.mailbox == submission.c.mailbox)
    labelled = [
        part.c[field].label(f"{name}.{field}")
        for name, (kind, part) in _PARTS.items()
        for field in names(kind)
    ]
    return select(*labelled).select_from(joined)


KNOWN = _known()
"""The query for all facts; whoever asks adds of which submissions."""


def facts_of(row: RowMapping) -> Facts:
    """Return the facts that a row of `KNOWN` tells."""
    parts = {name: _part(name, row) for name in _PARTS}
    submission: Submission = parts["submission"]
    whole = _begin(parts["whole_look"])
    newest = max(filter(None, (_begin(parts["inbox_look"]), whole)), default=None)
    blindness: Blindness | None = parts["blindness"]
    if blindness and newest and blindness.failed_at <= newest:
        blindness = None
    return Facts(
        submission=submission,
        **{name: parts[name] for name in _BY_MARKER},
        looked_at=whole if whole and whole >= submission.due_at else None,
        inbox_looked_at=newest,
        blindness=blindness,
    )


def _part(name: str, row: RowMapping) -> Any:  # noqa: ANN401  a fact of its kind
    kind, _ = _PARTS[name]
    told = {field: row[f"{name}.{field}"] for field in names(kind)}
    # A join that found nothing gives nulls, also in the fact's own key.
    first, *_ = told.values()
    return None if first is None else kind(**told)


def _begin(look: Look | None) -> datetime | None:
    return None if look is None else look.looked_at
