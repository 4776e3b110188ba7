"""What we send outward, so that our own death is noticed."""

from enum import StrEnum
from urllib.parse import urlsplit

from probes.channels.words import encodable, shown
from probes.errors import Refused, Unintelligible
from probes.web import Question, ask

SECONDS = 10.0
MOST_WORDS = 10_000
"""Healthchecks keeps the first 100 kB."""


class Beat(StrEnum):
    """What a heartbeat says of us."""

    START = "start"
    SUCCESS = "success"
    FAIL = "fail"


async def beat(
    url: str, kind: Beat, words: str = "", *, seconds: float = SECONDS
) -> None:
    """Tell a Healthchecks-style service that we live, or fail, and why.

    To `url`, `url/start` or `url/fail`; raises `ProbeError` alone.  A service that
    does not know us, or counts us as too many, still answers 200 and says so in
    words (https://healthchecks.io/docs/http_api/).
    """
    address, host = _address(url, kind)
    question = Question(method="POST", url=address, text=encodable(words[:MOST_WORDS]))
    answer = await ask(question, seconds=seconds)
    said = shown(answer.body[:MOST_WORDS].decode("utf-8", "replace"))
    if not answer.is_yes:
        raise Refused(
            f"The heartbeat's service {host} answered {answer.status}: {said}",
            permanent=answer.is_final,
        )
    if said.startswith("OK (not found)"):
        raise Refused(f"The heartbeat's service {host} knows no such address.")
    if said.startswith("OK (rate limited)"):
        raise Refused(
            f"The heartbeat's service {host} finds us too frequent.", permanent=False
        )


def _address(url: str, kind: Beat) -> tuple[str, str]:
    """Return where to send the beat, and the host's name: all that may be shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise Unintelligible("The heartbeat's address is no web address.") from None
    if kind is not Beat.SUCCESS:
        parts = parts._replace(path=f"{parts.path.rstrip('/')}/{kind}")
    return parts.geturl(), parts.hostname or ""
