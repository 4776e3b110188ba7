"""Whether somebody would still hear of trouble: what alarms share with the watched."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from watchdog.model import ChannelName, Health
from watchdog.rules.fate import Station, bond
from watchdog.rules.finding import Finding, doubtful, well

MEND = (
    "Add a channel to its ladder that leads elsewhere: a text message, or an address "
    "at another mail host, sent by another server."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A channel, by what its alarms pass through."""

    channel: ChannelName
    parts: Sequence[Sequence[Station]]
    """All parts must work; of the stations of a part, one is enough."""


def of_independence(
    subject: str, ways: Collection[Way], watched: Collection[Station]
) -> Iterator[Finding]:
    """Yield what one failure would take together, and a doubt if nothing is left then.

    What could not be compared is told as that: it is never taken for fine.
    """
    bonds = {way.channel: _bond(way, watched) for way in ways}
    if bonds and all(bonds.values()):
        yield doubtful(
            subject, "Every alarm about it may be lost with what it tells of.", MEND
        )
    for way in ways:
        if words := bonds[way.channel]:
            yield well(subject, words)
        elif fault := _fault(way, watched):
            yield Finding(
                subject=subject,
                health=Health.UNKNOWN,
                sentence=f"The channel “{way.channel}” could not be compared with what "
                f"it tells of. {fault}",
                mend="Look after that name, or after this machine's DNS.",
            )


def _bond(way: Way, watched: Collection[Station]) -> str:
    """Return why a channel fails together with what is watched, or nothing."""
    for stations in way.parts:
        bonds = [(station, bond(station, watched)) for station in stations]
        if bonds and all(words for _, words in bonds):
            station, words = bonds[0]
            return (
                f"The channel “{way.channel}” needs {station.name}, which is {words}: "
                "one failure would take both."
            )
    return ""


def _fault(way: Way, watched: Collection[Station]) -> str:
    needed = [station for stations in way.parts for station in stations]
    faults = (station.fault for station in [*needed, *watched])
    return next(filter(None, faults), "")
