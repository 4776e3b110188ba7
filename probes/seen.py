"""What a browser saw of a visit, beside what it was answered."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Evidence for whoever looks into it: bounded, in short lines, without secrets."""

    why: str
    """Why it took a browser, in a sentence."""
    console_errors: Sequence[str] = ()
    """What the page's scripts complained of."""
    failed_requests: Sequence[str] = ()
    """What the page asked for in vain: method, host, path, and why."""
    screenshot: bytes = b""
    """A JPEG of what was shown at the end; empty where none could be taken."""
