"""Read what is new in a site's store, and write down the inquiries in it."""

import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime

import structlog

from probes.errors import Unintelligible
from probes.stores.settings import StoreSettings
from probes.stores.store import Entry, Piece, Store
from watchdog.ledger import Ledger
from watchdog.model import CheckName, Inquiry, StoreBookmark
from watchdog.rules import marker as markers
from watchdog.rules.marker import PREFIX

log = structlog.get_logger()

OUR_TAG = re.compile(rf"\+{PREFIX}[a-z2-7]{{32}}@")


async def gather_entries(
    store: Store,
    ledger: Ledger,
    *,
    bookmark: StoreBookmark,
    now: datetime,
    visitor: str,
) -> str:
    """Write down each inquiry beyond `bookmark`, but for our own submissions.

    Return a sentence on what was passed over since nobody can understand it, or "".

    Whatever ends it in the middle, the next reading goes on after the last piece.
    Raise `ProbeError` if the store cannot be read to its end.
    """
    key = await ledger.key()
    passed_over = ""
    async with aclosing(store):
        async for piece in _pieces(store, bookmark):
            read_at = now if piece.is_last else bookmark.read_at
            bookmark = replace(bookmark, cursor=piece.cursor, read_at=read_at)
            inquiries = [
                _inquiry(bookmark.check, entry)
                for entry in piece.entries
                if not is_ours(entry, key, visitor)
            ]
            new = await ledger.record_entries(inquiries, bookmark)
            skipped = len(piece.skipped)
            log.info("store.read", check=bookmark.check, new=new, skipped=skipped)
            passed_over = passed_over or next(iter(piece.skipped), "")
    return passed_over


def beginning(
    check: CheckName,
    settings: StoreSettings,
    known: StoreBookmark | None,
    *,
    since: datetime,
) -> StoreBookmark:
    """Return where to begin, to know all inquiries since then.

    From the start where less was asked for before, or of another store.
    """
    source = hashlib.sha256(settings.model_dump_json().encode()).hexdigest()
    if known and known.source == source and known.since <= since:
        return known
    return StoreBookmark(
        check=check, source=source, since=since, cursor="", read_at=None
    )


def is_ours(entry: Entry, key: bytes, visitor: str) -> bool:
    """Return whether a submission of ours made this entry.

    By a marker that we have signed; or by the visitor's address with a marker as
    its tag, which another ledger may have signed.
    """
    texts = (entry.email, entry.name, entry.subject, entry.message, entry.phone)
    filled = "\n".join((*texts, *entry.fields.values()))
    if markers.find(key, filled):
        return True
    mailbox, _, domain = visitor.lower().rpartition("@")
    address = entry.email.strip().lower()
    is_his = address.startswith(f"{mailbox.partition('+')[0]}+")
    return is_his and address.endswith(f"@{domain}") and bool(OUR_TAG.search(address))


async def _pieces(store: Store, bookmark: StoreBookmark) -> AsyncIterator[Piece]:
    cursor = bookmark.cursor
    while True:
        piece = await store.read(since=bookmark.since, cursor=cursor)
        yield piece
        if piece.is_last:
            return
        if piece.cursor == cursor:
            raise Unintelligible("The store does not get on with being read.")
        cursor = piece.cursor


def _inquiry(check: CheckName, entry: Entry) -> Inquiry:
    return Inquiry(
        check=check,
        entry=entry.id,
        submitted_at=entry.submitted_at,
        name=entry.name,
        email=entry.email,
        phone=entry.phone,
        subject=entry.subject,
        message=entry.message,
        fields=entry.fields,
        form=entry.form,
        page=entry.page,
        is_spam=entry.is_spam,
        mail_failed=entry.mail_failed,
        mail_error=entry.mail_error,
        is_contentless=entry.is_contentless,
    )
