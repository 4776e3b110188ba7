"""A check that sends nothing: what the form is, and how we would fill it in."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from probes.errors import ProbeError
from probes.forms.form import Visitor
from probes.forms.forms import Forms
from probes.forms.rehearsal import Rehearsal
from watchdog.config import Check, Config
from watchdog.model import Health, Leg
from watchdog.rules import letter, marker
from watchdog.stages.submit import blame
from watchdog.stages.witness import can_reach_others

AT_ONCE = 10
"""Pages fetched side by side: many checks may be of one small host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What a check would have sent."""

    check: Check
    rehearsal: Rehearsal | None
    """None where there is no form to fill in."""
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
    """Return how the form of `check` would be filled in, and what is in the way.

    The marker shown is signed by a key of this moment: whoever copies it cannot
    pass for a message that we have sent.
    """
    salt = secrets.token_bytes(marker.SALT_BYTES)
    written = letter.compose(
        marker.make(secrets.token_bytes(), at=now, salt=salt),
        check=check.name,
        contact=config.watchdog.contact,
        visitor=config.watchdog.visitor,
    )
    try:
        rehearsal = await forms.rehearse(check.form, Visitor(**asdict(written)))
    except ProbeError as error:
        outcome, leg = await blame(error, lambda: can_reach_others(config, check))
        return Rehearsed(
            check=check,
            rehearsal=None,
            problems=[error.message],
            health=outcome.health,
            leg=leg,
        )
    problems = [
        *(f"A guard stands in the way: {guard.words}" for guard in rehearsal.guards),
        *rehearsal.filling.problems,
    ]
    return Rehearsed(
        check=check,
        rehearsal=rehearsal,
        problems=problems,
        health=Health.UNKNOWN if problems else Health.OK,
        leg=Leg.FORM if problems else None,
    )
