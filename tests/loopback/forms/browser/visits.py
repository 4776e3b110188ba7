"""A visit to a page by the browser of the tests."""

import json

from probes.forms.browser.driver import Browser
from probes.forms.browser.send import ready
from probes.forms.form import Receipt
from tests.loopback.forms.visits import ANNA, form_at
from tests.loopback.forms.website import Site, answer


def said(words: str, status: int = 200) -> bytes:
    body = json.dumps({"status": "ok" if status == 200 else "error", "words": words})
    return answer(body, status=status, kind="application/json")


def show(site: Site, page: str, reply: bytes = said("Thank you!")) -> str:
    site.says |= {"/contact": answer(page), "POST /api/contact": reply}
    return f"{site.url}/contact"


async def submit(browser: Browser, url: str, **settings: object) -> Receipt:
    async with ready(browser, form_at(url, **settings), ANNA) as form:
        return await form.send()
