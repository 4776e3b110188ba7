"""A language: the sentences of alarms, and how it writes times and numbers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo

SHORT = 10
"""Seconds below which their fractions are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What stands for the English sentences in the rules; what it lacks is English.

    English is the key, as in gettext: so whoever reads the rules reads sentences,
    and whoever translates has them before his eyes.
    """

    language: str = "en"
    moment: str = "%Y-%m-%d %H:%M %Z"
    """How a date and time are written, as for strftime."""
    day: str = "%Y-%m-%d"
    decimal: str = "."
    sentences: Mapping[str, str] = field(default_factory=dict)

    def say(self, english: str, **values: object) -> str:
        """Return a sentence in this language, with `values` in their places."""
        return self.sentences.get(english, english).format(**values)

    def at(self, moment: datetime, zone: tzinfo) -> str:
        """Return a moment as clocks in `zone` show it."""
        return f"{moment.astimezone(zone):{self.moment}}"

    def on(self, moment: datetime) -> str:
        """Return the day of a moment, as its own zone has it."""
        return f"{moment:{self.day}}"

    def span(self, length: timedelta) -> str:
        """Return a length of time as people say it: `0.61 s`, `1 h 30 min`."""
        seconds = length.total_seconds()
        if seconds < 60:  # noqa: PLR2004
            figure = f"{round(seconds, 2 if seconds < SHORT else None):g}"
            return self.say("{count} s", count=figure.replace(".", self.decimal))
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        parts = (
            (hours, self.say("{count} h", count=hours)),
            (minutes, self.say("{count} min", count=minutes)),
            (0 if hours else rest, self.say("{count} s", count=rest)),
        )
        return " ".join(words for count, words in parts if count)


ENGLISH = Catalogue()
