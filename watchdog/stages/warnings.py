"""Warn of what is not lost yet: once when it shows, and once when it is over."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import structlog

from watchdog.config import Check, Config
from watchdog.config.catalogue import catalogue
from watchdog.ledger import Ledger
from watchdog.model import (
    LOSSES,
    ChannelName,
    CheckName,
    Evidence,
    Incident,
    IncidentKind,
    Measure,
    Reason,
    Verdict,
)
from watchdog.rules import astray, replies, trend
from watchdog.rules import warning as rule
from watchdog.rules.alarm import raised
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.incident import Change
from watchdog.rules.ladder import Rung
from watchdog.rules.trend import Course, Habit
from watchdog.rules.warning import Sign
from watchdog.stages import drills, unread
from watchdog.stages.directory import Directory
from watchdog.stages.ladder import ladder_of
from watchdog.stages.measuring import EVERY, measure, subjects_of
from watchdog.stages.submit import Clock

log = structlog.get_logger()

PACE = timedelta(hours=1)
"""How often we look for signs, however often we are asked to."""


async def warn(
    config: Config, ledger: Ledger, *, clock: Clock, directory: Directory | None = None
) -> None:
    """Measure what is due, and let warnings begin and end as the signs have it.

    Cheap to call often: signs are looked for once an hour, by one daemon.  If we
    die on the way, or somebody else changes a warning, the next hour decides anew.
    """
    subjects = subjects_of(config, directory or Directory())
    await measure(subjects, ledger, clock=clock)
    now = clock()
    if not await ledger.claim_measure("warnings", now=now, every=PACE):
        return
    incidents, known = await ledger.open_incidents(), await ledger.measures()
    warned = {one.shared for one in incidents if one.kind is IncidentKind.WARNING}
    texts = catalogue(config.watchdog.language)
    signs = [
        sign
        for subject in subjects
        if subject.key in known
        for sign in rule.of_evidence(
            subject.name,
            subject.checks,
            known[subject.key].evidence,
            known=warned,
            now=now,
            texts=texts,
        )
    ]
    signs += drills.signs_of(config, known, texts)
    signs += unread.signs_of(config, known, texts)
    for check in config.check:
        habit = known.get(f"habit:{check.name}")
        signs += await _trends(ledger, check, habit, incidents, now=now, texts=texts)
        signs += await _astray(ledger, check, incidents, now=now, texts=texts)
        signs += await _unreplied(ledger, check, incidents, now=now, texts=texts)
    for change in rule.advance(signs, incidents, now=now):
        await _record(config, ledger, change, now)


async def _trends(
    ledger: Ledger,
    check: Check,
    kept: Measure | None,
    incidents: Sequence[Incident],
    *,
    now: datetime,
    texts: Catalogue,
) -> Sequence[Sign]:
    """Return what has grown worse with a check's messages, by what was usual."""
    history = await ledger.history(check.name, depth=trend.DEPTH)
    own = [one for one in incidents if check.name in one.checks]
    warned = {one.shared for one in own if one.kind is IncidentKind.WARNING}
    course = Course(
        check=check.name,
        site=check.of_site,
        history=history,
        habit=_habit(kept.evidence if kept else {}),
        is_lossy=any(one.kind in LOSSES for one in own),
    )
    signs = list(trend.signs(course, warned, texts))
    if not signs:
        await _keep_habit(ledger, check.name, history, now)
    return signs


async def _astray(
    ledger: Ledger,
    check: Check,
    incidents: Sequence[Incident],
    *,
    now: datetime,
    texts: Catalogue,
) -> Sequence[Sign]:
    """Return whether real inquiries lie where hardly anybody looks.

    While messages are known to be lost, nobody is warned of it.
    """
    if check.store is None:
        return []
    since = now - timedelta(days=astray.DAYS)
    counts = await ledger.status_counts([check.name], since=since, until=now)
    own = [one for one in incidents if check.name in one.checks]
    warned = {one.shared for one in own if one.kind is IncidentKind.WARNING}
    is_lossy = any(one.kind in LOSSES for one in own)
    signs = astray.signs_of_astray(check.of_site, check.name, counts, texts)
    return [sign for sign in signs if sign.key in warned or not is_lossy]


async def _unreplied(
    ledger: Ledger,
    check: Check,
    incidents: Sequence[Incident],
    *,
    now: datetime,
    texts: Catalogue,
) -> Sequence[Sign]:
    """Return whether visitors no longer get what the form used to send them."""
    if not check.expect_reply:
        return []
    history = await ledger.expected_replies(check.name, limit=replies.DEPTH)
    own = [one for one in incidents if check.name in one.checks]
    warned = {one.shared for one in own if one.kind is IncidentKind.WARNING}
    is_lossy = any(one.kind in LOSSES for one in own)
    signs = [
        *replies.signs_of_replies(
            check.name, history, warned, is_lossy=is_lossy, now=now, texts=texts
        )
    ]
    # That its own mailbox is not read is an incident of its own.
    if check.replies_come_to != check.mailbox:
        signs += replies.signs_of_blindness(check.name, history, now=now, texts=texts)
    return signs


async def _keep_habit(
    ledger: Ledger, check: CheckName, history: Sequence[Verdict], now: datetime
) -> None:
    """Take what comes now for usual, once a day; not while anything is worse."""
    subject = f"habit:{check}"
    if history and await ledger.claim_measure(subject, now=now, every=EVERY):
        await ledger.record_measure(subject, _kept(trend.habit_of(history)))


def _habit(kept: Evidence) -> Habit:
    """Return the habit that `_kept` has put away; none if there is none yet."""
    latency, passed = kept.get("latency_seconds"), kept.get("passed")
    return Habit(
        latency=timedelta(seconds=latency) if isinstance(latency, float) else None,
        passed=frozenset(passed) if isinstance(passed, list) else frozenset(),
    )


def _kept(habit: Habit) -> Evidence:
    latency = habit.latency.total_seconds() if habit.latency is not None else None
    return {"latency_seconds": latency, "passed": sorted(habit.passed)}


async def _record(
    config: Config, ledger: Ledger, change: Change, now: datetime
) -> None:
    """Write down a change with its alarms; whoever was quicker has told already."""
    incident, reason = change.incident, change.reason
    alarms = await ledger.alarms_of(incident.id) if incident.id else []
    dead = drills.channel_of(incident.shared)
    ladder = _first_step(config, incident.checks, without=dead)
    new = raised(incident, reason, ladder, alarms, now=now)
    if kept := await ledger.record_incident(incident, new):
        log.info(
            "warning.changed", incident=kept.id, reason=reason.value, about=kept.shared
        )


def _first_step(
    config: Config, checks: Collection[CheckName], *, without: ChannelName | None
) -> Sequence[Rung]:
    """Return the ladder up to the first step that takes warnings.

    They can wait: that one does not answer is no reason to wake the next.  A channel
    that is warned of is left out, if there is another.
    """
    whole = ladder_of(config, checks)
    ladder = [rung for rung in whole if rung.channel != without] or whole
    for step, rung in enumerate(ladder):
        if Reason.WARNING in rung.reasons:
            return ladder[: step + 1]
    return ()
