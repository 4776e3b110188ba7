"""A store in a mailbox: a blind copy of each notice that a form's mails are."""

import hashlib
import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from probes.errors import Refused, Unintelligible
from probes.mail.bounce import read_bounce
from probes.mail.mailbox import Bookmark, Folder, Letter, Mailbox, Role
from probes.mail.message import Message, read_message
from probes.stores.meaning import Filled, understood
from probes.stores.store import MOST_FIELDS, MOST_TEXT, Entry, Piece

LABELLED = re.compile(
    r"^[ \t>*]*([^\n:]{1,60}?)[ \t*]*:[ \t*]*(\S[^\n]*)$", re.MULTILINE
)
"""A line as most forms' notices have it: `Your name: Ann`."""
MOST_FOLDERS = 10
MOST_DELAY = timedelta(days=2)
"""A Date further from the arrival is not believed."""


class MailStore:
    """The copies in one folder, or in the inbox and the spam folder."""

    def __init__(self, mailbox: Mailbox, folder: str | None) -> None:
        self._mailbox = mailbox
        self._folder = folder

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return a piece, as `Store.read` promises, by when the copies came."""
        known = _bookmarks(cursor)
        entries: list[Entry] = []
        bookmarks: list[Bookmark] = []
        is_last = True
        for folder in await self._folders():
            begin = next((each for each in known if each.folder == folder.name), since)
            left = most - len(entries)
            if left <= 0:
                is_last = False
                bookmarks += [begin] if isinstance(begin, Bookmark) else []
                continue
            news = await self._mailbox.news(folder, begin, most=left)
            bookmarks.append(news.bookmark)
            is_last &= news.complete
            read = (_entry(letter) for letter in news.letters)
            entries += [one for one in read if one and one.submitted_at >= since]
        return Piece(
            entries=sorted(entries, key=lambda entry: entry.submitted_at),
            cursor=_cursor(bookmarks),
            is_last=is_last,
        )

    async def aclose(self) -> None:
        """Let go of the mailbox."""
        await self._mailbox.aclose()

    async def _folders(self) -> Sequence[Folder]:
        folders = await self._mailbox.folders()
        if self._folder is None:
            return [each for each in folders if each.role in {Role.INBOX, Role.SPAM}]
        found = [each for each in folders if each.name == self._folder]
        if not found:
            names = ", ".join(f"“{each.name}”" for each in folders[:MOST_FOLDERS])
            raise Refused(
                f"The mailbox with the copies has no folder “{self._folder}”;"
                f" it has {names}."
            )
        return found


def _entry(letter: Letter) -> Entry | None:
    """Return what a notice tells; None for what is no notice of a form's."""
    try:
        message = read_message(letter.raw)
    except Unintelligible:
        return None
    if message.is_answer or read_bounce(message) is not None:
        return None
    filled = _filled(message.text)
    meant = understood(filled)
    writer = message.reply_to[0] if message.reply_to else None
    return Entry(
        id=message.message_id or _made_of(letter),
        submitted_at=_sent_at(message, letter),
        name=(writer.name if writer else "") or meant.get("name", ""),
        email=writer.address if writer else meant.get("email", ""),
        phone=meant.get("phone", ""),
        subject=message.subject,
        message=message.text[:MOST_TEXT],
        fields={one.label: one.value for one in filled},
    )


def _filled(text: str) -> Sequence[Filled]:
    found = LABELLED.findall(text)[:MOST_FIELDS]
    return [Filled(name=label, label=label, value=value) for label, value in found]


def _sent_at(message: Message, letter: Letter) -> datetime:
    """Return when the site wrote it, as far as its Date can be believed."""
    date, arrived_at = message.date, letter.arrived_at
    if date is None or not timedelta(0) <= arrived_at - date <= MOST_DELAY:
        return arrived_at
    return date


def _made_of(letter: Letter) -> str:
    return hashlib.blake2b(letter.raw, digest_size=10).hexdigest()


def _cursor(bookmarks: Sequence[Bookmark]) -> str:
    return json.dumps(
        [[each.folder, each.validity, each.next_uid] for each in bookmarks]
    )


def _bookmarks(cursor: str) -> Sequence[Bookmark]:
    try:
        return [
            Bookmark(folder=str(folder), validity=int(validity), next_uid=int(uid))
            for folder, validity, uid in json.loads(cursor or "[]")
        ]
    except (ValueError, TypeError, RecursionError):
        return []
