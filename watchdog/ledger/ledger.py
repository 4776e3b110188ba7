"""All that can be asked of the ledger, and all that can be told to it."""

from watchdog.ledger import (
    alarms,
    cases,
    desk,
    diagnoses,
    drills,
    findings,
    forgetting,
    habits,
    incidents,
    inquiries,
    judgement,
    losses,
    mailboxes,
    mails,
    measures,
    picture,
    presence,
    reminders,
    replies,
    retention,
    screenshots,
    secret,
    silences,
    standings,
    submissions,
    tellings,
)
from watchdog.ledger.store import Store, reads, writes


class Ledger(Store):
    """An open ledger; `open_ledger` gives one.  Safe for many tasks at once.

    Its methods are the functions of the files beside, a file a subject.  Each is
    one transaction, and raises `LedgerError` if the database fails.
    """

    _key: bytes | None = None
    _kept_key = reads(secret.kept_key)
    _make_key = writes(secret.make_key)

    async def key(self) -> bytes:
        """Return the ledger's key, 32 random bytes; the first who asks makes it."""
        if self._key is None:
            self._key = await self._kept_key() or await self._make_key()
        return self._key

    claim_beat = writes(submissions.claim_beat)
    record_answer = writes(submissions.record_answer)
    record_failure = writes(submissions.record_failure)
    submission = reads(submissions.submission)
    screenshot_of = reads(screenshots.screenshot_of)
    newest_beats = reads(submissions.newest_beats)

    before_look = reads(mailboxes.before_look)
    bookmarks = reads(mailboxes.bookmarks)
    record_news = writes(mailboxes.record_news)
    record_look = writes(mailboxes.record_look)
    record_blindness = writes(mailboxes.record_blindness)
    arrival_of = reads(mailboxes.arrival_of)

    reply_to = reads(replies.reply_to)
    expected_reply = reads(replies.expected_reply)
    expected_replies = reads(replies.expected_replies)

    facts = reads(judgement.facts)
    ripe = reads(judgement.ripe)
    record_verdict = writes(judgement.record_verdict)
    record_verdicts = writes(judgement.record_verdicts)
    verdict_on = reads(judgement.verdict_on)
    verdicts = reads(judgement.verdicts)
    latest_verdicts = reads(judgement.latest_verdicts)

    outcomes = reads(picture.outcomes)
    outcomes_of = reads(picture.outcomes_of)
    last_proofs = reads(picture.last_proofs)

    unnoted = reads(standings.unnoted)
    note = writes(standings.note)
    retries = reads(standings.retries)
    history = reads(standings.history)

    record_incident = writes(incidents.record_incident)
    acknowledge = writes(incidents.acknowledge)
    open_incidents = reads(incidents.open_incidents)
    incident = reads(incidents.incident)
    incidents = reads(incidents.incidents)

    untold_losses = reads(losses.untold_losses)
    record_loss = writes(losses.record_loss)
    ended_losses = reads(losses.ended_losses)
    missed_in = reads(losses.missed_in)
    loss_counts = reads(losses.loss_counts)
    first_missed = reads(losses.first_missed)
    last_missed = reads(losses.last_missed)
    arrived_since = reads(losses.arrived_since)
    undecided = reads(losses.undecided)
    written_at = reads(losses.written_at)
    form_senders = reads(habits.form_senders)
    came_at = reads(habits.came_at)

    claim_trial = writes(diagnoses.claim_trial)
    trials = reads(diagnoses.trials)
    record_diagnosis = writes(diagnoses.record_diagnosis)
    diagnosed = reads(diagnoses.diagnosed)
    diagnoses = reads(diagnoses.diagnoses)

    record_alarms = writes(alarms.record_alarms)
    begin_drill = writes(drills.begin_drill)
    due_alarms = reads(alarms.due_alarms)
    claim_alarm = writes(alarms.claim_alarm)
    record_sent = writes(alarms.record_sent)
    record_not_sent = writes(alarms.record_not_sent)
    hold_alarm = writes(alarms.hold_alarm)
    withdraw_alarm = writes(alarms.withdraw_alarm)
    alarms_of = reads(tellings.alarms_of)
    alarms_of_open = reads(tellings.alarms_of_open)
    untold = reads(tellings.untold)
    failures_of = reads(tellings.failures_of)

    raise_reminder = writes(reminders.raise_reminder)

    record_silence = writes(silences.record_silence)
    end_silence = writes(silences.end_silence)
    silences = reads(silences.silences)

    claim_measure = writes(measures.claim_measure)
    record_measure = writes(measures.record_measure)
    measures = reads(measures.measures)

    record_presence = writes(presence.record_presence)
    presences = reads(presence.presences)

    store_bookmark_of = reads(inquiries.store_bookmark_of)
    record_entries = writes(inquiries.record_entries)
    traced = reads(inquiries.traced)
    first_unsettled = reads(inquiries.first_unsettled)
    status_counts = reads(inquiries.status_counts)
    record_findings = writes(findings.record_findings)

    mail_bookmarks = reads(mails.mail_bookmarks)
    record_mails = writes(mails.record_mails)
    record_folders = writes(mails.record_folders)
    mails = reads(mails.mails)

    forget_inquiries = writes(forgetting.forget_inquiries)
    forget_mails = writes(forgetting.forget_mails)
    inquiries_kept = reads(forgetting.inquiries_kept)
    mails_kept = reads(forgetting.mails_kept)
    delete_inquiries = writes(forgetting.delete_inquiries)
    delete_mails = writes(forgetting.delete_mails)
    mails_of = reads(forgetting.mails_of)

    forget = writes(retention.forget)
    day_summaries = reads(retention.day_summaries)

    open_cases = writes(cases.open_for)
    close_found = writes(cases.close_found)
    cases_under_way = reads(desk.cases_under_way)
    cases = reads(desk.cases)
    cases_by_number = reads(desk.cases_by_number)
    cases_contacted = reads(desk.cases_contacted)
    record_step = writes(desk.record_step)
    add_step = writes(desk.add_step)
    claim_draft = writes(desk.claim_draft)
    release_draft = writes(desk.release_draft)
    mails_since = reads(desk.mails_since)
