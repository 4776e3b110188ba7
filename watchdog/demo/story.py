"""What happens to the demo's business, scene by scene."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from watchdog.config import load
from watchdog.demo.business import Business
from watchdog.ledger import open_ledger
from watchdog.model import CheckName
from watchdog.once import Checked, Round
from watchdog.stages.submit import Clock

EXPECTED = timedelta(seconds=2)
DEADLINE = timedelta(seconds=5)

Tell = Callable[[CheckName, str], None]


@dataclass(frozen=True, slots=True)
class Scene:
    """A turn of the story: what happened, and what the check then found."""

    happened: str
    checked: Checked


async def tell(
    business: Business,
    folder: Path,
    *,
    clock: Clock,
    progress: Callable[[], AbstractContextManager[Tell]],
) -> AsyncIterator[Scene]:
    """Let the business be well, be hurt in two ways, and be mended.

    Each scene is a whole check by the same code that watches real sites.
    """
    path = business.write_config(folder, expected=EXPECTED, deadline=DEADLINE)
    config = load(path)

    async def scene(happened: str) -> Scene:
        with progress() as hears:
            now = Round(config=config, ledger=ledger, clock=clock, tell=hears)
            (checked,) = await now.run(config.check)
        return Scene(happened, checked)

    async with open_ledger(await config.watchdog.ledger_url()) as ledger:
        yield await scene("All is well at Riverside Studio.")
        business.mail_host.spam = True
        yield await scene("The mail host begins to take the website's mail for spam.")
        business.mail_host.spam = False
        business.break_mail()
        yield await scene(
            "The website's mail breaks. It still thanks everybody who writes."
        )
        business.mend_mail()
        yield await scene("The website's mail is mended.")
