"""An alarm put into words, with what puts it into its incident's thread."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from probes.channels.message import Attachment, Notice
from probes.settings import EmailSettings
from watchdog.config import Config
from watchdog.config.catalogue import catalogue
from watchdog.config.times import machine_zone
from watchdog.ledger import Ledger
from watchdog.model import (
    Alarm,
    AlarmId,
    CheckName,
    Incident,
    Missed,
    Reason,
    Verdict,
    Way,
)
from watchdog.rules import marker, waiting, wording
from watchdog.rules.thread import called, earlier, message_id
from watchdog.stages.roll import files_of, roll_of, told_by
from watchdog.stages.troubles import diagnosis_of, in_words, screenshot_of, troubles_of

SHOWN = (Reason.OPENED, Reason.WORSE, Reason.BLIND)
"""Alarms that come with a screenshot; later ones tell nothing new by it."""


async def notice_of(
    config: Config,
    ledger: Ledger,
    alarm: Alarm,
    incident: Incident | None,
    alarms: Sequence[Alarm],
    *,
    now: datetime,
    cases: Sequence[Missed] = (),
) -> Notice:
    """Return what to send; `alarms` are all those about the incident.

    `cases` are those of the people who wait, where it is about them.

    No marker of ours is in it, though a bounce may have quoted one: an alarm
    that comes into a watched mailbox must prove nothing about a form.
    """
    key = await ledger.key()
    domain = config.watchdog.contact.rpartition("@")[2]
    texts = catalogue(config.watchdog.language)
    before = earlier(key, alarm, alarms, domain)
    files: Sequence[Attachment] = ()
    zone = ZoneInfo(config.watchdog.timezone or machine_zone())
    if cases:
        # Who they are is nobody's business but the owner's, so it goes by mail alone.
        is_mail = isinstance(config.settings_of(alarm.channel), EmailSettings)
        words = waiting.words(cases, is_named=is_mail, zone=zone, now=now, texts=texts)
    elif incident is None:
        words = wording.drill(texts)
    else:
        roll = await roll_of(config, ledger, incident, now=now, zone=zone, texts=texts)
        if roll:
            roll = told_by(roll, config.settings_of(alarm.channel), alarm.reason)
            files = files_of(roll, zone, texts)
        troubles = await troubles_of(ledger, incident)
        if alarm.reason in SHOWN:
            files = [*files, *await _screenshot(ledger, troubles)]
        diagnosis = await diagnosis_of(ledger, incident)
        known = wording.Known(
            troubles=await in_words(ledger, troubles, diagnosis, texts),
            conclusion=diagnosis.conclusion if diagnosis else None,
            roll=roll,
            called=called(alarm, alarms),
            way=_way_of(config, incident),
        )
        words = wording.words(alarm, incident, known, now=now, zone=zone, texts=texts)
    return Notice(
        subject=marker.without(key, words.subject),
        text=marker.without(key, words.text),
        html=marker.without(key, words.html),
        short=marker.without(key, words.short),
        written_at=now,
        message_id=message_id(key, alarm.id or AlarmId(0), domain),
        in_reply_to=before[0] if before else "",
        references=before,
        attachments=files,
    )


async def _screenshot(
    ledger: Ledger, troubles: Mapping[CheckName, Verdict]
) -> Sequence[Attachment]:
    """Return what a browser showed of the trouble, to be attached, if it is kept."""
    shot = await screenshot_of(ledger, troubles)
    if shot is None:
        return ()
    return (Attachment(name="screenshot.jpeg", kind="jpeg", content=shot.image),)


def _way_of(config: Config, incident: Incident) -> Way:
    """Return the way of all checks of an incident; a form where they differ."""
    ways = {check.way for check in config.check if check.name in incident.checks}
    return ways.pop() if len(ways) == 1 else Way.FORM
