"""Who was missed in an incident, as the ledger has it now, for an alarm to tell."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo

from probes.channels.message import Attachment
from probes.settings import ChannelSettings, EmailSettings
from watchdog.config import Config
from watchdog.ledger import Ledger
from watchdog.model import Incident, IncidentKind, Inquiry, InquiryStatus, Reason
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.commonality import in_common
from watchdog.rules.roll import Roll, as_file
from watchdog.rules.worth import worth

LOSSES = (IncidentKind.LOSS, IncidentKind.REAL_LOSS)

MOST_LISTED = 500
"""Missed inquiries that one alarm lists; `missed` shows them all."""

COMPARED = timedelta(days=30)
"""What arrived for so long before the first loss is what the lost are held against."""

FOUND = (InquiryStatus.ARRIVED, InquiryStatus.LATE)


async def roll_of(
    config: Config,
    ledger: Ledger,
    incident: Incident,
    *,
    now: datetime,
    zone: tzinfo,
    texts: Catalogue,
) -> Roll | None:
    """Return what is known of the missed; None where nothing is lost.

    The names in it are for letters to the owner alone.
    """
    if incident.id is None or incident.kind not in LOSSES:
        return None
    counts = (await ledger.loss_counts([incident.id]))[incident.id]
    missed = await ledger.missed_in(incident.id, limit=MOST_LISTED)
    checks = [check for check in config.check if check.name in incident.checks]
    begin, end = incident.window_from or incident.opened_at, incident.window_to or now
    return Roll(
        count=counts.get(InquiryStatus.MISSING, 0),
        named=_worthiest_first(config, missed),
        first_at=min((one.submitted_at for one in missed), default=None),
        found=sum(counts.get(status, 0) for status in FOUND),
        undecided=await ledger.undecided(incident.checks, begin=begin, end=end),
        in_common=await _in_common(ledger, incident, missed, zone, texts),
        is_kept=all(check.store is not None for check in checks),
    )


def _worthiest_first(config: Config, missed: Sequence[Inquiry]) -> Sequence[Inquiry]:
    keywords, fields = config.recovery.keywords, config.recovery.fields
    return sorted(missed, key=lambda one: worth(one, keywords, fields), reverse=True)


async def _in_common(
    ledger: Ledger,
    incident: Incident,
    missed: Sequence[Inquiry],
    zone: tzinfo,
    texts: Catalogue,
) -> str:
    if not missed:
        return ""
    written = [one.submitted_at for one in missed]
    arrived = await ledger.traced(
        incident.checks,
        since=min(written) - COMPARED,
        until=max(written) + COMPARED,
        statuses=FOUND,
        limit=MOST_LISTED,
    )
    others = [one.inquiry for one in arrived]
    return in_common(missed, others, zone=zone, texts=texts)


def told_by(roll: Roll, settings: ChannelSettings | None, reason: Reason) -> Roll:
    """Return as much of the roll as may go by this channel.

    Who was missed is nobody's business but the owner's, so it goes by mail alone.
    """
    if not isinstance(settings, EmailSettings):
        return replace(roll, named=(), in_common="")
    is_whole = 0 < roll.count == len(roll.named)
    return replace(roll, is_attached=is_whole and reason is Reason.RESOLVED)


def files_of(roll: Roll, zone: tzinfo, texts: Catalogue) -> Sequence[Attachment]:
    """Return the file with the missed, where the alarm carries one."""
    if not roll.is_attached:
        return ()
    content = as_file(roll, zone, texts)
    return (Attachment(name="missed.csv", kind="csv", content=content),)
