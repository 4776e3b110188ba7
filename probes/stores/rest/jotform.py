"""Jotform: submissions of one form, newest first.

https://api.jotform.com/docs/#form-id-submissions.  Times are in the account's own zone
and do not say so; that this is US Eastern time unless changed is common knowledge, and
not in that document.  Accounts in Europe have https://eu-api.jotform.com.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
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
A_DAY = timedelta(days=1)
"""More than any two time zones are apart."""


class Jotform:
    """What Jotform's API is asked, and answers."""

    name = "Jotform"
    address = "https://api.jotform.com"
    hints: Mapping[int, str] = {
        401: "Make a key under Account, API; reading is enough. In Europe, `api` is"
        " https://eu-api.jotform.com.",
        403: "The key may not read this form.",
        404: "`form` is the number in the form's address.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        self._path = f"/form/{in_path(settings.form)}/submissions"

    def login(self, secret: str) -> Login:
        """Send the account's key in Jotform's own header."""
        return Login(headers={"APIKEY": secret})

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since the day before, whatever the account's zone is."""
        begin = f"{since - A_DAY:%Y-%m-%d %H:%M:%S}"
        query = {
            "limit": str(SIZE),
            "offset": "0",
            "orderby": "created_at",
            "filter": json.dumps({"created_at:gt": begin}),
        }
        return (Request(path=self._path, query=query),)

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body, "content")
        more = request.but(offset=request.number("offset") + SIZE)
        kept = [item for item in found if item.get("status") != "DELETED"]
        return Page(
            submissions=[_submission(item) for item in kept],
            next=more if len(found) >= SIZE else None,
        )


def _submission(item: Mapping[str, Any]) -> Submission:
    answers = value_of(item, "answers")
    return Submission(
        id=item.get("id"),
        at=item.get("created_at"),
        filled=[_filled(value_of(answers, number)) for number in answers],
        form=as_text(item.get("form_id")),
    )


def _filled(answer: Mapping[str, Any]) -> Filled:
    kind = as_text(answer.get("type")).removeprefix("control_")
    return Filled(
        name=as_text(answer.get("name")),
        label=as_text(answer.get("text")),
        kind="name" if kind == "fullname" else kind,
        value=as_text(answer.get("prettyFormat")) or as_text(answer.get("answer"), " "),
    )
