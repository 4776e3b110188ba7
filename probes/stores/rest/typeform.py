"""Typeform: responses to one form, newest first.

https://www.typeform.com/developers/responses/reference/retrieve-responses/.  `before`
takes the token of the last response of a page; the token for reading needs the scope
`responses:read`.  The questions' titles are not in the answer, only their references
and types.  Accounts in Europe have https://api.eu.typeform.com.
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
    bearer,
    in_path,
    items,
    value_of,
)
from probes.stores.rest_settings import HostedSettings
from probes.stores.texts import as_text

SIZE = 200
KINDS = {"long_text": "textarea", "phone_number": "tel", "email": "email"}
"""Typeform's types of questions, and HTML's."""


class Typeform:
    """What Typeform's API is asked, and answers."""

    name = "Typeform"
    address = "https://api.typeform.com"
    hints: Mapping[int, str] = {
        401: "Make a personal token under Account, Personal tokens. In Europe, `api` is"
        " https://api.eu.typeform.com.",
        403: "Give the token the scope `responses:read`.",
        404: "`form` is the last part of the form's address.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        self._path = f"/forms/{in_path(settings.form)}/responses"

    def login(self, secret: str) -> Login:
        """Send a personal access token."""
        return bearer(secret)

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since then."""
        query = {"page_size": str(SIZE), "since": f"{since:%Y-%m-%dT%H:%M:%SZ}"}
        return (Request(path=self._path, query=query),)

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body, "items")
        last = as_text(found[-1].get("token")) if len(found) >= SIZE else ""
        return Page(
            submissions=[_submission(item) for item in found],
            next=request.but(before=last) if last else None,
        )


def _submission(item: Mapping[str, Any]) -> Submission:
    answers = item.get("answers")
    hidden = value_of(item, "hidden")
    return Submission(
        id=item.get("response_id") or item.get("token"),
        at=item.get("submitted_at"),
        filled=[
            *(_filled(answer) for answer in (items(answers) if answers else ())),
            *(Filled(name=name, value=as_text(hidden[name])) for name in hidden),
        ],
        page=as_text(value_of(item, "metadata").get("referer")),
    )


def _filled(answer: Mapping[str, Any]) -> Filled:
    """Return an answer; its value stands under the name of its own type."""
    field, kind = value_of(answer, "field"), as_text(answer.get("type"))
    value = answer.get(kind)
    if isinstance(value, dict):
        value = [value.get(name) for name in ("label", "labels", "other")]
    return Filled(
        name=as_text(field.get("ref")) or as_text(field.get("id")),
        kind=KINDS.get(as_text(field.get("type")), ""),
        value=as_text(value),
    )
