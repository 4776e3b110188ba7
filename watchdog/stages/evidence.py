"""What a browser saw, as the ledger keeps it and scripts read it."""

from probes.seen import Seen
from watchdog.model import Evidence


def evidence_of(seen: Seen | None) -> Evidence:
    """Return what a browser saw, but for the screenshot; nothing without one."""
    if seen is None:
        return {}
    return {
        "browser": True,
        "browser_why": seen.why,
        "console_errors": list(seen.console_errors),
        "failed_requests": list(seen.failed_requests),
    }
