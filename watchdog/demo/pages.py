"""The pages of Riverside Studio's website."""

from collections.abc import Sequence
from html import escape

STYLE = """
:root { color-scheme: light; --ink: #1d2b2a; --river: #0f766e; --sand: #f6f3ec; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--sand); color: var(--ink);
  font: 1.0625rem/1.6 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center;
  justify-content: space-between; padding: 1.25rem 6vw; }
header strong { font-size: 1.2rem; letter-spacing: .02em; }
main { display: grid; gap: 2.5rem; padding: 2.5rem 6vw;
  grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); }
h1 { margin: 0 0 .5rem; font-size: clamp(1.8rem, 4vw, 2.8rem); line-height: 1.15; }
.card { padding: 2rem; border-radius: 1rem; background: #fff;
  box-shadow: 0 1rem 3rem #1d2b2a14; }
label { display: block; margin-bottom: 1rem; font-weight: 600; }
input, textarea { display: block; width: 100%; margin-top: .3rem;
  padding: .65rem .8rem; border: 1px solid #c9cfc9; border-radius: .5rem;
  font: inherit; }
input:focus, textarea:focus { border-color: var(--river);
  outline: 3px solid #0f766e55; }
button { padding: .7rem 1.4rem; border: 0; border-radius: .5rem; cursor: pointer;
  background: var(--river); color: #fff; font: inherit; font-weight: 600; }
.inline { display: flex; gap: .5rem; } .inline input { margin: 0; }
.trouble { padding: .8rem 1rem; border-radius: .5rem; background: #fdecea;
  color: #8a1c12; }
.trap { position: absolute; left: -9999px; }
footer { display: flex; flex-wrap: wrap; gap: 1rem; align-items: center;
  justify-content: space-between; padding: 1.5rem 6vw; background: #e6eae4; }
@media (max-width: 48rem) { main { grid-template-columns: 1fr; } }
"""

SEARCH = """<form class="inline" role="search" action="/search" method="get">
<input type="search" name="q" placeholder="Search" aria-label="Search">
<button>Search</button></form>"""

NEWSLETTER = """<form class="inline" id="newsletter" action="/newsletter" method="post">
<input type="email" name="subscriber" placeholder="Your email"
  aria-label="Email for our newsletter" required>
<button>Subscribe</button></form>"""

FORM = """<form class="card" id="contact-form" action="/contact/" method="post">
{trouble}
<input type="hidden" name="nonce" value="{nonce}">
<label>Your name
<input name="name" autocomplete="name" maxlength="100" required></label>
<label>Your email
<input type="email" name="email" autocomplete="email" maxlength="254" required></label>
<label>Your phone (if you like)
<input type="tel" name="phone" autocomplete="tel" maxlength="40"></label>
<div class="trap" aria-hidden="true"><label>Leave this empty
<input name="website" tabindex="-1" autocomplete="off"></label></div>
<label>Your message
<textarea name="message" rows="7" maxlength="5000" required></textarea></label>
<button type="submit">Send message</button></form>"""

INTRODUCTION = """<section><h1>Let us plan your garden room</h1>
<p>Tell us what you have in mind: we answer every inquiry within a working day.</p>
<p>Riverside Studio<br>3 Mill Lane<br>Riverside</p></section>"""


def contact(nonce: str, troubles: Sequence[str] = ()) -> str:
    """Return the contact page, with what was wrong with the last attempt."""
    trouble = f'<p class="trouble">{escape(" ".join(troubles))}</p>' if troubles else ""
    form = FORM.format(nonce=escape(nonce), trouble=trouble)
    return _page("Contact", INTRODUCTION + form)


def contact_without_form() -> str:
    """Return the contact page as it looks when the form's plugin is gone."""
    return _page("Contact", f"{INTRODUCTION}<p>[contact-form id=&quot;7&quot;]</p>")


def notice(title: str, words: str) -> str:
    """Return a page that says one thing."""
    return _page(title, f"<section><h1>{escape(title)}</h1><p>{escape(words)}</p>")


def _page(title: str, content: str) -> str:
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} &middot; Riverside Studio</title><style>{STYLE}</style></head>
<body><header><strong>Riverside Studio</strong>{SEARCH}</header>
<main>{content}</main>
<footer><span>News from the workshop, four times a year</span>{NEWSLETTER}</footer>
</body></html>"""
