"""A store at a service: its pages are read until nothing in them is new."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

from probes.errors import Refused, Unreachable
from probes.secrets import Secret
from probes.stores.clocks import moment
from probes.stores.meaning import Filled, named, understood
from probes.stores.rest.asking import Asker, Patience
from probes.stores.rest.service import Page, Request, Service, Submission
from probes.stores.rest_settings import ApiSettings
from probes.stores.store import MOST_FIELDS, MOST_TEXT, Entry, Piece, size_of
from probes.stores.texts import as_text

MOST_ENTRIES = 20_000
MOST_KEPT = 50_000_000
"""Characters of all submissions that are read at once."""
MOST_SKIPPED = 100
OVERLAP = timedelta(hours=1)
"""Read again each time: services may show a submission some time after it came."""


class RestStore:
    """The submissions that a service keeps."""

    def __init__(
        self,
        service: Service,
        secret: Secret,
        settings: ApiSettings,
        *,
        zone: tzinfo = UTC,
        address: str | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._service = service
        self._address = address or service.address
        self._secret = secret
        self._settings = settings
        self._zone = zone
        self._patience = patience or Patience()
        self._cursor = ""
        self._left: list[Entry] = []
        """What has been read, and not been handed out yet; it begins at the cursor."""

    async def read(
        self, *, since: datetime, cursor: str = "", most: int = 500
    ) -> Piece:
        """Return a piece, as `Store.read` promises.

        A service is asked once for all that is new, since most begin with the
        newest; the pieces after the first come out of memory.
        """
        skipped: Sequence[str] = ()
        if not self._left or cursor != self._cursor:
            seen = _seen(cursor)
            begin = max(since, seen - OVERLAP) if seen else since
            self._left, skipped = await self._in_time(begin)
        entries, self._left = self._left[:most], self._left[most:]
        newest = [entry.submitted_at for entry in entries]
        self._cursor = _cursor(max([*newest, _seen(cursor) or since]), self._left)
        return Piece(
            entries=entries,
            cursor=self._cursor,
            is_last=not self._left,
            skipped=skipped,
        )

    async def aclose(self) -> None:
        """Forget what has not been handed out; no connection is kept open."""
        self._left = []

    async def _in_time(self, begin: datetime) -> tuple[list[Entry], Sequence[str]]:
        name, secret = self._service.name, await self._secret.reveal()
        login = self._service.login(secret)
        if login.exemption is None and not secret.isascii():
            raise Refused(f"Our key for {name} has letters that no key has.")
        asker = Asker(
            service=self._service,
            address=self._address,
            login=login,
            ca=self._settings.ca,
            patience=self._patience,
        )
        try:
            async with asyncio.timeout(self._patience.seconds_in_all):
                return await self._all_since(begin, asker)
        except TimeoutError:
            raise Unreachable(f"{name} took too long.", answered=True) from None

    async def _all_since(
        self, begin: datetime, asker: Asker
    ) -> tuple[list[Entry], Sequence[str]]:
        entries: dict[str, Entry] = {}
        skipped: list[str] = []
        kept = 0
        for first in self._service.first(begin):
            request: Request | None = first
            for _ in range(self._patience.pages):
                is_full = len(entries) >= MOST_ENTRIES or kept >= MOST_KEPT
                if request is None or is_full:
                    break
                page = await asker.page(request)
                read = self._read(page, skipped)
                new = [entry for entry in read if entry.submitted_at >= begin]
                for entry in new:
                    entries.setdefault(entry.id, entry)
                kept += size_of(new)
                is_old = not new and _descends(read)
                request = None if is_old or page.next == request else page.next
            if request is not None:
                skipped.append(
                    f"{self._service.name} keeps more than we read at once:"
                    f" {len(entries)} submissions were read."
                )
        return sorted(entries.values(), key=_order), skipped[:MOST_SKIPPED]

    def _read(self, page: Page, skipped: list[str]) -> Sequence[Entry]:
        entries = []
        for submission in page.submissions:
            try:
                entries.append(self._entry(submission))
            except (ValueError, OverflowError):
                number = as_text(submission.id)[:60]
                skipped.append(
                    f"{self._service.name}'s submission {number} has no time"
                    " that we understand."
                )
        return entries

    def _entry(self, submission: Submission) -> Entry:
        filled = [one for one in submission.filled if one.value][:MOST_FIELDS]
        told = {part: text for part, text in submission.said.items() if text}
        meant = {
            **understood(filled),
            **told,
            **named(filled, self._settings.fields),
        }
        return Entry(
            id=as_text(submission.id) or _made_of(as_text(submission.at), filled),
            submitted_at=moment(submission.at, self._zone),
            name=meant.get("name", ""),
            email=meant.get("email", ""),
            phone=meant.get("phone", ""),
            subject=meant.get("subject", ""),
            message=meant.get("message", ""),
            fields={one.label or one.name: one.value for one in filled},
            form=submission.form,
            page=submission.page,
            is_spam=submission.is_spam,
            mail_failed=submission.mail_failed,
            mail_error=submission.mail_error[:MOST_TEXT],
            is_mail_tried=submission.is_mail_tried,
            recipients=submission.recipients,
        )


def _descends(entries: Sequence[Entry]) -> bool:
    """Return whether the newest come first, so that nothing new follows the old."""
    times = [entry.submitted_at for entry in entries]
    return bool(times) and times == sorted(times, reverse=True) and times[0] > times[-1]


def _made_of(at: str, filled: Sequence[Filled]) -> str:
    """Return a number for a submission that has none there."""
    words = [at, *(f"{one.name}={one.value}" for one in filled)]
    text = "\0".join(words).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=10).hexdigest()


def _order(entry: Entry) -> tuple[datetime, str]:
    return entry.submitted_at, entry.id


def _cursor(newest: datetime, left: Sequence[Entry]) -> str:
    """Return where a later reading goes on; never twice the same within one.

    A time to come is a wrong clock's: what is written until then would not be seen.
    """
    seen = min(newest, datetime.now(UTC))
    return json.dumps([seen.isoformat(), len(left)])


def _seen(cursor: str) -> datetime | None:
    try:
        newest, _ = json.loads(cursor or "[]")
        seen = datetime.fromisoformat(newest)
    except (ValueError, TypeError, RecursionError):
        return None
    return seen.astimezone(UTC) if seen.tzinfo else None
