"""Who gets a letter now; and who had better not, since they have one already."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from watchdog.model import CaseState, CheckName, Missed, StepKind
from watchdog.rules import person
from watchdog.rules.recovery import since_reopened


class Obstacle(StrEnum):
    """What stands against a letter."""

    NO_ADDRESS = "no_address"
    OVER = "over"
    """The case is closed or dismissed."""
    NO_MAILBOX = "no_mailbox"
    """Its check is in the configuration no more, so that its mailbox is unknown."""
    DRAFTED = "drafted"
    CONTACTED = "contacted"
    NOT_CONTACTED = "not_contacted"
    """A second letter, where there was no first."""
    ANSWERED = "answered"
    """A second letter, to one who has answered the first."""
    SAME_PERSON = "same_person"
    """The same person is written to, or was, because of another case."""


DOUBLING = frozenset(
    {Obstacle.DRAFTED, Obstacle.CONTACTED, Obstacle.ANSWERED, Obstacle.SAME_PERSON}
)
"""What a person may set aside, by saying that he wants to write again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A case, and what stands against a letter, if anything does."""

    missed: Missed
    obstacle: Obstacle | None = None
    other: Missed | None = None
    """The other case of the same person."""


def plan(
    chosen: Sequence[Missed],
    others: Sequence[Missed],
    kind: StepKind,
    *,
    again: bool = False,
    homeless: Collection[CheckName] = (),
) -> Iterator[Planned]:
    """Yield what is to be done about the `chosen`, in their order.

    `others` are all that were contacted lately, or are under way.  `again` sets
    aside that somebody has a letter already.  Of checks that are `homeless` no
    letter can be put anywhere, and none stands in the way of another case's.
    """
    written: list[Missed] = []
    for missed in chosen:
        obstacle, other = _obstacle(missed, kind), None
        if obstacle is None and missed.inquiry.check in homeless:
            obstacle = Obstacle.NO_MAILBOX
        if obstacle is None and kind is StepKind.DRAFTED:
            other = same_person(missed, [*written, *filter(_is_touched, others)])
            obstacle = Obstacle.SAME_PERSON if other else None
        if again and obstacle in DOUBLING:
            obstacle = None
        if obstacle is None:
            written.append(missed)
        yield Planned(missed=missed, obstacle=obstacle, other=other)


def same_person(missed: Missed, others: Sequence[Missed]) -> Missed | None:
    """Return another case of the same person, known by address or number."""
    inquiry = missed.inquiry
    marks = person.marks(inquiry.email, inquiry.phone)
    for other in others:
        is_other = other.case.id != missed.case.id
        if is_other and marks & person.marks(other.inquiry.email, other.inquiry.phone):
            return other
    return None


def _is_touched(missed: Missed) -> bool:
    """Return whether the person has a letter, or a draft of one waits."""
    if missed.case.contacted_at:
        return True
    kinds = {step.kind for step in since_reopened(missed)}
    return missed.case.ended_at is None and StepKind.DRAFTED in kinds


def _obstacle(missed: Missed, kind: StepKind) -> Obstacle | None:
    state = missed.case.state
    if state in {CaseState.CLOSED, CaseState.DISMISSED}:
        return Obstacle.OVER
    if not person.address_of(missed.inquiry.email):
        return Obstacle.NO_ADDRESS
    if kind is StepKind.FOLLOWED_UP and state is CaseState.OPEN:
        return Obstacle.NOT_CONTACTED
    if state is CaseState.ANSWERED:
        return Obstacle.ANSWERED
    if kind in {step.kind for step in since_reopened(missed)}:
        return Obstacle.DRAFTED
    if kind is StepKind.DRAFTED and state is CaseState.CONTACTED:
        return Obstacle.CONTACTED
    return None
