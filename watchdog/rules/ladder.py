"""In which order channels hear of trouble."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from watchdog.model import ChannelName, Reason


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
