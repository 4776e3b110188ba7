"""What is told where the ledger itself fails: when, how often, and in which words.

It is remembered outside of the ledger, so that whoever starts us again and again
does not make us cry again and again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watchdog.model import ChannelName, CheckName
from watchdog.rules.alarm import REMINDERS
from watchdog.rules.catalogue import Catalogue

CRY_AFTER = timedelta(minutes=1)
"""How long the ledger may fail, as while it is locked, before people hear of it."""

CALM = timedelta(minutes=5)
"""So long it must not have failed before we say that it works again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """That the ledger fails, since when, and who has heard of it."""

    failing_since: datetime
    failed_at: datetime
    """When it was last seen to fail."""
    cries: int = 0
    cried_at: datetime | None = None
    thread: str = ""
    """The Message-ID of the first cry."""
    heard: tuple[ChannelName, ...] = ()


def noticed(known: Emergency | None, *, now: datetime) -> Emergency:
    """Return what to remember when the ledger fails, once more or for the first time.

    A clock that was ahead must not make us wait until it is right.
    """
    if known is None:
        return Emergency(failing_since=now, failed_at=now)
    return replace(known, failing_since=min(known.failing_since, now), failed_at=now)


def is_due(known: Emergency, *, now: datetime, patience: timedelta) -> bool:
    """Tell whether it is time to cry: after `patience`, then after growing gaps."""
    if known.cried_at is None:
        return now - known.failing_since >= patience
    gap = REMINDERS[min(known.cries, len(REMINDERS)) - 1]
    return not timedelta() <= now - known.cried_at < gap


def is_over(known: Emergency, *, now: datetime) -> bool:
    """Tell whether the ledger has worked for so long that it may be said."""
    return not timedelta() <= now - known.failed_at < CALM


@dataclass(frozen=True, slots=True, kw_only=True)
class Cry:
    """What people are told, in a line and at length."""

    subject: str
    text: str


def cry(
    trouble: str,
    checks: Sequence[CheckName],
    texts: Catalogue,
    *,
    is_kept: bool,
) -> Cry:
    """Return what is said where the ledger cannot be used.

    `is_kept` is False where we cannot even remember that we said it.
    """
    subject = texts.say("The watchdog of your contact forms cannot work")
    paragraphs = [
        texts.say(
            "Nobody is watching your contact forms just now: the watchdog cannot keep"
            " its records."
        ),
        trouble,
        texts.say(
            "Until that is mended, a form may lose messages without an alarm. The"
            " forms are:"
        )
        + _listed(checks),
    ]
    if not is_kept:
        paragraphs.append(
            texts.say(
                "The watchdog cannot write down that it told you, either: you may"
                " hear of this more often than you need."
            )
        )
    return Cry(subject=subject, text="\n\n".join(paragraphs) + "\n")


def all_clear(
    known: Emergency, checks: Sequence[CheckName], texts: Catalogue, *, now: datetime
) -> Cry:
    """Return what is said when the ledger works again."""
    said = texts.say(
        "The watchdog can keep its records again. For {length} it could not; what"
        " happened to these forms meanwhile, it may not have seen:",
        length=texts.span(max(now - known.failing_since, timedelta())),
    )
    subject = texts.say("The watchdog of your contact forms works again")
    return Cry(subject=subject, text=f"{said}{_listed(checks)}\n")


def _listed(checks: Sequence[CheckName]) -> str:
    return "".join(f"\n- {check}" for check in checks)
