"""One pass of every stage: the daemon's work where cron or a timer starts us."""

import asyncio
from collections.abc import Sequence

from probes.heartbeat import Beat
from probes.mail.open import open_mailbox
from watchdog.config import Config
from watchdog.drill import drill_if_due
from watchdog.ledger import Ledger
from watchdog.model import SCHEDULE, MailboxName, Presence, Submission, Verdict
from watchdog.pulse import deaf, send_heartbeat
from watchdog.stages.alarms import tell
from watchdog.stages.diagnosing import diagnose
from watchdog.stages.incidents import advance
from watchdog.stages.judge import judge
from watchdog.stages.real_loss import tell_losses
from watchdog.stages.recovery import recover_if_due
from watchdog.stages.reminding import remind
from watchdog.stages.replies import with_its_reply
from watchdog.stages.retention import forget_some
from watchdog.stages.submit import Clock, submit_due
from watchdog.stages.warnings import warn
from watchdog.stages.watch import Watcher
from watchdog.tracing import trace_if_due


async def one_pass(
    config: Config, ledger: Ledger, *, clock: Clock
) -> Sequence[tuple[Submission, Verdict]]:
    """Send what is due, look, judge, and tell; return the verdicts reached.

    Nobody waits for a message: a later pass finds it.  Passes may overlap, and
    be cut short at any line, as daemons may.
    """
    now = clock()
    await ledger.record_presence(Presence(daemon=SCHEDULE, started_at=now, seen_at=now))
    await submit_due(config, ledger, clock=clock)
    async with asyncio.TaskGroup() as group:
        for name in {name for check in config.check for name in check.mailboxes}:
            group.create_task(_look_once(config, name, ledger, clock))
    verdicts = await judge(config, ledger, clock=clock)
    await trace_if_due(config, ledger, clock=clock, got_on=lambda: None)
    await advance(config, ledger, now=clock())
    await tell_losses(config, ledger, now=clock())
    await recover_if_due(config, ledger, clock=clock, got_on=lambda: None)
    await remind(config, ledger, now=clock())
    await drill_if_due(config, ledger, clock=clock)
    await warn(config, ledger, clock=clock)
    await tell(config, ledger, clock=clock)
    await diagnose(config, ledger, clock=clock)
    await forget_some(ledger, clock() - config.watchdog.retention)
    troubles = await deaf(config, ledger, now=clock())
    await send_heartbeat(config, Beat.FAIL if troubles else Beat.SUCCESS, troubles)
    names = {check.name for check in config.check}  # trials have others
    sent = [
        (
            await ledger.submission(one.marker),
            await with_its_reply(ledger, one, now=clock()),
        )
        for one in verdicts
        if one.check in names
    ]
    return [(submission, verdict) for submission, verdict in sent if submission]


async def _look_once(
    config: Config, name: MailboxName, ledger: Ledger, clock: Clock
) -> None:
    """Look into one mailbox; that it cannot be read is written down, too."""
    settings = config.mailbox[name]
    looked = asyncio.Event()

    async def on_look() -> None:
        looked.set()
        await asyncio.Event().wait()

    watcher = Watcher(
        name=name,
        mailbox=open_mailbox(settings),
        ledger=ledger,
        clock=clock,
        after=settings.after,
        after_folder=settings.after_folder,
        pace=0.0,
    )
    async with asyncio.TaskGroup() as group:
        watching = group.create_task(watcher.run(on_look))
        await looked.wait()
        watching.cancel()
