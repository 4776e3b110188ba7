"""The one alarm that the ledger cannot keep: that the ledger itself has failed."""

import secrets
from datetime import datetime

import structlog

from probes.channels.message import Notice
from probes.channels.send import send
from probes.errors import ProbeError
from watchdog.config import Config, Step
from watchdog.model import ChannelName

log = structlog.get_logger()

SUBJECT = "The watchdog of your contact forms cannot work"


async def cry(config: Config, trouble: str, *, now: datetime) -> bool:
    """Tell every ladder's people that we cannot work; return whether anybody heard.

    Of each ladder the first channel that takes it.  Nothing is remembered of it:
    whoever calls us must see to it that we do not cry too often.
    """
    notice = _notice(config, trouble, now)
    heard: set[ChannelName] = set()
    wanted = {check.ladder for check in config.check if check.ladder}
    for ladder in sorted(wanted):
        await _tell_first(config, config.ladder[ladder], notice, heard)
    return bool(heard)


async def _tell_first(
    config: Config, ladder: tuple[Step, ...], notice: Notice, heard: set[ChannelName]
) -> None:
    for step in ladder:
        settings = config.settings_of(step.channel)
        if step.channel in heard or settings is None:
            return
        try:
            await send(settings, notice)
        except ProbeError as error:
            log.warning("emergency.untold", channel=step.channel, error=error.message)
        else:
            log.info("emergency.told", channel=step.channel)
            heard.add(step.channel)
            return


def _notice(config: Config, trouble: str, now: datetime) -> Notice:
    domain = config.watchdog.contact.rpartition("@")[2]
    forms = "\n".join(f"- {check.name}" for check in config.check)
    return Notice(
        subject=SUBJECT,
        text=(
            "Nobody is watching your contact forms just now: the watchdog cannot "
            f"keep its records.\n\n{trouble}\n\nUntil that is mended, a form may "
            f"lose messages without an alarm. The forms are:\n{forms}\n"
        ),
        html="",
        short=f"{SUBJECT}: {trouble}",
        written_at=now,
        message_id=f"<{secrets.token_hex(12)}@{domain}>",
    )
