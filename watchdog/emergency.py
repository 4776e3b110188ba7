"""The one alarm that the ledger cannot keep: that the ledger itself has failed."""

import asyncio
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

import structlog

from probes.channels.message import Notice
from probes.channels.send import send
from probes.errors import ProbeError
from watchdog.config import Config
from watchdog.config.catalogue import catalogue
from watchdog.ledger import LedgerError
from watchdog.model import ChannelName
from watchdog.notebook import Notebook
from watchdog.rules import emergency as rule
from watchdog.rules.emergency import CRY_AFTER, Cry, Emergency

log = structlog.get_logger()

LONGEST_SEND = 60.0
"""Seconds that one channel gets, before the next is asked."""

TRIED_FOR = timedelta(days=1)
"""So long we try to tell that it works again those who heard that it did not."""


@dataclass(kw_only=True)
class Crier:
    """Tells people, over their channels and past the ledger, that it fails."""

    notebook: Notebook
    known: Emergency | None = None
    """What stands in the notebook too, if that can be written."""

    @classmethod
    def of(cls, config: Path) -> Self:
        """Return who cries for whoever works by this configuration."""
        return cls(notebook=Notebook.of(config, os.environ))

    async def failed(
        self,
        config: Config,
        error: LedgerError,
        *,
        now: datetime,
        patience: timedelta = CRY_AFTER,
    ) -> None:
        """Tell every ladder's people that we cannot work, if it is time to.

        Of each ladder the first channel that takes it.  Where nobody hears, the
        next call tries again.
        """
        known = rule.noticed(await self._recall(), now=now)
        is_kept = await self._keep(known)
        if not rule.is_due(known, now=now, patience=patience):
            return
        texts = catalogue(config.watchdog.language)
        trouble = texts.say(error.sentence, **error.values)
        checks = [check.name for check in config.check]
        words = rule.cry(trouble, checks, texts, is_kept=is_kept)
        notice = _notice(config, words, f"{words.subject}: {trouble}", known, now)
        heard = await _tell_ladders(config, notice)
        if heard:
            told = dict.fromkeys([*known.heard, *heard])
            thread = known.thread or notice.message_id
            known = replace(known, cries=known.cries + 1, cried_at=now, thread=thread)
            await self._keep(replace(known, heard=tuple(told)))

    async def works(self, config: Config, *, now: datetime) -> None:
        """Tell those who heard that we could not work that we can, once."""
        known = await self._recall()
        if known is None or (known.cries and not rule.is_over(known, now=now)):
            return
        is_noted = await asyncio.to_thread(self.notebook.read) is not None
        if not await self._keep(known) and is_noted:
            # Whoever cannot take it off his notes would say it again and again.
            return
        unheard: Sequence[ChannelName] = ()
        if known.heard:
            texts = catalogue(config.watchdog.language)
            checks = [check.name for check in config.check]
            words = rule.all_clear(known, checks, texts, now=now)
            notice = _notice(config, words, words.subject, known, now)
            unheard = [
                channel
                for channel in known.heard
                if not await _is_told(config, channel, notice)
            ]
        if unheard and now - known.failed_at < TRIED_FOR:
            await self._keep(replace(known, heard=tuple(unheard)))
        else:
            self.known = None
            await asyncio.to_thread(self.notebook.clear)

    async def _recall(self) -> Emergency | None:
        kept = await asyncio.to_thread(self.notebook.read)
        pages = [page for page in (kept, self.known) if page]
        return max(pages, key=lambda page: (page.cries, page.failed_at), default=None)

    async def _keep(self, known: Emergency) -> bool:
        """Remember it; return whether we shall after a new start, too."""
        self.known = known
        return await asyncio.to_thread(self.notebook.write, known)


async def _tell_ladders(config: Config, notice: Notice) -> Sequence[ChannelName]:
    """Send to the first channel of each ladder that takes it; return those."""
    heard: list[ChannelName] = []
    wanted = {check.ladder for check in config.check if check.ladder}
    for ladder in sorted(wanted):
        for step in config.ladder[ladder]:
            if step.channel in heard:
                break
            if await _is_told(config, step.channel, notice):
                heard.append(step.channel)
                break
    return heard


async def _is_told(config: Config, channel: ChannelName, notice: Notice) -> bool:
    settings = config.settings_of(channel)
    if settings is None:
        return False
    try:
        async with asyncio.timeout(LONGEST_SEND):
            await send(settings, notice)
    except (ProbeError, TimeoutError) as error:
        log.warning("emergency.untold", channel=channel, error=str(error))
        return False
    log.info("emergency.told", channel=channel)
    return True


def _notice(
    config: Config, words: Cry, short: str, known: Emergency, now: datetime
) -> Notice:
    domain = config.watchdog.contact.rpartition("@")[2]
    return Notice(
        subject=words.subject,
        text=words.text,
        html="",
        short=short,
        written_at=now,
        message_id=f"<{secrets.token_hex(12)}@{domain}>",
        in_reply_to=known.thread,
        references=(known.thread,) if known.thread else (),
    )
