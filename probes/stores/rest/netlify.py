"""Netlify Forms: verified submissions, and those held for spam.

Netlify's OpenAPI document (github.com/netlify/open-api, swagger.yml,
listFormSubmissions); `state=spam` is told in
https://dev.to/netlify/handling-form-submissions-via-the-netlify-api-36b.  The order
is not documented, so all pages are read.
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

SIZE = 100
NOT_FILLED = frozenset({"ip", "user_agent", "referrer"})
"""What Netlify adds to what was filled in."""


class Netlify:
    """What Netlify's API is asked, and answers."""

    name = "Netlify"
    address = "https://api.netlify.com/api/v1"
    hints: Mapping[int, str] = {
        401: "Make a personal access token under User settings, Applications.",
        404: "`form` is the form's number there, not its name on the page.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        self._path = f"/forms/{in_path(settings.form)}/submissions"

    def login(self, secret: str) -> Login:
        """Send a personal access token."""
        return bearer(secret)

    def first(self, since: datetime) -> Sequence[Request]:  # noqa: ARG002
        """Ask for all there are: dates cannot be asked for."""
        query = {"page": "1", "per_page": str(SIZE)}
        spam = {**query, "state": "spam"}
        return (
            Request(path=self._path, query=query),
            Request(path=self._path, query=spam, is_spam=True),
        )

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body)
        more = request.but(page=request.number("page") + 1)
        return Page(
            submissions=[_submission(item, is_spam=request.is_spam) for item in found],
            next=more if len(found) >= SIZE else None,
        )


def _submission(item: Mapping[str, Any], *, is_spam: bool) -> Submission:
    data = value_of(item, "data")
    return Submission(
        id=item.get("id"),
        at=item.get("created_at"),
        filled=[
            Filled(name=name, value=as_text(value))
            for name, value in data.items()
            if name not in NOT_FILLED
        ],
        form=as_text(item.get("form_name")),
        page=as_text(data.get("referrer")),
        is_spam=is_spam,
    )
