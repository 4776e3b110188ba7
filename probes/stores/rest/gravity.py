"""Gravity Forms on a WordPress site: entries, and those held for spam.

https://docs.gravityforms.com/searching-and-getting-entries-with-the-rest-api-v2/
(capability gravityforms_view_entries; the API must be switched on under Forms,
Settings, REST API).  `date_created` is UTC, read in the source of version 2.10.
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
    items,
    value_of,
)
from probes.stores.rest_settings import WordPressApiSettings
from probes.stores.texts import as_text

SIZE = 100
A_DAY = timedelta(days=1)
"""More than any two time zones are apart: in which one dates are asked is not said."""


class GravityForms:
    """What the API of Gravity Forms is asked, and answers."""

    name = "Gravity Forms"
    hints: Mapping[int, str] = {
        401: "Make a key with the right to read under Forms, Settings, REST API.",
        403: "The key's user may not view entries (gravityforms_view_entries).",
        404: "Switch the API on under Forms, Settings, REST API.",
    }

    def __init__(self, settings: WordPressApiSettings) -> None:
        self.address = f"{settings.site.rstrip('/')}/wp-json/gf/v2"
        self._user = settings.user
        self._form = settings.form

    def login(self, secret: str) -> Login:
        """Send the consumer key and secret as user and password."""
        return Login(basic=(self._user, secret))

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since the day before, oldest first."""
        query = {
            "paging[page_size]": str(SIZE),
            "paging[current_page]": "1",
            "sorting[key]": "date_created",
            "sorting[direction]": "ASC",
            "_labels": "1",
        }
        if self._form:
            query["form_ids[0]"] = self._form
        begin = f"{since - A_DAY:%Y-%m-%d %H:%M:%S}"
        return tuple(
            Request(
                path="/entries",
                query={**query, "search": json.dumps({**status, "start_date": begin})},
                is_spam=status["status"] == "spam",
            )
            for status in ({"status": "active"}, {"status": "spam"})
        )

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body, "entries")
        shared = value_of(body, "_labels") if isinstance(body, dict) else {}
        more = request.but(
            **{"paging[current_page]": request.number("paging[current_page]") + 1}
        )
        return Page(
            submissions=[
                _submission(item, value_of(item, "_labels") or shared, request.is_spam)
                for item in found
            ],
            next=more if len(found) >= SIZE else None,
        )


def _submission(
    item: Mapping[str, Any],
    labels: Mapping[str, Any],
    is_spam: bool,  # noqa: FBT001
) -> Submission:
    return Submission(
        id=item.get("id"),
        at=item.get("date_created"),
        filled=[
            Filled(name=name, label=_label(labels, name), value=as_text(item[name]))
            for name in item
            if name.replace(".", "", 1).isdigit()
        ],
        form=as_text(item.get("form_id")),
        page=as_text(item.get("source_url")),
        is_spam=is_spam,
    )


def _label(labels: Mapping[str, Any], name: str) -> str:
    """Return the label of an input; that of a part stands within its field's."""
    field = labels.get(name.partition(".")[0])
    inner = field.get(name) if isinstance(field, dict) else None
    return as_text(
        labels.get(name) or inner or (None if isinstance(field, dict) else field)
    )
