"""What a mail server answers to a command, and how long and how much we listen."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from probes.errors import Refused
from probes.mail.imap_frames import Response
from probes.mail.imap_grammar import code_and_words

PASSING_CODES = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "OVERQUOTA"})
"""Reasons to refuse that may be over the next time (RFC 5530, 9208)."""

PASSING_WORDS = re.compile(
    r"too many|simultaneous|temporar|try again later", re.IGNORECASE
)
"""Likewise, as servers say it that know no codes."""

LASTING_CODES = frozenset({"AUTHENTICATIONFAILED", "AUTHORIZATIONFAILED", "EXPIRED"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How long and how much we listen: seconds, bytes, messages."""

    connect_within: float = 20.0
    answer_within: float = 60.0
    idle_ends_within: float = 10.0
    """After we have had enough of IDLE; what hangs here is a dead line."""
    most_literal: int = 1024 * 1024
    most_response: int = 8 * 1024 * 1024
    most_answer: int = 32 * 1024 * 1024
    """All that comes in answer to one command."""
    batch: int = 16
    """Messages fetched by one command."""
    most_news: int = 16 * 1024 * 1024
    """All messages of one reading, but for the last batch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A command's result (`OK`, `NO`, `BAD`), its text, and the data before it."""

    result: str
    text: bytes
    data: Sequence[Response]


def refusal(answer: Answer, begins: str, *, alert: str = "") -> Refused:
    """Return the error for an answer that is not OK; `begins` begins its sentence.

    `alert` is what the server wanted a person to read (RFC 3501 section 7.1).
    """
    code, words = code_and_words(answer.text)
    sentence = f"{begins}: {words or code or 'it did not say why'}"
    if alert and alert not in sentence:
        sentence += f" ({alert})"
    passing = code in PASSING_CODES or (
        code not in LASTING_CODES and PASSING_WORDS.search(words) is not None
    )
    return Refused(sentence, permanent=not passing)
