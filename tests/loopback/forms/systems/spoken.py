"""How each known system's page looks, what its script sends, and what is answered.

Written by us after what the running originals were seen to do, or their sources say.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from probes.forms.form import Answer


@dataclass(frozen=True, kw_only=True)
class Said:
    """One answer of the system, and what it truly claims."""

    body: str
    claims: Answer
    words: str = ""
    """A telling part of what we tell."""
    status: int = 200


def yes(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.ACCEPTED, words=words, status=status)


def no(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.DECLINED, words=words, status=status)


def trapped(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.BLOCKED, words=words, status=status)


def unclear(body: str, words: str = "", status: int = 200) -> Said:
    return Said(body=body, claims=Answer.UNCLEAR, words=words, status=status)


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """One system on a page of its own."""

    system: str
    page: str
    """`{host}` stands for the site's name and port."""
    to: str
    """The path that its script posts to."""
    sends: Mapping[str, str]
    """Some of the entries that must be sent."""
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: Sequence[Said]


API = '<!doctype html><link rel="https://api.w.org/" href="http://{host}/wp-json/">'
AJAX = r"""<script>told = {"ajaxurl":"http:\/\/{host}\/wp\/wp-admin\/admin-ajax.php"};
</script>"""
"""An address that only the page's scripts tell."""
ADMIN_AJAX = "/wp/wp-admin/admin-ajax.php"
XHR = {"x-requested-with": "XMLHttpRequest"}
TRY_LATER = "There was an error trying to send your message."
