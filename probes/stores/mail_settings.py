"""How to read inquiries from a mailbox that gets a copy of every notice."""

from typing import Literal, Self

from pydantic import PrivateAttr

from probes.settings import MailboxSettings, Settings
from probes.values import Text


class MailStoreSettings(Settings):
    """A mailbox that gets a blind copy (Bcc) of every mail that the form sends."""

    kind: Literal["mail"] = "mail"
    mailbox: Text
    """The name of that mailbox, told above as any other; not the check's own."""
    folder: Text | None = None
    """The folder in which the copies lie. Default: the inbox, and the spam folder."""

    _account: MailboxSettings | None = PrivateAttr(default=None)

    def of(self, account: MailboxSettings) -> Self:
        """Return the settings with what their mailbox's name stands for."""
        found = self.model_copy()
        found._account = account  # noqa: SLF001  of our own kind
        return found

    @property
    def account(self) -> MailboxSettings | None:
        """How to reach the mailbox; None where nobody has said so yet."""
        return self._account
