"""Causes in how the site sends its mail, or does not."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from watchdog.model import Cause, Experiment, Outcome
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, came
from watchdog.rules.diagnosis.statements import stated

UNSENT = LOST | {Outcome.REFUSED}

MAIL_FAILED = re.compile(
    r"(?:error|problem) .{0,30}\bsend"
    r"|(?:could not|couldn't|cannot|failed to|unable to) (?:be )?(?:send|sent)"
    r"|not be (?:sent|delivered)|sending failed|mail failed"
    r"|(?:konnte|wurde) .{0,20}nicht (?:gesendet|versendet|verschickt)",
    re.IGNORECASE,
)
"""What forms say when their mailer has failed, without its reason."""

NEARLY = timedelta(minutes=90)
"""How soon after midnight messages come again, where a day's limit was used up."""
NIGHTS = 2


def mail_login(clues: Clues) -> Candidate | None:
    """Return whether the site can no longer log in to the server that it sends by."""
    if clues.outcome not in UNSENT:
        return None
    if statement := stated(clues, Cause.MAIL_LOGIN):
        said = Said(
            "The website can no longer log in to the server that sends its"
            " mail{quoted}.",
            quoted=statement.quoted,
        )
        return proven(Cause.MAIL_LOGIN, said, words=statement.words)
    if _has_failed_unexplained(clues) and _was_trusted(clues) is not False:
        said = Said(
            "The website says that it could not send its mail. Until now it was sent"
            " by a server that vouched for it: most often, its password has changed."
            if _was_trusted(clues)
            else "The website says that it could not send its mail, and not why."
        )
        return likely(Cause.MAIL_LOGIN, said)
    return None


def cannot_send(clues: Clues) -> Candidate | None:
    """Return whether the web host itself, which sent the mail, does so no more."""
    if clues.outcome not in UNSENT or not _has_failed_unexplained(clues):
        return None
    if _was_trusted(clues):
        return None
    said = Said(
        "The website says that it could not send its mail, which the web host has sent"
        " by itself until now."
        if clues.before
        else "The website says that it could not send its mail, and not why."
    )
    return likely(Cause.UNTRUSTED_SENDER, said)


def _has_failed_unexplained(clues: Clues) -> bool:
    if clues.site.mail_error:
        return False
    if clues.site.mail_failed:
        return True
    said_no = clues.says("answer") == "declined" and not clues.is_server_error
    return said_no and bool(MAIL_FAILED.search(clues.says("answer_words")))


def _was_trusted(clues: Clues) -> bool | None:
    """Tell whether mail that came well was vouched for; None if none is known."""
    if clues.before is None:
        return None
    return clues.before.get("dkim") == "pass" or clues.before.get("dmarc") == "pass"


def sending_limit(clues: Clues) -> Candidate | None:
    """Return whether what the site may send in a day or month is used up."""
    if clues.outcome not in UNSENT:
        return None
    if statement := stated(clues, Cause.SENDING_LIMIT):
        said = Said(
            "The service that sends the website's mail has a limit, and it is used"
            " up{quoted}.",
            quoted=statement.quoted,
        )
        return proven(Cause.SENDING_LIMIT, said, words=statement.words)
    if len(_recoveries(clues.history)) >= NIGHTS:
        said = Said(
            "Day after day, messages stop coming, and come again after midnight (UTC):"
            " that is how a daily limit on sent mail looks."
        )
        return likely(Cause.SENDING_LIMIT, said)
    return None


def _recoveries(history: Sequence[tuple[datetime, bool]]) -> Sequence[datetime]:
    """Return when messages came again after bad ones, if always just after midnight.

    One at another hour, or after trouble of that same night, and it is no daily limit.
    """
    again, bad_since = [], None
    for at, is_well in reversed(history):
        if not is_well:
            bad_since = bad_since or at
        elif bad_since:
            after = timedelta(hours=at.hour, minutes=at.minute)
            if after >= NEARLY or bad_since.date() == at.date():
                return []
            again.append(at)
            bad_since = None
    return again


def broken_handler(clues: Clues) -> Candidate | None:
    """Return whether the site takes the message, and then does nothing with it."""
    if clues.outcome not in UNSENT or clues.site.mail_error:
        return None
    if statement := stated(clues, Cause.BROKEN_HANDLER):
        said = Said(
            "The website's own program broke down over the message{quoted}.",
            quoted=statement.quoted,
        )
        return proven(Cause.BROKEN_HANDLER, said, words=statement.words)
    if clues.is_server_error:
        said = Said(
            "The website's own program broke down over the message (HTTP {status}).",
            status=str(clues.status),
        )
        return likely(Cause.BROKEN_HANDLER, said)
    return _silent(clues)


def _silent(clues: Clues) -> Candidate | None:
    """Return whether the site thanks and keeps the message, but sends nothing."""
    if clues.outcome is not Outcome.MISSING or clues.site.mail_failed:
        return None
    if clues.site.is_stored and clues.site.is_mail_tried is False:
        said = Said(
            "The website thanked for the message and kept it, but did not even try to"
            " send a mail."
        )
        return proven(Cause.BROKEN_HANDLER, said)
    if came(clues, Experiment.DIRECT) and clues.reply_came is False:
        said = Said(
            "The website thanked for the message, but neither you nor the visitor got"
            " a mail, while mail straight to the mailbox came: the website sends none."
        )
        return likely(Cause.BROKEN_HANDLER, said)
    return None
