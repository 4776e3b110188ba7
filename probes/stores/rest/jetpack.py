"""Jetpack's forms on a WordPress site: what WordPress keeps as `feedback`.

WordPress's posts API (https://developer.wordpress.org/rest-api/reference/posts/) with
what Jetpack 16 adds to it (jetpack-forms, class-contact-form-endpoint.php): needs a
user who may edit pages, with an application password.
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
    items,
)
from probes.stores.rest_settings import WordPressApiSettings
from probes.stores.texts import as_text

SIZE = 100


class Jetpack:
    """What the API of Jetpack's forms is asked, and answers."""

    name = "Jetpack"
    hints: Mapping[int, str] = {
        401: "Make an application password under Users, Profile, for this user.",
        403: "The user must be allowed to edit pages.",
        404: "Jetpack's forms are not active there, or the API is switched off.",
    }

    def __init__(self, settings: WordPressApiSettings) -> None:
        self.address = f"{settings.site.rstrip('/')}/wp-json/wp/v2"
        self._user = settings.user
        self._form = settings.form

    def login(self, secret: str) -> Login:
        """Send a user and an application password."""
        return Login(basic=(self._user, secret))

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since then, oldest first."""
        query = {
            "status": "publish,spam",
            "after": f"{since:%Y-%m-%dT%H:%M:%SZ}",
            "order": "asc",
            "orderby": "date",
            "per_page": str(SIZE),
            "offset": "0",
            "fields_format": "collection",
        }
        if self._form:
            query["parent"] = self._form
        return (Request(path="/feedback", query=query),)

    def page(self, body: object, request: Request) -> Page:
        """Read a page; a short one is the last."""
        found = items(body)
        more = request.but(offset=request.number("offset") + SIZE)
        return Page(
            submissions=[
                _submission(item) for item in found if item.get("is_test") is not True
            ],
            next=more if len(found) >= SIZE else None,
        )


def _submission(item: Mapping[str, Any]) -> Submission:
    return Submission(
        id=item.get("id"),
        at=item.get("date_gmt"),
        filled=_filled(item.get("fields")),
        said={
            "name": as_text(item.get("author_name")),
            "email": as_text(item.get("author_email")),
            "subject": as_text(item.get("subject")),
        },
        form=as_text(item.get("parent")),
        page=as_text(item.get("entry_permalink")),
        is_spam=item.get("status") == "spam",
    )


def _filled(fields: object) -> Sequence[Filled]:
    """Return the fields, told one by one, or only by their labels."""
    if isinstance(fields, dict):
        return [Filled(name=name, value=as_text(fields[name])) for name in fields]
    return [
        Filled(
            name=as_text(one.get("id")) or as_text(one.get("label")),
            label=as_text(one.get("label")),
            kind=as_text(one.get("type")),
            value=as_text(one.get("value")),
        )
        for one in (items(fields) if fields else ())
    ]
