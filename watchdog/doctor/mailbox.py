"""One mailbox: whether we get in, and find there what we need."""

import os
from collections.abc import Iterator, Sequence

from probes.errors import ProbeError
from probes.mail.mailbox import Folder, Role, Tidy
from probes.mail.maildir_files import left_out
from probes.mail.open import open_mailbox
from probes.settings import ImapSettings, MaildirSettings
from probes.tls import Opening
from watchdog.config import Mailbox
from watchdog.doctor.connection import examine_certificate, examine_name
from watchdog.doctor.secrets import examine_secret, secrets_in
from watchdog.doctor.setup import Setup, failed
from watchdog.doctor.site import is_passable
from watchdog.model import MailboxName
from watchdog.rules.finding import Finding, broken, doubtful, well

PORTS = {"tls": 993, "starttls": 143}
MOST_SHOWN = 8
"""Names of folders in a sentence."""
MOST_LETTERS = 60


async def examine_mailbox(
    setup: Setup, name: MailboxName, mailbox: Mailbox
) -> Sequence[Finding]:
    """Return how a mailbox is; what lies behind a failure is not tried."""
    findings = [
        await examine_secret(key, secret) for key, secret in secrets_in(mailbox)
    ]
    if isinstance(mailbox, ImapSettings) and is_passable(findings):
        findings += await _examine_host(setup, mailbox)
    if is_passable(findings):
        findings += await _examine_inside(setup, name, mailbox)
    return findings


async def _examine_host(setup: Setup, mailbox: ImapSettings) -> Sequence[Finding]:
    found = await examine_name(setup, mailbox.host)
    findings = [found] if found else []
    if mailbox.security != "none" and is_passable(findings):
        port = mailbox.port or PORTS[mailbox.security]
        opening = Opening.IMAP if mailbox.security == "starttls" else None
        findings.append(
            await examine_certificate(
                setup, mailbox.host, port, mailbox.ca, opening=opening
            )
        )
    return findings


async def _examine_inside(
    setup: Setup, name: MailboxName, mailbox: Mailbox
) -> Sequence[Finding]:
    opened = open_mailbox(mailbox)
    try:
        folders = await opened.folders()
        ends = await opened.bookmarks([f for f in folders if f.role is Role.INBOX])
    except ProbeError as error:
        host = mailbox.host if isinstance(mailbox, ImapSettings) else "localhost"
        return [await failed(setup, name, error, host=host, mend=_way_in(mailbox))]
    finally:
        await opened.aclose()
    return [
        *_of_inbox(name, mailbox, can_be_read=bool(ends)),
        *_of_spam(name, mailbox, folders),
        *_of_after(name, mailbox, folders),
        *_of_names(name, mailbox),
    ]


def _way_in(mailbox: Mailbox) -> str:
    if isinstance(mailbox, ImapSettings):
        return (
            "Correct host, port, user and password; many mail hosts want an app "
            "password for a program."
        )
    return "Correct `path`, and let this user read what is there."


def _of_inbox(name: str, mailbox: Mailbox, *, can_be_read: bool) -> Iterator[Finding]:
    if can_be_read:
        yield well(name, "The mailbox can be opened, and its inbox read.")
    elif isinstance(mailbox, ImapSettings):
        sentence = f"There is no folder {mailbox.inbox} that can be read."
        yield broken(name, sentence, 'Name the one that the owner reads: inbox = "…".')
    else:
        yield broken(name, "There is no inbox there.", "Correct `path`.")


def _of_names(name: str, mailbox: Mailbox) -> Iterator[Finding]:
    """Yield a doubt: what lies in a folder that cannot be named is never found."""
    odd = left_out(mailbox.path) if isinstance(mailbox, MaildirSettings) else ()
    if odd:
        yield doubtful(
            name,
            "Folders whose names cannot be shown are passed over: "
            f"{', '.join(one[:MOST_LETTERS] for one in odd[:MOST_SHOWN])}.",
            "Rename them, or take away what no mail program has made.",
        )


def _of_spam(
    name: str, mailbox: Mailbox, folders: Sequence[Folder]
) -> Iterator[Finding]:
    """Without a spam folder all goes well, but junk is told as merely misfiled."""
    spam = [folder.name for folder in folders if folder.role is Role.SPAM]
    if mailbox.spam is not None and mailbox.spam not in spam:
        there = ", ".join(folder.name for folder in folders[:MOST_SHOWN])
        yield broken(
            name,
            f"There is no folder {mailbox.spam}, which is to be the spam folder.",
            f"Name one of those that are there: {there}.",
        )
    elif spam:
        yield well(name, f"The spam folder is {', '.join(spam)}.")
    else:
        yield doubtful(
            name,
            "No folder is known for spam: where the mail host has one, we do not know "
            "its name.",
            'Name it: spam = "…"; or look why the mail host keeps none.',
        )


def _of_after(
    name: str, mailbox: Mailbox, folders: Sequence[Folder]
) -> Iterator[Finding]:
    """Yield whether a test that has arrived can be put away as `after` says."""
    if mailbox.after is Tidy.KEEP:
        return
    if isinstance(mailbox, MaildirSettings) and not os.access(mailbox.path, os.W_OK):
        yield broken(
            name,
            f"We may not write in {mailbox.path}: tests that arrived would stay.",
            'Let this user write there, or write after = "keep".',
        )
    elif mailbox.after is Tidy.MOVE:
        there = mailbox.after_folder in {folder.name for folder in folders}
        state = "is there" if there else "will be made"
        yield well(name, f"The folder for tests, {mailbox.after_folder}, {state}.")
