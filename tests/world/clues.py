"""Clues for tests: what was seen around a message that was lost, or came."""

from typing import Any

from watchdog.model import Outcome
from watchdog.rules.diagnosis.clues import (
    Clues,
    NameClues,
    PageClues,
    RecipientClues,
    SiteClues,
)

OWNER = "office@riverside.example"
THANKED = {
    "answer": "accepted",
    "answer_words": "Thank you for your message.",
    "answer_status": 200,
}

PARTS = {
    "names": NameClues,
    "page": PageClues,
    "asked": RecipientClues,
    "site": SiteClues,
}


def clues(outcome: Outcome = Outcome.MISSING, /, **known: Any) -> Clues:
    """Return clues around a message that the site thanked for.

    Of `names`, `page`, `asked` and `site` what is known is given as a mapping.
    """
    parts = {
        name: PARTS[name](**value) if name in PARTS else value
        for name, value in known.items()
    }
    evidence = {**THANKED, **parts.pop("evidence", {})}
    return Clues(
        outcome=outcome,
        evidence=evidence,
        visitor_domain="visitors.example",
        recipient=OWNER,
        **parts,
    )


def declined(words: str, status: int = 200, /, **more: Any) -> dict[str, Any]:
    """Return the evidence of a form that said no."""
    said = {"answer": "declined", "answer_words": words, "answer_status": status}
    return {**said, **more}


def bounced(words: str, status: str = "", recipient: str = OWNER) -> dict[str, Any]:
    """Return the evidence of a mail that came back."""
    return {
        "bounce_words": words,
        "bounce_status": status,
        "bounce_recipient": recipient,
    }
