"""What a visitor would write is written; what nobody sees stays empty."""

import json
from urllib.parse import parse_qs

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.errors import NotFillable
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import show, submit
from tests.loopback.forms.visits import ANNA, THANKS
from tests.loopback.forms.website import Site, answer

pytestmark = pytest.mark.asyncio(loop_scope="module")

STYLE = """
.far { position: absolute; left: 9999px } .none { height: 0; overflow: hidden }
.clipped { position: absolute; clip: rect(0 0 0 0) } .cut { clip-path: inset(100%) }
.enhanced { position: absolute; clip: rect(0 0 0 0); width: 1px; height: 1px }
.styled { opacity: 0; position: absolute }
"""
TRAPS = "".join(
    f'<div class="{style}"><label>{style} <input name="{style}"></label></div>'
    for style in ("far", "none", "clipped", "cut")
)
FORM = f"""<!doctype html><link rel="stylesheet" href="/style.css"><h1>Contact us</h1>
<form method="post" action="/send">
<label>Your name <input name="name" required></label>
<label>Your email <input name="email" type="email" required></label>
{TRAPS}
<p>Topic</p><div><select name="topic" class="enhanced" required><option value="">Choose
<option value="bread">Bread</select><span>Choose ▾</span></div>
<label>Delivery date <input name="date" readonly></label>
<p>How shall we answer?</p>
<input type="radio" class="styled" id="a" name="by" value="mail" required>
<label for="a">By mail</label>
<input type="radio" class="styled" id="b" name="by" value="phone">
<label for="b">By phone</label>
<input type="checkbox" class="styled" id="c" name="privacy" value="yes" required>
<label for="c">I accept the privacy policy</label>
<input type="checkbox" id="d" name="newsletter" value="yes" checked>
<label for="d">Subscribe to the newsletter</label>
<label>Your message <textarea name="message" required></textarea></label>
<button>Send</button></form>"""

DRAWN_ANEW = sites.FORMLESS.replace(
    "<script>",
    """<script>let drawn = 0;
addEventListener("focusin", () => {
  if (drawn++) return;
  for (const field of document.querySelectorAll("input, textarea")) {
    const other = field.cloneNode(); other.removeAttribute("data-watched");
    field.replaceWith(other);
  }
});""",
)
"""The first field that is entered makes a script draw all of them anew."""

WRONG = FORM.replace(
    "<button>",
    '<label>Our code <input name="code" required pattern="[0-9]+"></label>'
    "<script>document.forms[0].code.setCustomValidity('No')</script><button>",
)


def show_form(site: Site, page: str = FORM) -> str:
    site.says |= {
        "/contact": answer(page),
        "/style.css": answer(STYLE, kind="text/css"),
        "POST /send": THANKS,
    }
    return f"{site.url}/contact"


async def test_all_that_people_see_is_filled_in_and_no_trap(
    browser: Browser, site: Site
) -> None:
    await submit(browser, show_form(site))

    (post,) = site.posts
    sent = {name: value[0] for name, value in parse_qs(post.body.decode()).items()}
    assert sent == {
        "name": ANNA.name,
        "email": ANNA.email,
        "topic": "bread",
        "by": "mail",
        "privacy": "yes",
        "message": ANNA.message.replace("\n", "\r\n"),
    }


async def test_what_a_script_draws_anew_is_filled_in_anew(
    browser: Browser, site: Site
) -> None:
    await submit(browser, show(site, DRAWN_ANEW))

    assert json.loads(site.posts[0].body) == {
        "name": ANNA.name,
        "email": ANNA.email,
        "text": ANNA.message,
    }


async def test_a_form_that_the_browser_would_hold_back_blames_nobody(
    browser: Browser, site: Site
) -> None:
    with pytest.raises(NotFillable, match='the field "Our code" is not filled in'):
        await submit(browser, show_form(site, WRONG), fields={"code": "12"})

    assert site.posts == []
