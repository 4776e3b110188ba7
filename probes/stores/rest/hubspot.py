"""HubSpot's forms: submissions of one form, newest first.

https://developers.hubspot.com/docs/api-reference/legacy/marketing/forms/v1/get-form-integrations-v1-submissions-forms-form_guid
Dates cannot be asked for; a private app's token needs the scope `forms`.
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

SIZE = 50


class HubSpot:
    """What HubSpot's API is asked, and answers."""

    name = "HubSpot"
    address = "https://api.hubapi.com"
    hints: Mapping[int, str] = {
        401: "Make a private app at HubSpot, and use its access token.",
        403: "Give the private app the scope `forms`.",
        404: "`form` is the form's GUID.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        form = in_path(settings.form)
        self._path = f"/form-integrations/v1/submissions/forms/{form}"

    def login(self, secret: str) -> Login:
        """Send a private app's access token."""
        return bearer(secret)

    def first(self, since: datetime) -> Sequence[Request]:  # noqa: ARG002
        """Ask for the newest."""
        return (Request(path=self._path, query={"limit": str(SIZE)}),)

    def page(self, body: object, request: Request) -> Page:
        """Read a page; the answer says what to ask for the next."""
        submissions = [_submission(item) for item in items(body, "results")]
        paging = value_of(body, "paging") if isinstance(body, dict) else {}
        after = as_text(value_of(paging, "next").get("after"))
        return Page(
            submissions=submissions, next=request.but(after=after) if after else None
        )


def _submission(item: Mapping[str, Any]) -> Submission:
    values = item.get("values")
    return Submission(
        id=item.get("conversionId"),
        at=item.get("submittedAt"),
        filled=[
            Filled(name=as_text(one.get("name")), value=as_text(one.get("value")))
            for one in (items(values) if values else ())
        ],
        page=as_text(item.get("pageUrl")),
    )
