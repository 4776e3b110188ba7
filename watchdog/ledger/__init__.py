"""Our durable memory: rows are completed, never rewritten."""

from watchdog.ledger.errors import LedgerError, LedgerLost
from watchdog.ledger.ledger import Ledger
from watchdog.ledger.opening import open_ledger

__all__ = ["Ledger", "LedgerError", "LedgerLost", "open_ledger"]
