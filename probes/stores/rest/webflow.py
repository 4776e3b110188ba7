"""Webflow: submissions of one form of a site.

https://developers.webflow.com/data/reference/forms/form-submissions/list-submissions
(scope `forms:read`).  The order is not documented, so all pages are read.
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


class Webflow:
    """What Webflow's API is asked, and answers."""

    name = "Webflow"
    address = "https://api.webflow.com/v2"
    hints: Mapping[int, str] = {
        401: "Make a token under Site settings, Apps & integrations, API access.",
        403: "Give the token the scope `forms:read`.",
        404: "`site` and `form` are their numbers in Webflow's API.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        site, form = in_path(settings.site or ""), in_path(settings.form)
        self._path = f"/sites/{site}/forms/{form}/submissions"

    def login(self, secret: str) -> Login:
        """Send a site's token."""
        return bearer(secret)

    def first(self, since: datetime) -> Sequence[Request]:  # noqa: ARG002
        """Ask for all there are: dates cannot be asked for."""
        return (Request(path=self._path, query={"limit": str(SIZE), "offset": "0"}),)

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body, "formSubmissions")
        more = request.but(offset=request.number("offset") + SIZE)
        return Page(
            submissions=[_submission(item) for item in found],
            next=more if len(found) >= SIZE else None,
        )


def _submission(item: Mapping[str, Any]) -> Submission:
    filled = value_of(item, "formResponse")
    return Submission(
        id=item.get("id"),
        at=item.get("dateSubmitted"),
        filled=[Filled(name=name, value=as_text(filled[name])) for name in filled],
        form=as_text(item.get("displayName")),
    )
