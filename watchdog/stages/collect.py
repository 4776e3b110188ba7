"""Read what is new in a mailbox, and note the synthetic messages in it."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from probes.errors import ProbeError, Refused
from probes.mail.bounce import BounceReport
from probes.mail.mailbox import Bookmark, Folder, Letter, Mailbox, News, Role, Tidy
from watchdog.ledger import Ledger
from watchdog.model import (
    Arrival,
    Blindness,
    Bounce,
    Look,
    MailboxName,
    Marker,
    Place,
)
from watchdog.rules.sighting import Sighting
from watchdog.stages.sighting import Seen, sightings
from watchdog.stages.submit import Clock

log = structlog.get_logger()

LOOKBACK = timedelta(days=7)
"""How long after its submission a message is still looked for, to call it late."""

CLOCK_ERROR = timedelta(days=1)
"""How far a mail host's clock may be behind ours without hiding a message.

More than any zone of time: hosts that take theirs for UTC are not rare.
"""

PLACES: Mapping[Role, Place] = {Role.INBOX: Place.INBOX, Role.SPAM: Place.SPAM}

MESSAGES = frozenset({Sighting.ARRIVAL, Sighting.COPY})
"""What a site has sent, to the owner or to his visitor."""

UNPROVEN = frozenset({Role.SENT, Role.DRAFTS})
"""A site that sends by the owner's own account leaves copies here: no arrivals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a look has brought."""

    noted: Sequence[tuple[Arrival, Letter]]
    """The arrivals that were seen for the first time."""
    due_at: datetime | None
    """The next deadline that this look cannot decide, as of its beginning."""


async def look(
    name: MailboxName,
    mailbox: Mailbox,
    ledger: Ledger,
    *,
    everywhere: bool,
    clock: Clock,
) -> Looked:
    """Read the mailbox to its end and record what was seen.

    Raise `ProbeError` if the reading failed; what was read until then is recorded
    all the same.
    """
    looked_at = clock()
    folders = await _folders(mailbox, everywhere=everywhere)
    # The ends are asked before the ledger: whatever is claimed after this
    # line arrives beyond them, so a folder may be passed over up to its end.
    ends = await ends_of(mailbox, folders)
    since = looked_at - LOOKBACK
    known, oldest, due_at = await ledger.before_look(
        name, since=since, after=looked_at if everywhere else since
    )
    changed = [(folder, end) for folder, end in ends if known.get(folder.name) != end]
    done = Look(mailbox=name, looked_at=looked_at, everywhere=everywhere)
    if oldest is None or not changed:
        await ledger.record_look(done, [end for _, end in changed])
        return Looked(noted=[], due_at=due_at)
    noted: list[tuple[Arrival, Letter]] = []
    for folder, end in changed:
        begin = _since(known.get(folder.name), end, oldest)
        async for news in pieces(mailbox, folder, begin):
            is_last = news.complete and end is changed[-1][1]
            noted += await _note(done, news, ledger, clock, is_last=is_last)
    return Looked(noted=noted, due_at=due_at)


async def record_blindness(
    name: MailboxName, error: ProbeError, ledger: Ledger, *, clock: Clock
) -> None:
    """Note that the mailbox could not be read: nobody may take it for empty."""
    is_permanent = isinstance(error, Refused) and error.permanent
    await ledger.record_blindness(
        Blindness(
            mailbox=name,
            failed_at=clock(),
            words=error.message,
            permanent=is_permanent,
        )
    )
    log.warning("mailbox.unseen", mailbox=name, error=error.message)


async def tidy(
    mailbox: Mailbox,
    noted: Sequence[tuple[Arrival, Letter]],
    how: Tidy,
    *,
    folder: str,
) -> None:
    """Clean up after arrivals in the inbox; elsewhere they stay as the proof.

    What cannot be tidied stays where it is: it has arrived all the same, and we
    have seen it.
    """
    letters = [letter for arrival, letter in noted if arrival.place is Place.INBOX]
    if not letters or how is Tidy.KEEP:
        return
    try:
        await mailbox.tidy(letters, how, folder=folder)
    except ProbeError as error:
        name = noted[0][0].mailbox
        log.warning("arrivals.untidied", mailbox=name, error=error.message)


async def _folders(mailbox: Mailbox, *, everywhere: bool) -> Sequence[Folder]:
    """Return the folders to look into; raise `Refused` if there is no inbox."""
    folders = await mailbox.folders()
    if not any(folder.role is Role.INBOX for folder in folders):
        raise Refused("The mailbox has no inbox, or none of the name we were given.")
    return [
        folder
        for folder in folders
        if folder.role in PLACES or (everywhere and folder.role not in UNPROVEN)
    ]


async def ends_of(
    mailbox: Mailbox, folders: Sequence[Folder]
) -> Sequence[tuple[Folder, Bookmark]]:
    """Return where each folder ends, but for shared ones that are closed to us.

    Raise `Refused` if inbox or spam folder are: then we have seen nothing.
    """
    ends = {end.folder: end for end in await mailbox.bookmarks(folders)}
    closed = [folder for folder in folders if folder.name not in ends]
    for folder in closed:
        if folder.role in PLACES:
            raise Refused(f"The folder “{folder.name}” is closed to us.")
        log.warning("folder.closed", folder=folder.name)
    return [(folder, ends[folder.name]) for folder in folders if folder.name in ends]


def _since(
    known: Bookmark | None, end: Bookmark, oldest: datetime
) -> Bookmark | datetime:
    """Return from where to read; by time where numbers have begun anew or gone back.

    The latter are another account, or one that was restored.
    """
    if known and known.validity == end.validity and known.next_uid <= end.next_uid:
        return known
    return oldest - CLOCK_ERROR


async def pieces(
    mailbox: Mailbox, folder: Folder, since: Bookmark | datetime
) -> AsyncIterator[News]:
    """Yield what is new in `folder`, in pieces of bounded size, to its end."""
    while True:
        news = await mailbox.news(folder, since)
        yield news
        if news.complete:
            return
        since = news.bookmark


async def _note(
    look: Look,
    news: News,
    ledger: Ledger,
    clock: Clock,
    *,
    is_last: bool,
) -> Sequence[tuple[Arrival, Letter]]:
    """Record one piece: arrivals, replies, bounces, and how far we have read.

    The last piece completes the look.
    """
    key = await ledger.key()
    name, seen_at = look.mailbox, clock()
    letters = {letter.uid: letter for letter in news.letters}
    arrivals: list[Arrival] = []
    replies: list[Arrival] = []
    bounces: list[Bounce] = []
    found = [(one, seen) for one in news.letters for seen in sightings(one, key)]
    for letter, sighting in found:
        arrival = _arrival(name, letter, sighting, seen_at)
        if sighting.kind is Sighting.ARRIVAL:
            arrivals.append(arrival)
        if sighting.kind in MESSAGES and sighting.is_for_visitor:
            replies.append(arrival)
        if sighting.bounce:
            bounces.append(_bounce(name, sighting.marker, sighting.bounce, seen_at))
    told = ([news.bookmark], arrivals, bounces)
    if is_last:
        new = await ledger.record_look(look, *told, replies=replies)
    else:
        new = await ledger.record_news(name, *told, replies=replies)
    # One mail for the owner and his visitor is both, and is tidied away once.
    seen = {arrival.uid: arrival for arrival in new}
    for arrival in seen.values():
        log.info("arrival.seen", mailbox=name, place=arrival.place.value)
    return [(arrival, letters[uid]) for uid, arrival in seen.items()]


def _arrival(
    name: MailboxName, letter: Letter, sighting: Seen, seen_at: datetime
) -> Arrival:
    return Arrival(
        marker=sighting.marker,
        mailbox=name,
        folder=letter.folder,
        place=PLACES.get(letter.role, Place.OTHER),
        arrived_at=letter.arrived_at,
        seen_at=seen_at,
        validity=letter.validity,
        uid=letter.uid,
        evidence=sighting.evidence,
    )


def _bounce(
    name: MailboxName, marker: Marker, report: BounceReport, seen_at: datetime
) -> Bounce:
    return Bounce(
        marker=marker,
        mailbox=name,
        seen_at=seen_at,
        status=report.status,
        words=report.words,
        recipient=report.recipient,
    )
