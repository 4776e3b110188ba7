"""Who was missed, as an alarm tells it: the worthiest by name, of the others how many.

Names stand only where a letter goes to the owner; elsewhere the number is enough.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from watchdog.model import Inquiry
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.estimate import Estimate
from watchdog.rules.one_line import beginning, one_line
from watchdog.rules.sentences import COLUMNS
from watchdog.rules.spreadsheet import as_csv

MOST_NAMED = 5
"""So many are told one by one."""

MOST_FILED = 5_000
"""Signs of what one person wrote, in a file: some mail hosts take but a few MB."""

MOST_CONTACT = 100
MOST_WORDS = 120
"""Signs of a name or address, and of what somebody wrote."""

Paragraph = tuple[str, str]
"""What it is about, and what it says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """What is known of the real people whose inquiries were missed in an incident."""

    count: int = 0
    """How many are missed."""
    named: Sequence[Inquiry] = ()
    """They, the worthiest first; none where others may read along."""
    is_attached: bool = False
    """Whether a file with those named goes with the alarm."""
    first_at: datetime | None = None
    """When the first of them was written."""
    found: int = 0
    """How many seemed missed, and have come since."""
    junked: int = 0
    """How many of that time lie in the spam folder."""
    undecided: int = 0
    """Of how many it is still to be seen."""
    in_common: str = ""
    """What sets the missed apart, in a sentence."""
    is_kept: bool = True
    """Whether the website keeps the inquiries of all these forms, for us to see."""
    logged: int | None = None
    """How many the website's log tells of, where that is all there is."""
    turned_away: Estimate | None = None
    """How many probably wanted to write, where the form took nothing from anybody."""
    not_kept: Estimate | None = None
    """How many probably wrote through the forms of which nobody keeps anything."""


def number(roll: Roll, texts: Catalogue = ENGLISH) -> str:
    """Return how many are missed, in a short sentence; empty if none are known."""
    if not roll.count:
        return ""
    if roll.count == 1:
        return texts.say("1 inquiry missed.")
    return texts.say("{count} inquiries missed.", count=roll.count)


def missed(roll: Roll, zone: tzinfo, texts: Catalogue = ENGLISH) -> Sequence[Paragraph]:
    """Return what there is to say of the missed."""
    said = [(texts.say("Who was missed"), "\n".join(_missed(roll, zone, texts)))]
    if roll.in_common:
        said.append((texts.say("In common"), roll.in_common))
    if not roll.is_kept:
        said.append((texts.say("Not kept"), _not_kept(roll, texts)))
    if roll.turned_away:
        words = _turned_away(roll.turned_away, texts)
        said.append((texts.say("Turned away"), words))
    return [(about, words) for about, words in said if words]


def as_file(roll: Roll, zone: tzinfo, texts: Catalogue = ENGLISH) -> str:
    """Return all that the roll names, with what they wrote, as a table in CSV."""
    header = [texts.say(title) for title in COLUMNS]
    rows = [
        (
            one.check,
            texts.at(one.submitted_at, zone),
            one.name[:MOST_FILED],
            one.email[:MOST_FILED],
            one.phone[:MOST_FILED],
            one.subject[:MOST_FILED],
            one.message[:MOST_FILED],
        )
        for one in roll.named
    ]
    return as_csv(header, rows)


def _missed(roll: Roll, zone: tzinfo, texts: Catalogue) -> Sequence[str]:
    """Return the lines that tell who is missed, if any inquiries are kept at all."""
    lines = []
    if roll.count:
        lines += [_opening(roll, texts), *_list(roll, zone, texts)]
    elif roll.is_kept:
        lines.append(texts.say("Nobody, as far as we know."))
    if roll.is_attached:
        listed = texts.say("The attached file lists {count}.", count=len(roll.named))
        lines.append(listed)
    if roll.count:
        said = texts.say(
            "“{list}” shows them all, and “{recover}” helps you to win them back.",
            list="contact-watchdog missed",
            recover="contact-watchdog recover list",
        )
        lines.append(said)
    if roll.found:
        found = texts.say("Seemed missed, but have come: {count}.", count=roll.found)
        lines.append(found)
    if roll.junked:
        junked = texts.say("Lie in your spam folder: {count}.", count=roll.junked)
        lines.append(junked)
    if roll.undecided:
        open_ = texts.say("May still come: {count} more.", count=roll.undecided)
        lines.append(open_)
    return lines


def _opening(roll: Roll, texts: Catalogue) -> str:
    if not roll.named or roll.count == 1:
        return number(roll, texts)
    return texts.say("{count} inquiries, the most valuable first:", count=roll.count)


def _list(roll: Roll, zone: tzinfo, texts: Catalogue) -> Sequence[str]:
    told = roll.named[:MOST_NAMED]
    lines = [_named(inquiry, zone, texts) for inquiry in told]
    rest = roll.count - len(told)
    if told and rest:
        lines.append("- " + texts.say("and {count} more", count=rest))
    return lines


def _named(inquiry: Inquiry, zone: tzinfo, texts: Catalogue) -> str:
    """Return one line: who it was, how to reach them, when and what they wrote."""
    who = [inquiry.name, inquiry.email, inquiry.phone]
    told = [beginning(each, MOST_CONTACT) for each in who if one_line(each)]
    told.append(texts.at(inquiry.submitted_at, zone))
    words = beginning(inquiry.message or inquiry.subject, MOST_WORDS)
    line = "- " + ", ".join(told)
    return f"{line}: " + texts.say("“{words}”", words=words) if words else line


def _not_kept(roll: Roll, texts: Catalogue) -> str:
    """Return what can be said of inquiries that the website does not keep."""
    if roll.logged is not None:
        return texts.say(
            "The website's log counts {count} inquiries in that time which did not"
            " reach you. It does not say whose.",
            count=roll.logged,
        )
    said = texts.say(
        "The website keeps no inquiries where we can read them, so nobody can say who"
        " was missed. Have it keep them, and name the place under [check.store]."
    )
    return f"{said} {_estimate(roll.not_kept, texts)}".rstrip()


def _estimate(likely: Estimate | None, texts: Catalogue) -> str:
    if likely is None:
        return ""
    return texts.say(
        "An estimate by the same hours of the {weeks} weeks before: probably {least}"
        " to {most} inquiries.",
        least=likely.least,
        most=likely.most,
        weeks=likely.weeks,
    )


def _turned_away(likely: Estimate, texts: Catalogue) -> str:
    """Return how many are gone without a trace: an estimate, and called one."""
    said = texts.say(
        "Nobody could write to you in that time, and who tried left no trace."
    )
    return f"{said} {_estimate(likely, texts)}"
