"""What the last night's tracing could not read, as the ledger remembers it."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from watchdog.config import Config
from watchdog.model import CheckName, Evidence, MailboxName, Measure
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.unread import of_store
from watchdog.rules.warning import Sign
from watchdog.stages.inquiries import Unread

DONE = "done_for"
"""Under which the night is kept whose work was done to its end."""


def subject_of(mailbox: MailboxName) -> str:
    """Return as what the ledger remembers the last nightly tracing of a mailbox."""
    return f"inquiries:{mailbox}"


def evidence_of(night: datetime, unread: Sequence[Unread]) -> Evidence:
    """Return what the ledger is to remember of a night's work."""
    stores = {
        _key(check): one.sentence
        for one in unread
        if one.is_store
        for check in one.checks
    }
    return {DONE: None if unread else night.isoformat(), **stores}


def signs_of(
    config: Config, known: Mapping[str, Measure], texts: Catalogue
) -> Sequence[Sign]:
    """Return a sign for each store that could not be read.

    A mailbox that cannot be read is an incident of its own.
    """
    signs = []
    for check in config.check:
        measure = known.get(subject_of(check.mailbox))
        words = measure.evidence.get(_key(check.name)) if measure else None
        if check.store is not None and isinstance(words, str):
            signs.append(of_store(check.name, words, texts))
    return signs


def _key(check: CheckName) -> str:
    return f"store:{check}"
