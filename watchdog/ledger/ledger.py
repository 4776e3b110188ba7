"""All that can be asked of the ledger, and all that can be told to it."""

from watchdog.ledger import (
    alarms,
    incidents,
    judgement,
    mailboxes,
    retention,
    secret,
    silences,
    submissions,
)
from watchdog.ledger.store import Store


class Ledger(Store):
    """An open ledger; `open_ledger` gives one.  Safe for many tasks at once.

    Its methods are the functions of the files beside, a file a subject.  Each is
    one transaction, and raises `LedgerError` if the database fails.
    """

    key = secret.key

    claim_beat = submissions.claim_beat
    record_answer = submissions.record_answer
    record_failure = submissions.record_failure
    submission = submissions.submission
    awaited = submissions.awaited
    next_due_at = submissions.next_due_at
    is_any_due = submissions.is_any_due

    bookmarks = mailboxes.bookmarks
    start_bookmarks = mailboxes.start_bookmarks
    record_news = mailboxes.record_news
    record_look = mailboxes.record_look
    record_blindness = mailboxes.record_blindness
    arrival_of = mailboxes.arrival_of

    facts = judgement.facts
    unjudged = judgement.unjudged
    completed_late = judgement.completed_late
    record_verdict = judgement.record_verdict
    verdict_on = judgement.verdict_on
    verdicts = judgement.verdicts
    latest_verdicts = judgement.latest_verdicts

    record_incident = incidents.record_incident
    acknowledge = incidents.acknowledge
    open_incidents = incidents.open_incidents
    incident = incidents.incident
    incidents = incidents.incidents

    record_alarms = alarms.record_alarms
    due_alarms = alarms.due_alarms
    claim_alarm = alarms.claim_alarm
    record_sent = alarms.record_sent
    record_not_sent = alarms.record_not_sent
    withdraw_alarm = alarms.withdraw_alarm
    alarms_of = alarms.alarms_of
    failures_of = alarms.failures_of

    record_silence = silences.record_silence
    end_silence = silences.end_silence
    silences = silences.silences

    forget = retention.forget
    day_summaries = retention.day_summaries
