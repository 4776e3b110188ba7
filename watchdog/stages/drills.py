"""What the last drill showed of each channel: whether alarms may come by it."""

from collections.abc import Mapping, Sequence

from watchdog.config import Config
from watchdog.model import ChannelName, Measure
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.warning import Sign, of_drill

SUBJECT = "drill"
"""As what the ledger remembers when the last one was due; and of each channel,
below it, what it showed."""


def subject_of(channel: ChannelName) -> str:
    """Return as what the ledger remembers the last drill of a channel."""
    return f"{SUBJECT}:{channel}"


def channel_of(subject: str) -> ChannelName | None:
    """Return the channel whose drill is remembered so; None if it is none's."""
    kind, _, channel = subject.partition(":")
    return ChannelName(channel) if kind == SUBJECT and channel else None


def failing(config: Config, known: Mapping[str, Measure]) -> Sequence[ChannelName]:
    """Return the channels whose last drill did not succeed."""
    return [channel for channel in config.channel if _words(channel, known) is not None]


def signs_of(
    config: Config, known: Mapping[str, Measure], texts: Catalogue
) -> Sequence[Sign]:
    """Return a sign for each of those channels, about the checks that rely on it."""
    return [
        of_drill(channel, checks, _words(channel, known) or "", texts=texts)
        for channel in failing(config, known)
        if (
            checks := [
                check.name
                for check in config.check
                if channel in {step.channel for step in config.steps(check)}
            ]
        )
    ]


def _words(channel: ChannelName, known: Mapping[str, Measure]) -> str | None:
    """Return why the last drill did not succeed; None if it did, or was none."""
    match known.get(subject_of(channel)):
        case Measure(evidence={"is_well": False, "words": str(words)}):
            return words
    return None
