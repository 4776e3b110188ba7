"""Basin: submissions of one form, and those held for spam.

https://docs.usebasin.com/developer-features/authentication/ and
https://docs.usebasin.com/developer-features/api-reference; `filter_by` and `order_by`
as in https://www.withone.ai/knowledge/basin.  What an answer is made of could not be
verified: a list, or one under `submissions` or `data`, is understood, and of a
submission `id`, `created_at`, and the fields in `payload`, `payload_params` or itself.
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
    items,
    value_of,
)
from probes.stores.rest_settings import HostedSettings
from probes.stores.texts import as_text

NOT_FILLED = frozenset(
    {
        "id",
        "created_at",
        "updated_at",
        "form_id",
        "ip",
        "user_agent",
        "referrer",
        "spam",
    }
)


class Basin:
    """What Basin's API is asked, and answers."""

    name = "Basin"
    address = "https://usebasin.com/api/v1"
    hints: Mapping[int, str] = {
        401: "Take the form's API key from its Integrations page.",
        403: "The key is another form's.",
        404: "`form` is the last part of the address that the form sends to.",
    }

    def __init__(self, settings: HostedSettings) -> None:
        self._form = settings.form

    def login(self, secret: str) -> Login:
        """Send the form's key."""
        return bearer(secret)

    def first(self, since: datetime) -> Sequence[Request]:  # noqa: ARG002
        """Ask for the newest, first of those that are held for spam."""
        query = {"form_id": self._form, "order_by": "date_desc", "page": "1"}
        return tuple(
            Request(
                path="/submissions",
                query={**query, "filter_by": state},
                is_spam=state == "spam",
            )
            for state in ("spam", "all")
        )

    def page(self, body: object, request: Request) -> Page:
        """Read a page; an empty one is behind the last."""
        name = next((name for name in ("submissions", "data") if _has(body, name)), "")
        found = items(body, name) if name else items(body)
        more = request.but(page=request.number("page") + 1)
        return Page(
            submissions=[_submission(item, is_spam=request.is_spam) for item in found],
            next=more if found else None,
        )


def _has(body: object, name: str) -> bool:
    return isinstance(body, dict) and name in body


def _submission(item: Mapping[str, Any], *, is_spam: bool) -> Submission:
    own = {name: item[name] for name in item if name not in NOT_FILLED}
    filled = value_of(item, "payload") or value_of(item, "payload_params") or own
    return Submission(
        id=item.get("id"),
        at=item.get("created_at"),
        filled=[Filled(name=name, value=as_text(filled[name])) for name in filled],
        page=as_text(item.get("referrer")),
        is_spam=is_spam or item.get("spam") is True,
    )
