"""What happens to the demo's business, scene by scene."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

from watchdog.config import load
from watchdog.demo.business import OWNER, Business
from watchdog.ledger import open_ledger
from watchdog.once import Checked, Round, Tell
from watchdog.stages import alarms, incidents
from watchdog.stages.submit import Clock

EXPECTED = timedelta(seconds=2)
DEADLINE = timedelta(seconds=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a check found out, and what its owner then heard."""

    checked: Checked
    heard: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn of the story: what happens, and a check that finds it out."""

    happening: str
    check: Callable[[], Awaitable[Found]]


async def tell(
    business: Business,
    folder: Path,
    *,
    clock: Clock,
    progress: Callable[[], AbstractContextManager[Tell]],
) -> AsyncIterator[Scene]:
    """Let the business be well, be hurt in two ways, and be mended.

    Each scene's check is a whole one, by the same code that watches real sites,
    and so are the incident and the alarms that come of it.
    """
    path = business.write_config(folder, expected=EXPECTED, deadline=DEADLINE)
    config = load(path)

    async def check() -> Found:
        before = await _heard(business)
        with progress() as hears:
            now = Round(config=config, ledger=ledger, clock=clock, tell=hears)
            (checked,) = await now.run(config.check)
        await incidents.advance(config, ledger, now=clock())
        await alarms.tell(config, ledger, clock=clock)
        heard = await _heard(business)
        return Found(checked=checked, heard=[one for one in heard if one not in before])

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        yield Scene("All is well at Riverside Studio.", check)
        business.mail_host.spam = True
        yield Scene("The mail host begins to take the website's mail for spam.", check)
        business.mail_host.spam = False
        business.break_mail()
        yield Scene(
            "The website's mail breaks. It still thanks everybody who writes.", check
        )
        business.mend_mail()
        yield Scene("The website's mail is mended.", check)
        yield Scene("A second look, before the all-clear.", check)


async def _heard(business: Business) -> Sequence[str]:
    """Return all that the owner has heard so far, a sentence each."""
    mails = await business.mail_host.folder(OWNER)
    return [
        *(f"Mail to the owner: {_first_line(mail)}" for mail in mails),
        *(f"SMS to the owner: {sms.body}" for sms in business.gateway.messages),
    ]


def _first_line(mail: EmailMessage) -> str:
    """Return the news in a mail; its subject stays that of its thread."""
    body = mail.get_body(("plain",))
    return body.get_content().splitlines()[0] if body else ""
