"""A check that sends nothing: how we would fill in the form, or write the mail."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from probes.errors import ProbeError
from probes.forms.forms import Forms
from probes.forms.rehearsal import Rehearsal
from probes.mail import smtp_path
from probes.seen import Seen
from probes.settings import FormSettings, SmtpPathSettings
from watchdog.config import Check, Config
from watchdog.model import Health, Leg
from watchdog.rules import marker
from watchdog.stages.ways import blame, mail_of, visitor_of
from watchdog.stages.witness import can_reach_others

AT_ONCE = 10
"""Pages fetched side by side: many checks may be of one small host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a check would have sent."""

    check: Check
    rehearsal: Rehearsal | None
    """None where there is no form to fill in."""
    mail: smtp_path.Mail | None = None
    """None where it is no mail, or none that its server would take."""
    seen: Seen | None = None
    """What a browser saw, if it took one."""
    problems: Sequence[str]
    health: Health
    leg: Leg | None
    """Where the problems are; None where there are none."""


async def rehearse_all(
    config: Config, checks: Sequence[Check], *, now: datetime
) -> Sequence[Rehearsed]:
    """Return the rehearsal of each of `checks`, made a few at a time."""
    free = asyncio.Semaphore(AT_ONCE)

    async with Forms(config.watchdog.browser) as forms:

        async def one(check: Check) -> Rehearsed:
            async with free:
                return await rehearse(config, check, now=now, forms=forms)

        return await asyncio.gather(*map(one, checks))


async def rehearse(
    config: Config, check: Check, *, now: datetime, forms: Forms
) -> Rehearsed:
    """Return what `check` would send, and what is in the way.

    A mail server is asked whether it would take the mail, and not given it.

    The marker shown is signed by a key of this moment: whoever copies it cannot
    pass for a message that we have sent.
    """
    salt = secrets.token_bytes(marker.SALT_BYTES)
    mark = marker.make(secrets.token_bytes(), at=now, salt=salt)
    visitor = visitor_of(config, check, mark)
    try:
        match check.sends_by:
            case FormSettings() as form:
                return _of_form(check, await forms.rehearse(form, visitor))
            case SmtpPathSettings() as server:
                mail = mail_of(config, server, visitor, mark, now=now)
                async with smtp_path.ready(server, mail):
                    return _of_mail(check, mail)
    except ProbeError as error:
        others_answer = partial(can_reach_others, config, check)
        outcome, leg = await blame(check.way, error, others_answer)
        return Rehearsed(
            check=check,
            rehearsal=None,
            seen=error.seen,
            problems=[error.message],
            health=outcome.health,
            leg=leg,
        )


def _of_form(check: Check, rehearsal: Rehearsal) -> Rehearsed:
    problems = [
        *(f"A guard stands in the way: {guard.words}" for guard in rehearsal.guards),
        *rehearsal.filling.problems,
    ]
    return Rehearsed(
        check=check,
        rehearsal=rehearsal,
        seen=rehearsal.seen,
        problems=problems,
        health=Health.UNKNOWN if problems else Health.OK,
        leg=Leg.FORM if problems else None,
    )


def _of_mail(check: Check, mail: smtp_path.Mail) -> Rehearsed:
    return Rehearsed(
        check=check, rehearsal=None, mail=mail, problems=[], health=Health.OK, leg=None
    )
