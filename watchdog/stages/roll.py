"""Who was missed in an incident, as the ledger has it now, for an alarm to tell."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, tzinfo

from probes.channels.message import Attachment
from probes.settings import ChannelSettings, EmailSettings
from probes.stores.log_settings import AccessLogSettings
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import (
    CAME,
    LOSSES,
    UNSEEN,
    Incident,
    IncidentKind,
    Inquiry,
    InquiryStatus,
    Outcome,
    Reason,
    Way,
)
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.commonality import in_common
from watchdog.rules.estimate import Estimate
from watchdog.rules.roll import Roll, as_file
from watchdog.rules.worth import worth
from watchdog.stages.habit import probably_missed

MOST_LISTED = 200
"""Missed inquiries that one alarm lists; `missed` shows them all."""

COMPARED = timedelta(days=30)
"""What arrived for so long before the first loss is what the lost are held against."""

TURNING_AWAY = (Outcome.REFUSED, Outcome.UNREACHABLE)
"""What nobody can write through: not even the site knows who tried."""

LOSING = (Outcome.MISSING, Outcome.BOUNCED)
"""What the form takes, and nobody gets."""


async def roll_of(
    config: Config,
    ledger: Ledger,
    incident: Incident,
    *,
    now: datetime,
    zone: tzinfo,
    texts: Catalogue,
) -> Roll | None:
    """Return what is known of the missed; None where nothing is lost, or no form's.

    The names in it are for letters to the owner alone.
    """
    if incident.id is None or incident.kind not in LOSSES:
        return None
    watched = [check for check in config.check if check.name in incident.checks]
    checks = [check for check in watched if check.way is not Way.MAIL]
    if watched and not checks:
        return None
    counts = (await ledger.loss_counts([incident.id]))[incident.id]
    missed = await ledger.missed_in(incident.id, limit=MOST_LISTED)
    span = _span(incident, now)
    came = await ledger.status_counts(incident.checks, since=span.begin, until=span.end)
    return Roll(
        count=counts.get(InquiryStatus.MISSING, 0),
        named=_worthiest_first(config, missed),
        first_at=await ledger.first_missed(incident.id),
        found=sum(counts.get(status, 0) for status in CAME),
        junked=came[InquiryStatus.JUNKED] if incident.kind is IncidentKind.LOSS else 0,
        undecided=await ledger.undecided(
            incident.checks, begin=span.begin, end=span.end
        ),
        in_common=await _in_common(ledger, incident, missed, zone, texts),
        is_kept=all(map(_keeps, checks)) or incident.kind is IncidentKind.REAL_LOSS,
        logged=await _logged(ledger, checks, span),
        turned_away=await _turned_away(ledger, incident, checks, span, zone),
        not_kept=await _not_kept(ledger, incident, checks, span, zone),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Span:
    """The time in which an incident's messages may be lost."""

    begin: datetime
    end: datetime


def _span(incident: Incident, now: datetime) -> _Span:
    return _Span(
        begin=incident.window_from or incident.opened_at,
        end=incident.window_to or incident.resolved_at or now,
    )


def _keeps(check: Check) -> bool:
    """Tell whether a site keeps what people wrote, for us to read."""
    return check.store is not None and not isinstance(check.store, AccessLogSettings)


async def _logged(ledger: Ledger, checks: Collection[Check], span: _Span) -> int | None:
    """Return how many the logs tell of that did not arrive, where all have a log."""
    logs = [check for check in checks if isinstance(check.store, AccessLogSettings)]
    if not logs or any(check.store is None for check in checks):
        return None
    counts = await ledger.status_counts(
        [check.name for check in logs], since=span.begin, until=span.end
    )
    return sum(counts[status] for status in UNSEEN)


async def _turned_away(
    ledger: Ledger,
    incident: Incident,
    checks: Sequence[Check],
    span: _Span,
    zone: tzinfo,
) -> Estimate | None:
    """Return how many wanted to write where nobody could, by who wrote before."""
    if incident.outcome not in TURNING_AWAY:
        return None
    return await probably_missed(
        ledger, checks, begin=span.begin, end=span.end, zone=zone
    )


async def _not_kept(
    ledger: Ledger,
    incident: Incident,
    checks: Sequence[Check],
    span: _Span,
    zone: tzinfo,
) -> Estimate | None:
    """Return how many were lost through the forms whose inquiries nobody keeps."""
    if incident.outcome not in LOSING:
        return None
    kept_nowhere = [check for check in checks if check.store is None]
    return await probably_missed(
        ledger, kept_nowhere, begin=span.begin, end=span.end, zone=zone
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
        statuses=CAME,
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
    is_end = reason is Reason.RESOLVED
    return replace(roll, is_attached=is_end and bool(roll.named))


def files_of(roll: Roll, zone: tzinfo, texts: Catalogue) -> Sequence[Attachment]:
    """Return the file with the missed, where the alarm carries one."""
    if not roll.is_attached:
        return ()
    content = as_file(roll, zone, texts)
    return (Attachment(name="missed.csv", kind="csv", content=content),)
