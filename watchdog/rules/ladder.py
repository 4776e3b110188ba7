"""In which order channels hear of trouble."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from watchdog.model import LOSSES, ChannelName, Incident, Reason
from watchdog.rules.incident import begins


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """A step of a ladder: which channel hears, and how long after the opening."""

    channel: ChannelName
    after: timedelta
    reasons: frozenset[Reason] = frozenset(Reason)


def merged(ladders: Iterable[Sequence[Rung]]) -> Sequence[Rung]:
    """Return one ladder for checks that fail together; each channel hears early."""
    rungs: dict[ChannelName, Rung] = {}
    for rung in (rung for ladder in ladders for rung in ladder):
        first = rungs.setdefault(rung.channel, rung)
        rungs[rung.channel] = replace(
            first,
            after=min(first.after, rung.after),
            reasons=first.reasons | rung.reasons,
        )
    return sorted(rungs.values(), key=lambda rung: rung.after)


def with_ends(ladder: Sequence[Rung], incident: Incident) -> Sequence[Rung]:
    """Return the ladder by which the end of a loss is told that has news in it.

    That messages were lost, or who was missed, must not stay unsaid: where no step
    takes ends, those take this one that would have heard of its beginning.
    """
    is_loss = incident.kind in LOSSES
    if not is_loss or any(Reason.RESOLVED in rung.reasons for rung in ladder):
        return ladder
    return [
        replace(rung, reasons=rung.reasons | {Reason.RESOLVED})
        if begins(incident) in rung.reasons
        else rung
        for rung in ladder
    ]
