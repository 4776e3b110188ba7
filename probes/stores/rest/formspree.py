"""Formspree: submissions by date, spam apart, and whether they were delivered.

https://help.formspree.io/articles/the-forms-api/form-submissions-api (needs a plan with
the API).  Submissions carry no number there, so one is made of what they say;
`include_delivery_status` is not on that page, but in
https://glama.ai/mcp/connectors/io.usefulapi/formspree.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from probes.stores.meaning import Filled
from probes.stores.rest.service import (
    Login,
    Page,
    Request,
    Submission,
    in_path,
    items,
    value_of,
)
from probes.stores.rest_settings import HostedSettings
from probes.stores.texts import as_text

SIZE = 100


class Formspree:
    """What Formspree's API is asked, and answers."""

    name = "Formspree"
    address = "https://formspree.io/api/0"
    hints: Mapping[int, str] = {
        401: "Make a key for reading in the form's settings at Formspree.",
        402: "The plan at Formspree has no API.",
        403: "The plan at Formspree has no API, or the key is another form's.",
        404: "`form` is the last part of the address that the form sends to.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        self._path = f"/forms/{in_path(settings.form)}/submissions"

    def login(self, secret: str) -> Login:
        """Send the form's key as the password of nobody."""
        return Login(basic=("", secret))

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since then, oldest first; in UTC, without saying so."""
        query = {
            "since": f"{since:%Y-%m-%dT%H:%M:%S}",
            "order": "asc",
            "limit": str(SIZE),
            "offset": "0",
            "include_delivery_status": "true",
        }
        spam = {**query, "spam": "true"}
        return (
            Request(path=self._path, query=query),
            Request(path=self._path, query=spam, is_spam=True),
        )

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body, "submissions")
        more = request.but(offset=request.number("offset") + SIZE)
        return Page(
            submissions=[_submission(item, is_spam=request.is_spam) for item in found],
            next=more if len(found) >= SIZE else None,
        )


def _submission(item: Mapping[str, Any], *, is_spam: bool) -> Submission:
    return Submission(
        id=item.get("_id"),
        at=item.get("_date"),
        filled=[
            Filled(name="email" if name == "_replyto" else name, value=as_text(value))
            for name, value in item.items()
            if not name.startswith("_") or name == "_replyto"
        ],
        is_spam=is_spam,
        mail_failed=False if _is_delivered(value_of(item, "_status")) else None,
    )


def _is_delivered(status: Mapping[str, Any]) -> bool:
    """Return whether a mail went out to somebody; other recipients are plug-ins."""
    return any(
        "@" in recipient and value_of(status, recipient).get("delivered") is True
        for recipient in status
    )
