"""A look misses nothing, whatever numbers and clocks the mail host has."""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from probes.errors import Refused
from probes.mail.mailbox import Bookmark, Folder, Letter, News, Role, Tidy
from tests.world.facts import NOON, OFFICE, after, submission
from watchdog.ledger import Ledger
from watchdog.model import Marker, Place
from watchdog.rules import marker
from watchdog.stages.collect import look
from watchdog.stages.watch import Watcher

INBOX = Folder(name="INBOX", role=Role.INBOX)
SPAM = Folder(name="Spam", role=Role.SPAM)
OTHER = Folder(name="Kunden", role=Role.OTHER)


async def nothing() -> None:
    pass


@dataclass
class Shelf:
    """A mailbox in memory, with public lists; before each reading things may happen."""

    shelves: dict[Folder, list[Letter]] = field(
        default_factory=lambda: {INBOX: [], SPAM: [], OTHER: []}
    )
    validity: int = 1
    next_uid: int = 1
    meanwhile: Callable[[], Awaitable[None]] = nothing
    read: int = 0
    """Letters handed out."""
    looks: int = 0
    is_deaf: bool = False
    """Whether nobody can wait for it."""

    def put(self, folder: Folder, text: str, at: datetime = NOON) -> None:
        """Deliver a letter."""
        raw = f"From: web@cafe.example\n\n{text}\n".encode()
        letter = Letter(
            folder=folder.name,
            role=folder.role,
            validity=self.validity,
            uid=self.next_uid,
            arrived_at=at,
            size=len(raw),
            raw=raw,
        )
        self.shelves[folder].append(letter)
        self.next_uid += 1

    async def folders(self) -> Sequence[Folder]:
        """Return all three."""
        self.looks += 1
        return list(self.shelves)

    async def bookmarks(self, folders: Sequence[Folder]) -> Sequence[Bookmark]:
        """Return where they end."""
        return [self._end(folder) for folder in folders]

    async def news(self, folder: Folder, since: Bookmark | datetime) -> News:
        """Return what lies beyond."""
        await self.meanwhile()
        letters = [one for one in self.shelves[folder] if self._is_new(one, since)]
        self.read += len(letters)
        return News(
            folder=folder, letters=letters, bookmark=self._end(folder), complete=True
        )

    async def wait(self, seconds: float) -> None:
        """Wait in vain."""
        if self.is_deaf:
            raise Refused("Waiting is not for you.")
        await asyncio.sleep(seconds)

    async def aclose(self) -> None:
        """Close nothing."""

    def _end(self, folder: Folder) -> Bookmark:
        return Bookmark(
            folder=folder.name, validity=self.validity, next_uid=self.next_uid
        )

    def _is_new(self, letter: Letter, since: Bookmark | datetime) -> bool:
        if isinstance(since, datetime):
            return letter.arrived_at >= since
        return since.validity != self.validity or letter.uid >= since.next_uid


@dataclass
class Desk:
    """A ledger and a mailbox."""

    ledger: Ledger
    shelf: Shelf

    async def claim(self) -> Marker:
        """Claim a submission of noon, as if it were about to be sent."""
        key = await self.ledger.key()
        mark = marker.make(key, at=NOON, salt=secrets.token_bytes(5))
        beat = after(seconds=self.shelf.next_uid)
        assert await self.ledger.claim_beat(submission(mark, beat=beat))
        return mark

    async def look(self, *, everywhere: bool = False) -> None:
        """Look a minute after noon."""
        await look(
            OFFICE,
            self.shelf,  # type: ignore[arg-type]
            self.ledger,
            everywhere=everywhere,
            clock=lambda: after(minutes=1),
        )

    def watcher(self) -> Watcher:
        """Return who watches the shelf."""
        return Watcher(
            name=OFFICE,
            mailbox=self.shelf,  # type: ignore[arg-type]
            ledger=self.ledger,
            clock=lambda: NOON,
            after=Tidy.KEEP,
            after_folder="",
            pace=60,
        )

    async def watch_for_one_look(self) -> None:
        """Do what a watcher does at first."""
        watcher = self.watcher()

        async def on_look() -> None:
            watching.cancel()

        watching = asyncio.ensure_future(watcher.run(on_look))
        with pytest.raises(asyncio.CancelledError):
            await watching

    async def place_of(self, mark: Marker) -> Place | None:
        """Return where the message was seen."""
        arrival = await self.ledger.arrival_of(mark)
        return arrival.place if arrival else None


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    return Desk(ledger, Shelf())


async def test_what_is_claimed_and_arrives_while_we_read_is_seen(desk: Desk) -> None:
    await desk.look()
    await desk.claim()
    hasty: list[Marker] = []

    async def meanwhile() -> None:
        hasty.append(await desk.claim())
        desk.shelf.put(INBOX, hasty[-1])

    desk.shelf.put(INBOX, "something else")
    desk.shelf.meanwhile = meanwhile
    await desk.look()
    desk.shelf.meanwhile = nothing
    await desk.look()

    assert [await desk.place_of(mark) for mark in hasty] == [Place.INBOX] * len(hasty)


async def test_after_a_first_look_no_clock_of_the_mail_host_matters(
    desk: Desk,
) -> None:
    await desk.watch_for_one_look()
    mark = await desk.claim()
    desk.shelf.put(OTHER, mark, at=NOON - timedelta(days=20_000))
    await desk.look(everywhere=True)

    assert await desk.place_of(mark) is Place.OTHER


async def test_a_first_look_forgives_the_mail_host_a_wrong_zone_of_time(
    desk: Desk,
) -> None:
    mark = await desk.claim()
    desk.shelf.put(INBOX, mark, at=NOON - timedelta(hours=14))
    await desk.look()

    assert await desk.place_of(mark) is Place.INBOX


async def test_numbers_that_went_back_hide_nothing(desk: Desk) -> None:
    desk.shelf.next_uid = 50_000
    await desk.look()
    mark = await desk.claim()
    desk.shelf.next_uid = 7
    desk.shelf.put(INBOX, mark)
    await desk.look()

    assert await desk.place_of(mark) is Place.INBOX


async def test_numbers_that_begin_anew_make_nobody_read_all_of_the_past(
    desk: Desk,
) -> None:
    for days in range(100):
        desk.shelf.put(INBOX, "old", at=NOON - timedelta(days=days + 2))
    await desk.look()
    mark = await desk.claim()
    desk.shelf.put(INBOX, mark)
    desk.shelf.validity = 2
    await desk.look()

    assert await desk.place_of(mark) is Place.INBOX
    assert desk.shelf.read == 1


async def test_a_mailbox_without_its_inbox_is_never_called_read(desk: Desk) -> None:
    del desk.shelf.shelves[INBOX]

    with pytest.raises(Refused, match="no inbox"):
        await desk.look(everywhere=True)


async def test_a_mailbox_that_cannot_be_waited_for_is_seen_and_not_hammered(
    desk: Desk,
) -> None:
    desk.shelf.is_deaf = True
    mark = await desk.claim()
    watcher = desk.watcher()

    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.5):
            await watcher.run(nothing)

    facts = await desk.ledger.facts(mark)
    assert desk.shelf.looks <= 2
    assert facts is not None
    assert facts.blindness is None
