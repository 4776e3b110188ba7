"""The store of a check: whether it can be read, and is the one that is in use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from probes.errors import ProbeError
from probes.stores.discovery import Found, discover
from probes.stores.log_settings import AccessLogSettings
from probes.stores.open import open_store
from probes.stores.settings import StoreSettings
from probes.stores.sql_settings import SqlStoreSettings
from probes.stores.store import Store
from watchdog.config import Check
from watchdog.doctor.setup import Setup, failed
from watchdog.rules.finding import Finding, doubtful, well

LOOKED_AT = timedelta(days=31)
MOST_PIECES = 20
"""Read of a store: enough to see whether it is alive."""
MEND = "Correct [check.store], and see to it that we may read what is there."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """What there was in a store, of late."""

    inquiries: int = 0
    newest: datetime | None = None
    skipped: str = ""


async def examine_store(setup: Setup, check: Check) -> Sequence[Finding]:
    """Return how the store of a check is; nothing where it has none."""
    if check.store is None:
        return ()
    store = open_store(check.store)
    try:
        seen = await _seen(store, setup.now - LOOKED_AT)
        others = await _fresher(check.store, seen)
    except ProbeError as error:
        return [await failed(setup, check.name, error, host="", mend=MEND)]
    finally:
        await store.aclose()
    return [
        *_of_reading(check.name, seen),
        *_of_log(check, seen),
        *_of_others(check.name, others),
    ]


async def _seen(store: Store, since: datetime) -> _Seen:
    seen, cursor = _Seen(), ""
    for _ in range(MOST_PIECES):
        piece = await store.read(since=since, cursor=cursor)
        times = [entry.submitted_at for entry in piece.entries]
        seen = _Seen(
            inquiries=seen.inquiries + len(times),
            newest=max([*times, *filter(None, [seen.newest])], default=None),
            skipped=seen.skipped or next(iter(piece.skipped), ""),
        )
        cursor = piece.cursor
        if piece.is_last:
            break
    return seen


async def _fresher(settings: StoreSettings, seen: _Seen) -> Sequence[Found]:
    """Return the other stores in the same database that were written to since."""
    if not isinstance(settings, SqlStoreSettings):
        return ()
    since = seen.newest or datetime.min.replace(tzinfo=UTC)
    return [
        found
        for found in await discover(settings)
        if found.kind != settings.kind and found.newest and found.newest > since
    ]


def _of_reading(name: str, seen: _Seen) -> Iterator[Finding]:
    days = LOOKED_AT.days
    if seen.newest is None:
        told = f"nobody has written in the last {days} days"
    else:
        newest = f"the newest of {seen.newest.astimezone():%Y-%m-%d %H:%M}"
        inquiries = "inquiry" if seen.inquiries == 1 else "inquiries"
        told = f"{seen.inquiries} {inquiries} in the last {days} days, {newest}"
    yield well(name, f"The store can be read: {told}.")
    if seen.skipped:
        yield doubtful(
            name,
            f"Not all in the store can be understood. {seen.skipped}",
            "Look at it on the site; where it is an inquiry, tell us of it.",
        )


def _of_log(check: Check, seen: _Seen) -> Iterator[Finding]:
    if isinstance(check.store, AccessLogSettings) and not seen.inquiries:
        yield doubtful(
            check.name,
            "No line of the log tells that somebody sent the form.",
            "Send it once, look for the line with POST in the log, and name its path"
            " as `endpoint` in [check.store].",
        )


def _of_others(name: str, others: Sequence[Found]) -> Iterator[Finding]:
    if others:
        kinds = ", ".join(f'{one.name} (kind = "{one.kind}")' for one in others)
        yield doubtful(
            name,
            f"Newer entries are in other stores of the same database: {kinds}.",
            "See to it that [check.store] names the one into which this form writes.",
        )
