"""Causes in where the site's mail goes, and in the mailbox that should get it."""

from watchdog.model import Cause, Experiment, Outcome, Sureness
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, came
from watchdog.rules.diagnosis.statements import Speaker, stated

NEARLY_FULL = 0.95


def wrong_recipient(clues: Clues) -> Candidate | None:
    """Return whether the form sends to an address that nobody reads or serves."""
    if clues.outcome not in LOST | {Outcome.REFUSED}:
        return None
    if _is_kept_by_site(clues):
        return None
    statement = stated(clues, Cause.WRONG_RECIPIENT)
    if statement and statement.speaker is Speaker.OWN_HOST:
        said = Said(
            "The mailbox's own mail host takes no mail for {address}{quoted}.",
            address=clues.recipient,
            quoted=statement.quoted,
        )
        return proven(Cause.WRONG_RECIPIENT, said, words=statement.words)
    if statement:
        said = Said(
            "The form sends to an address that takes no mail{quoted}.",
            quoted=statement.quoted,
        )
        is_certain = statement.speaker is Speaker.MAILER or _is_another(clues)
        found = proven if is_certain else likely
        return found(Cause.WRONG_RECIPIENT, said, words=statement.words)
    if _is_sent_elsewhere(clues):
        addresses = ", ".join(clues.site.recipients)
        said = Said(
            "The website sends its mail to {addresses}, and not to {address}.",
            addresses=addresses,
            address=clues.recipient,
        )
        return likely(Cause.WRONG_RECIPIENT, said, recipients=addresses)
    if came(clues, Experiment.DIRECT) and clues.reply_came:
        said = Said(
            "The website sends mail (the visitor's copy came), and the mailbox takes"
            " mail (our direct one came): the form seems to send to another address."
        )
        return likely(Cause.WRONG_RECIPIENT, said, experiment="direct")
    return None


def _is_another(clues: Clues) -> bool:
    """Tell whether a bounce is about another address than the mailbox's."""
    bounced = clues.says("bounce_recipient").lower()
    return bool(bounced and clues.recipient and bounced != clues.recipient.lower())


def _is_sent_elsewhere(clues: Clues) -> bool:
    """Tell whether no recipient is the mailbox, or one whose mail came into it."""
    known = {address.lower() for address in clues.site.recipients}
    before = str((clues.before or {}).get("to") or "").lower()
    ours = {clues.recipient.lower(), before} - {""}
    return bool(known and ours and not known & ours)


def local_routing(clues: Clues) -> Candidate | None:
    """Return whether the web host keeps mail to itself that others should get.

    That it takes the mail when asked is no proof: it may hand it on.
    """
    if clues.outcome not in LOST or not _is_kept_by_site(clues):
        return None
    hosts = ", ".join(
        filter(None, (clues.names.mail_provider, *clues.names.mail_hosts))
    )
    said = Said(
        "The web host takes mail for {address} itself, though by the DNS others do"
        " ({hosts}): what the website sends never leaves the web host.",
        address=clues.recipient,
        hosts=hosts,
    )
    is_only_ours = came(clues, Experiment.DIRECT) is Sureness.PROVEN
    is_certain = clues.asked.is_taken_by_site and (
        (is_only_ours and clues.reply_came) or _is_disowned(clues)
    )
    found = proven if is_certain else likely
    return found(Cause.LOCAL_ROUTING, said, mail_hosts=hosts)


def _is_kept_by_site(clues: Clues) -> bool:
    return bool(clues.asked.is_taken_by_site) or _is_disowned(clues)


def _is_disowned(clues: Clues) -> bool:
    """Tell whether a bounce denies the very address that its own mail host takes."""
    statement = stated(clues, Cause.WRONG_RECIPIENT)
    bounced = clues.says("bounce_recipient").lower()
    return bool(
        clues.asked.taken
        and statement
        and statement.speaker is Speaker.HOST
        and clues.recipient
        and bounced == clues.recipient.lower()
    )


def mailbox(clues: Clues) -> Candidate | None:
    """Return whether the mailbox is full, or a rule in it moves the mail."""
    if clues.outcome is Outcome.MISFILED:
        said = Said("A rule in the mailbox, or a mail program, moves the message.")
        return proven(Cause.MAILBOX, said)
    if clues.outcome not in LOST:
        return None
    if statement := stated(clues, Cause.MAILBOX):
        said = Said(
            "The mailbox takes no more mail{quoted}.",
            quoted=statement.quoted,
        )
        return proven(Cause.MAILBOX, said, words=statement.words)
    if clues.room_used is not None and clues.room_used >= NEARLY_FULL:
        percent = f"{min(clues.room_used, 1):.0%}"
        said = Said("The mailbox is full ({percent}).", percent=percent)
        found = proven if clues.room_used >= 1 else likely
        return found(Cause.MAILBOX, said, room_used=clues.room_used)
    return None
