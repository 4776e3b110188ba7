"""The accounts into which forms' messages come, and what becomes of ours there."""

from typing import Annotated

from pydantic import AfterValidator, Field

from probes.mail.mailbox import Tidy
from probes.settings import ImapSettings, MaildirSettings, MboxSettings
from probes.values import Name


class ImapMailbox(ImapSettings):
    """An IMAP account that a form's messages come into."""

    after: Tidy = Tidy.MOVE
    """What becomes of a synthetic message when it has arrived."""
    after_folder: Name = "Contact Watchdog"
    """Where `move` puts it; made if need be."""


class MaildirMailbox(MaildirSettings):
    """A Maildir++ tree that a form's messages come into."""

    after: Tidy = Tidy.MOVE
    """What becomes of a synthetic message when it has arrived."""
    after_folder: Name = "Contact Watchdog"
    """Where `move` puts it; made if need be."""


def _kept(after: Tidy) -> Tidy:
    if after is not Tidy.KEEP:
        raise ValueError('must be "keep": mbox files are only read')
    return after


class MboxMailbox(MboxSettings):
    """A folder of mbox files that a form's messages come into."""

    after: Annotated[Tidy, AfterValidator(_kept)] = Tidy.KEEP
    """What becomes of a synthetic message when it has arrived: files are only read."""
    after_folder: Name = "Contact Watchdog"
    """Nothing is put there; as for the other kinds."""


Mailbox = Annotated[
    ImapMailbox | MaildirMailbox | MboxMailbox, Field(discriminator="kind")
]
