"""Our companion plugin on a WordPress site: every submission, and its mail's fate.

The other side of it is `watchdog/companion/wordpress/includes/endpoint.php`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from probes.errors import Refused
from probes.forms.exemption import LEAST_KEY, TOO_SHORT, Exemption
from probes.stores.meaning import Filled
from probes.stores.rest.service import Login, Page, Request, Submission, items
from probes.stores.texts import as_text

SIZE = 100
ROUTE = "/contact-watchdog/v1/submissions"
FAILED: Mapping[str, bool] = {"failed": True, "sent": False}
TRIED: Mapping[str, bool] = {"failed": True, "sent": True, "none": False}
"""What the state of a mail says; of an unknown one, nothing."""
MOST_RECIPIENTS = 20


class Companion:
    """What the plugin is asked, and answers."""

    name = "The companion plugin"
    hints: Mapping[int, str] = {
        403: "It was made with another key, or its clock and ours differ by more than"
        " five minutes.",
        404: "Is the plugin active there, and `url` the address of the WordPress site?",
        503: "Its table is not there: deactivate the plugin, and activate it again.",
    }

    def __init__(self, url: str, form: str | None, *, tests: bool = False) -> None:
        self.address = url
        self._form = form
        self._tests = tests

    def login(self, secret: str) -> Login:
        """Sign each question; raise `Refused` where the key could be guessed."""
        if len(secret) < LEAST_KEY:
            raise Refused(TOO_SHORT)
        return Login(exemption=Exemption(self.address, secret))

    def first(self, since: datetime) -> Sequence[Request]:
        """Ask for what came since then, oldest first.

        By the query that WordPress knows with permalinks of any kind.
        """
        query = {
            "rest_route": ROUTE,
            "since": str(int(since.timestamp())),
            "after": "0",
            "limit": str(SIZE),
        }
        return (Request(path="/", query=query),)

    def page(self, body: object, request: Request) -> Page:
        """Read a piece; our own signed tests are left out, unless they are wanted."""
        found = items(body, "submissions")
        is_more = isinstance(body, dict) and body.get("more") is True
        last = found[-1].get("id") if found else None
        is_next = is_more and isinstance(last, int) and last > request.number("after")
        return Page(
            submissions=[_submission(item) for item in found if self._is_meant(item)],
            next=request.but(after=last) if is_next else None,
        )

    def _is_meant(self, item: Mapping[str, Any]) -> bool:
        is_of_form = self._form in (None, as_text(item.get("form")))
        return is_of_form and (self._tests or item.get("is_test") is not True)


def _submission(item: Mapping[str, Any]) -> Submission:
    fields, to = item.get("fields"), item.get("mail_to")
    mail = as_text(item.get("mail"))
    return Submission(
        id=item.get("id"),
        at=item.get("submitted_at"),
        filled=[
            Filled(
                name=as_text(one.get("name")),
                label=as_text(one.get("label")),
                kind=as_text(one.get("type")),
                value=as_text(one.get("value")),
            )
            for one in (items(fields) if fields else ())
        ],
        form=as_text(item.get("form")),
        page=as_text(item.get("page")),
        is_spam=item.get("is_spam") is True,
        mail_failed=FAILED.get(mail),
        mail_error=as_text(item.get("mail_error")),
        is_mail_tried=TRIED.get(mail),
        recipients=[as_text(one) for one in (to if isinstance(to, list) else ())][
            :MOST_RECIPIENTS
        ],
    )
