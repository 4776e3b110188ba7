"""A mailbox on an IMAP server: one connection, made when it is needed."""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from probes.errors import ProbeError, Unreachable
from probes.mail import imap_grammar as grammar
from probes.mail import imap_reading as reading
from probes.mail import imap_tidying as tidying
from probes.mail import utf7
from probes.mail.folders import is_place, role_of
from probes.mail.imap_answer import Bounds
from probes.mail.imap_login import log_in
from probes.mail.imap_reading import End
from probes.mail.imap_wire import Wire
from probes.mail.mailbox import Bookmark, Folder, Letter, News, Quota, Role, Tidy
from probes.settings import ImapSettings

MARGIN = timedelta(days=1)
"""SEARCH knows only whole days in the server's own zone: ask for one more."""

UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """The folder that is open for reading, and where it ended then."""

    name: str
    end: End


class ImapMailbox:
    """An IMAP account; `probes.mail.mailbox.Mailbox` says what each method promises.

    Whatever goes wrong, or is cancelled, ends the connection: a late answer must
    not meet the next question, nor a half-opened folder the next reading.
    """

    def __init__(self, settings: ImapSettings, bounds: Bounds | None = None) -> None:
        self._settings = settings
        self._bounds = bounds or Bounds()
        self._wire: Wire | None = None
        self._opened: _Opened | None = None
        self._told: End | None = None
        """The inbox's end as the caller knows it."""
        self._spelt: dict[str, str] = {}
        """Names that the server does not spell as the standard says."""

    async def folders(self) -> Sequence[Folder]:
        """Return all folders that can hold mail, inbox first."""
        async with self._connected() as wire:
            listed = await reading.folders(wire)
        places = [self._folder(each) for each in listed if is_place(each.attributes)]
        unique = {folder.name: folder for folder in places}.values()
        return sorted(unique, key=lambda folder: folder.role is not Role.INBOX)

    async def bookmarks(self, folders: Sequence[Folder]) -> Sequence[Bookmark]:
        """Return where each folder ends now; one that cannot be opened is left out."""
        spelt = {self._spell(folder.name): folder for folder in folders}
        async with self._connected() as wire:
            ends = await reading.ends(wire, spelt)
        for name, end in ends.items():
            self._tell(spelt[name].name, end)
        return [_bookmark(spelt[name].name, end) for name, end in ends.items()]

    async def news(
        self, folder: Folder, since: Bookmark | datetime, *, most: int = 200
    ) -> News:
        """Return up to `most` messages beyond `since`, oldest first."""
        async with self._connected() as wire:
            opened = await self._open(wire, folder.name)
            first, criteria = _beyond(since, opened.end.validity)
            # `n:*` names the last message even where its number is below n.
            uids = [uid for uid in await reading.search(wire, criteria) if uid >= first]
            messages, read = await self._read(wire, uids[:most])
        complete = read == len(uids)
        # Nothing below the end at opening comes any more; what came since, may.
        last = max(opened.end.next_uid - 1, first - 1) if complete else 0
        end = End(validity=opened.end.validity, next_uid=max([last, *uids[:read]]) + 1)
        self._tell(folder.name, end)
        letters = [
            Letter(
                folder=folder.name,
                role=folder.role,
                validity=end.validity,
                uid=message.uid,
                arrived_at=message.arrived_at,
                size=message.size,
                raw=message.raw,
                is_read=message.is_read,
            )
            for message in messages
            if not isinstance(since, datetime) or message.arrived_at >= since
        ]
        return News(
            folder=folder,
            letters=letters,
            bookmark=_bookmark(folder.name, end),
            complete=complete,
        )

    async def wait(self, seconds: float) -> None:
        """Return when the inbox may have changed, or after `seconds`."""
        async with self._connected() as wire:
            if pushes := self._settings.idle and "IDLE" in wire.capabilities:
                await self._idle(wire, seconds)
        if not pushes:
            await asyncio.sleep(min(seconds, self._settings.poll))

    async def tidy(self, letters: Sequence[Letter], how: Tidy, *, folder: str) -> None:
        """Mark read, move to `folder`, or delete these messages; see `Mailbox`."""
        place = next((letter.folder for letter in letters), folder)
        if how is Tidy.KEEP or (how is Tidy.MOVE and folder == place) or not letters:
            return
        async with self._connected() as wire:
            self._opened = None
            validity = await tidying.select(wire, self._spell(place))
            uids = [one.uid for one in letters if one.validity == validity]
            for some in tidying.sets(uids):
                match how:
                    case Tidy.READ:
                        await tidying.flag(wire, some, r"\Seen")
                    case Tidy.MOVE:
                        await tidying.move(wire, some, self._spell(folder))
                    case Tidy.DELETE:
                        await tidying.delete(wire, some)

    async def append(self, folder: Folder, raw: bytes, *, flags: Sequence[str]) -> None:
        """Add a message to `folder` (at least once: a lost answer may double it)."""
        async with self._connected() as wire:
            await tidying.append(wire, self._spell(folder.name), raw, flags)

    async def quota(self) -> Quota | None:
        """Return the inbox's fullest quota, or None where nobody tells of one."""
        async with self._connected() as wire:
            if "QUOTA" not in wire.capabilities:
                return None
            quotas = await reading.quotas(wire, self._spell(self._settings.inbox))
        return max(quotas, key=lambda each: each.used / each.limit, default=None)

    async def aclose(self) -> None:
        """Let go of the connection, politely if the server still listens."""
        if self._wire is not None and not self._wire.lost:
            with contextlib.suppress(ProbeError):
                await self._wire.ask("LOGOUT", within=2)
        self._drop()

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[Wire]:
        if self._wire is None or self._wire.lost:
            self._opened = None
            self._wire = await log_in(self._settings, self._bounds)
        try:
            yield self._wire
        except BaseException:
            self._drop()
            raise

    def _drop(self) -> None:
        if self._wire is not None:
            self._wire.lose(Unreachable("The connection was given up."))
        self._wire = self._opened = None

    async def _open(self, wire: Wire, name: str) -> _Opened:
        """Open a folder for reading, or bring the one that is open up to date."""
        if self._opened is not None and self._opened.name == name:
            # Dovecot would search what it knew after the last command.
            await wire.ask("NOOP")
            wire.news = False
            return self._opened
        self._opened = None
        end = await reading.examine(wire, self._spell(name))
        self._opened = _Opened(name=name, end=end)
        return self._opened

    async def _read(
        self, wire: Wire, uids: Sequence[int]
    ) -> tuple[list[reading.Message], int]:
        """Fetch messages until a bound is reached; return also how many were asked."""
        messages: list[reading.Message] = []
        size = read = 0
        while read < len(uids) and size < self._bounds.most_news:
            batch = uids[read : read + self._bounds.batch]
            fetched = await reading.fetch(wire, batch)
            messages += fetched
            size += sum(len(message.raw) for message in fetched)
            read += len(batch)
        return messages, read

    async def _idle(self, wire: Wire, seconds: float) -> None:
        inbox = self._settings.inbox
        if self._opened is None or not self._is_inbox(self._opened.name):
            opened = await self._open(wire, inbox)
            if opened.end != self._told:
                # Something came while another folder was open.
                self._tell(inbox, opened.end)
                return
        if not wire.news:
            await wire.idle(seconds)
        wire.news = False

    def _tell(self, name: str, end: End) -> None:
        if self._is_inbox(name):
            self._told = end

    def _is_inbox(self, name: str) -> bool:
        inbox = self._settings.inbox
        return name == inbox or name.upper() == inbox.upper() == "INBOX"

    def _folder(self, listed: grammar.Listed) -> Folder:
        # What cannot be shown or stored (NUL, half a character) is not in the name.
        name = UNFIT.sub("\ufffd", utf7.decode(listed.name))
        if utf7.encode(name) != listed.name:
            self._spelt[name] = listed.name
        role = role_of(name, listed.attributes, listed.separator)
        if self._is_inbox(name):
            role = Role.INBOX
        elif name == self._settings.spam:
            role = Role.SPAM
        elif role is Role.INBOX:
            role = Role.OTHER
        return Folder(name=name, role=role)

    def _spell(self, name: str) -> str:
        return self._spelt.get(name) or utf7.encode(name)


def _beyond(since: Bookmark | datetime, validity: int) -> tuple[int, str]:
    """Return the first UID that counts, and how to search for what does."""
    if isinstance(since, datetime):
        return 1, f"SINCE {grammar.day(since - MARGIN)}"
    first = since.next_uid if since.validity == validity else 1
    return first, f"UID {first}:*"


def _bookmark(name: str, end: End) -> Bookmark:
    return Bookmark(folder=name, validity=end.validity, next_uid=end.next_uid)
