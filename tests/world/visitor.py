"""A visitor with a browser of the plainest kind, to try the sites with."""

import urllib.error
import urllib.request
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPResponse
from urllib.parse import urlencode, urljoin


@dataclass(frozen=True)
class Answer:
    """What a site answered."""

    status: int
    words: str


def submit(url: str, said: dict[str, str]) -> Answer:
    """Load a page, and post its form with its hidden fields and what we say.

    Where there is no form, the page is the answer.  Raises `OSError` or
    `http.client.HTTPException` where there is no answer.
    """
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    page = _answer(opener, url)
    form = FormReader()
    form.feed(page.words)
    if not form.action:
        return page
    body = urlencode({**form.hidden, **said}).encode()
    return _answer(opener, urljoin(url, form.action), body)


class FormReader(HTMLParser):
    """Reads where a page's form goes, and its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.action = ""
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what is of the form."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = told["action"]
        if tag == "input" and told.get("type") == "hidden":
            self.hidden[told["name"]] = told["value"]


def _answer(
    opener: urllib.request.OpenerDirector, url: str, body: bytes | None = None
) -> Answer:
    try:
        response: HTTPResponse = opener.open(url, body, timeout=10)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Answer(refusal.code, refusal.read().decode())
    with response:
        return Answer(response.status, response.read().decode())
