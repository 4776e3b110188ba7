"""Which door leads to a mailbox?  Its settings say so."""

from typing import assert_never

from probes.mail.mailbox import Mailbox
from probes.settings import (
    ImapSettings,
    MailboxSettings,
    MaildirSettings,
    MboxSettings,
)


def open_mailbox(settings: MailboxSettings) -> Mailbox:
    """Return the mailbox that `settings` describe; nothing is touched yet.

    Only the door that is used is imported: the IMAP library is slow to load.
    """
    match settings:
        case ImapSettings():
            from probes.mail.imap import ImapMailbox  # noqa: PLC0415

            return ImapMailbox(settings)
        case MaildirSettings():
            from probes.mail.maildir import MaildirMailbox  # noqa: PLC0415

            return MaildirMailbox(settings)
        case MboxSettings():
            from probes.mail.mbox import MboxMailbox  # noqa: PLC0415

            return MboxMailbox(settings)
        case _:
            assert_never(settings)
