"""The ways in which a check's message goes in: through its form, or by mail alone."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import datetime

from probes.errors import ProbeError, Refused, Unreachable
from probes.forms.errors import (
    Guarded,
    NoForm,
    NotFillable,
    Unequipped,
    UpToWidget,
    WidgetBroken,
)
from probes.forms.form import Visitor
from probes.forms.forms import Forms, Ready
from probes.mail import smtp_path
from probes.settings import FormSettings, SmtpPathSettings
from watchdog.config import Check, Config
from watchdog.model import Leg, Marker, Outcome, Way
from watchdog.rules import letter

CanReachOthers = Callable[[], Awaitable[bool]]


def visitor_of(config: Config, check: Check, mark: Marker) -> Visitor:
    """Return what the synthetic message of `mark` says, and in whose name."""
    written = letter.compose(
        mark,
        check=check.name,
        contact=config.watchdog.contact,
        visitor=config.watchdog.visitor,
        way=check.way,
    )
    return Visitor(**asdict(written))


def mail_of(
    config: Config,
    settings: SmtpPathSettings,
    visitor: Visitor,
    mark: Marker,
    *,
    now: datetime,
) -> smtp_path.Mail:
    """Return the synthetic message as a mail, or raise `Refused`."""
    return smtp_path.compose(
        visitor,
        sender=settings.sender or config.watchdog.visitor,
        to=settings.to,
        unique=mark,
        written_at=now,
    )


@asynccontextmanager
async def ready(
    config: Config, check: Check, mark: Marker, *, now: datetime, forms: Forms
) -> AsyncIterator[Ready]:
    """Do all but send the message of `mark`; raises `ProbeError`: nothing was sent."""
    visitor = visitor_of(config, check, mark)
    match check.sends_by:
        case FormSettings() as form:
            async with forms.ready(form, visitor) as opened:
                yield opened
        case SmtpPathSettings() as server:
            mail = mail_of(config, server, visitor, mark, now=now)
            async with smtp_path.ready(server, mail) as handing:
                yield handing


async def blame(
    way: Way, error: ProbeError, can_reach_others: CanReachOthers
) -> tuple[Outcome, Leg]:
    """Return whose fault it was, and on which leg; our own network blames nobody."""
    if isinstance(error, Unreachable):
        theirs = error.answered or await can_reach_others()
        outcome = Outcome.UNREACHABLE if theirs else Outcome.BLIND
        return outcome, Leg.SERVER if way is Way.MAIL else Leg.SITE
    return (_of_server(error), Leg.SERVER) if way is Way.MAIL else _of_form(error)


def _of_form(error: ProbeError) -> tuple[Outcome, Leg]:
    match error:
        case Unequipped():
            return Outcome.BLIND, Leg.FORM
        case UpToWidget():
            return Outcome.BLOCKED, Leg.WIDGET
        case WidgetBroken():
            return Outcome.REFUSED, Leg.WIDGET
        case Guarded() | NotFillable():
            return Outcome.BLOCKED, Leg.FORM
        case NoForm():
            return Outcome.REFUSED, Leg.FORM
        case _:
            return Outcome.REFUSED, Leg.PAGE


def _of_server(error: ProbeError) -> Outcome:
    match error:
        case Unequipped():
            return Outcome.BLIND
        case Refused(permanent=False):
            # Other servers would try again, and may well get through (RFC 5321, 4.2.1).
            return Outcome.BLOCKED
        case _:
            return Outcome.REFUSED
