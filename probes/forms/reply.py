"""What a web server said, at the end of its redirects."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An answer over HTTP."""

    status: int
    url: str
    """Where the redirects ended."""
    content_type: str
    body: bytes
    fault: str = ""
    """Why the body is not whole, as the end of a sentence."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """By their names in lower case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """The question left us, and no answer came back: it may well have arrived."""

    words: str
