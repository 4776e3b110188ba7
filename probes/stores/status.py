"""What a site's own word for the state of an inquiry tells.  Pure."""

import re

SPAM = re.compile(
    r"(?<!no )(?<!non )(?<!not )"
    r"\b(spam|junk|pourriel|spamverdacht|no deseado|ongewenst)\b"
)
FAILED = re.compile(
    r"(?<!no )\b(fail(ed|ure)?|error|unsent|bounced|undelivered"
    r"|(not|never) (been )?(sent|delivered|mailed))\b"
)
SENT = re.compile(r"\b(sent|delivered|mailed)\b")
NO_INQUIRY = frozenset(
    {"abandoned", "deleted", "draft", "incomplete", "partial", "test", "trash"}
)
"""States of what was never sent off, or what its owner threw away."""


def is_inquiry(status: str) -> bool:
    """Tell whether somebody sent it off, and nobody threw it away."""
    return _folded(status) not in NO_INQUIRY


def is_spam(status: str) -> bool:
    """Tell whether the site holds it for spam."""
    return SPAM.search(_folded(status)) is not None


def mail_failed(status: str) -> bool | None:
    """Tell whether its mail failed; None where the state does not say."""
    if FAILED.search(_folded(status)):
        return True
    return False if SENT.search(_folded(status)) else None


def _folded(status: str) -> str:
    return " ".join(re.split(r"[\s_-]+", status.strip().casefold()))
