"""When messages were lost: as far as it is proven, and as far as it is possible."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message of which we know what became of it: a person's, or a test of ours."""

    at: datetime
    """When it was written."""
    came: bool
    """Whether it arrived; else it was lost."""
    is_real: bool
    """Whether a person wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch in which messages were lost; an end that is not known is None."""

    proven_from: datetime | None = None
    """When the first message was written that was lost."""
    proven_to: datetime | None = None
    """When the first one was written that arrived after all that were lost."""
    possible_from: datetime | None = None
    """When the last one was written that arrived before them."""
    possible_to: datetime | None = None
    """As `proven_to`: what arrived ends all doubt."""

    @property
    def is_open(self) -> bool:
        """Whether messages are lost still, as far as we know."""
        return self.proven_from is not None and self.proven_to is None


def window(messages: Iterable[Message]) -> Window:
    """Return when messages of one check were lost.

    It is about the people who were missed: tests of ours that were lost count
    where nothing arrived between them and one of these, or where they are the
    newest that we know of.
    """
    known = sorted(messages, key=lambda message: (message.at, message.came))
    lost = [message.at for message in known if not message.came and message.is_real]
    lost = lost or _newest_lost(known)
    if not lost:
        return Window()
    came = [message.at for message in known if message.came]
    before = max((at for at in came if at < lost[0]), default=None)
    after = min((at for at in came if at > lost[-1]), default=None)
    first = min(
        message.at
        for message in known
        if not message.came and (before is None or message.at > before)
    )
    return Window(
        proven_from=first,
        proven_to=after,
        possible_from=before,
        possible_to=after,
    )


def windows(messages: Iterable[Message]) -> Sequence[Window]:
    """Return each stretch in which nothing arrived and something was lost, in turn."""
    found: list[Window] = []
    before: datetime | None = None
    first: datetime | None = None
    for message in sorted(messages, key=lambda one: (one.at, one.came)):
        if not message.came:
            first = first or message.at
            continue
        if first is not None:
            found.append(_stretch(before, first, message.at))
        before, first = message.at, None
    if first is not None:
        found.append(_stretch(before, first, None))
    return found


def together(windows: Iterable[Window]) -> Window:
    """Return the stretch that holds all of `windows`; an open end stays open."""
    known = [one for one in windows if one.proven_from is not None]
    if not known:
        return Window()
    return Window(
        proven_from=_end(min, [one.proven_from for one in known]),
        proven_to=_end(max, [one.proven_to for one in known]),
        possible_from=_end(min, [one.possible_from for one in known]),
        possible_to=_end(max, [one.possible_to for one in known]),
    )


def _stretch(
    before: datetime | None, first: datetime, after: datetime | None
) -> Window:
    return Window(
        proven_from=first, proven_to=after, possible_from=before, possible_to=after
    )


def _newest_lost(known: Sequence[Message]) -> list[datetime]:
    """Return when those were written that were lost after the last that came."""
    last = max((message.at for message in known if message.came), default=None)
    return [message.at for message in known if last is None or message.at > last]


def _end(
    pick: Callable[[list[datetime]], datetime], ends: Sequence[datetime | None]
) -> datetime | None:
    known = [end for end in ends if end is not None]
    return pick(known) if len(known) == len(ends) else None
