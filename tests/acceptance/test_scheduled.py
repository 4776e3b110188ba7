"""Where cron starts us, passes do together what the daemon does."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.world.pages import Fault, Site
from watchdog.config import load
from watchdog.demo.business import OFFICE, OWNER, Business
from watchdog.ledger import open_ledger
from watchdog.model import SCHEDULE
from watchdog.overview import read_overview
from watchdog.rules.schedule import next_beat
from watchdog.scheduled import one_pass

MINUTE = timedelta(minutes=1)


@dataclass
class Skipping:
    """The true time, but for what the test has skipped of it."""

    skipped: timedelta = timedelta()

    def __call__(self) -> datetime:
        """Return the time that the passes shall see."""
        return datetime.now(UTC) + self.skipped


async def test_passes_notice_a_loss_and_tell_of_it_once(tmp_path: Path) -> None:
    async with Business() as business:
        path = business.write_config(tmp_path, expected=MINUTE, deadline=MINUTE)
        site = Site.start(smtp_port=business.mail_host.smtp_port, owner=OFFICE)
        site.fault = Fault.BLACK_HOLE
        every = path.read_text().replace(business.site.url, site.url)
        path.write_text(every.replace('every    = "1m"', 'every    = "1h"'))
        config, clock = load(path), Skipping()
        (check,) = config.check
        said = []
        async with open_ledger(await config.watchdog.ledger_url()) as ledger:
            now = clock()
            clock.skipped += next_beat(check.name, config.every(check), now) - now
            for _ in range(8):
                passed = await one_pass(config, ledger, clock=clock)
                said += [verdict.outcome.value for _, verdict in passed]
                clock.skipped += MINUTE
            overview = await read_overview(config, ledger, now=clock())
        site.stop()
        mails = await business.mail_host.folder(OWNER)

    assert said == ["missing", "missing"]
    assert len(site.received) == 2
    assert len(mails) == 1
    assert len(business.gateway.messages) == 1
    assert overview.daemon
    assert overview.daemon.daemon == SCHEDULE
    assert overview.is_watched
