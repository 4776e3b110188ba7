"""How our mails are written: for every server, and subjects keep their blanks."""

from email.header import Header
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.policy import SMTP, Policy

MOST_OF_A_WORD = 60
"""Signs; Python folds before a longer one, and adds a blank."""


class _Subject(UnstructuredHeader, BaseHeader):
    """A subject that is encoded as a whole.

    Python folds word by word, and loses the blank between two words of which both
    need encoding (https://github.com/python/cpython/issues/144156).
    """

    def fold(self, *, policy: Policy) -> str:
        longest = max(map(len, self.split()), default=0)
        if self.isascii() and longest <= MOST_OF_A_WORD:
            return super().fold(policy=policy)
        whole = Header(str(self), "utf-8", header_name=self.name)
        return f"{self.name}: {whole.encode(linesep=policy.linesep)}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("subject", _Subject)
POLICY = SMTP.clone(cte_type="7bit", header_factory=_HEADERS)
"""Passes through every server, whatever extensions it knows."""
