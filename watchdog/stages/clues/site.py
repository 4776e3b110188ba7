"""What the site's store noted of our own submission."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from datetime import datetime, timedelta

from probes.stores.log_settings import AccessLogSettings
from probes.stores.open import open_store
from probes.stores.store import Entry, Store
from watchdog.ledger import Ledger
from watchdog.rules import marker as markers
from watchdog.rules.diagnosis.clues import SiteClues
from watchdog.stages.clues.scene import Scene

LEEWAY = timedelta(days=1)
"""Between the site's clock and ours: more than any zone of time."""
MOST_PIECES = 5


async def site(scene: Scene, ledger: Ledger) -> SiteClues:
    """Return whether the site kept the message, and what it says of its mail.

    Nothing is known where the store tells no contents.  Raises `ProbeError`.
    """
    settings, mark = scene.check.store, scene.verdict.marker
    if settings is None or isinstance(settings, AccessLogSettings):
        return SiteClues()
    key = await ledger.key()
    async with aclosing(open_store(settings, tests=True)) as store:
        async for entry in _entries(store, since=markers.made_at(mark) - LEEWAY):
            if entry is None:
                return SiteClues()
            if mark in markers.find(key, _filled(entry)):
                return SiteClues(
                    is_stored=True,
                    is_spam=entry.is_spam,
                    mail_failed=entry.mail_failed,
                    mail_error=entry.mail_error,
                    is_mail_tried=entry.is_mail_tried,
                    recipients=entry.recipients,
                )
    return SiteClues(is_stored=False)


async def _entries(store: Store, *, since: datetime) -> AsyncIterator[Entry | None]:
    """Yield the entries since then, and None if there are more than we read."""
    cursor = ""
    for _ in range(MOST_PIECES):
        piece = await store.read(since=since, cursor=cursor)
        for entry in piece.entries:
            yield entry
        if piece.is_last:
            return
        cursor = piece.cursor
    yield None


def _filled(entry: Entry) -> str:
    texts = (entry.email, entry.name, entry.subject, entry.message, entry.phone)
    return "\n".join((*texts, *entry.fields.values()))
