"""Whether a form, of a system that we do not know, waits for a script to send it."""

from urllib.parse import urlsplit

from probes.forms.form import Form

BY_SCRIPT = "Its button calls a script; HTML alone sends nothing."
INTO_ADDRESS = (
    "Without a script it would put the message into the page's address: its form has"
    ' no method="post". If the site does take it so, write how = "http".'
)


def scripted(form: Form) -> str:
    """Return why only a script can send this form; empty where HTML may.

    A form without `method` asks for an address with the entries in it, as searches
    do; hardly anybody takes messages so.
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#attr-fs-method
    """
    if urlsplit(form.action).scheme == "javascript":
        return BY_SCRIPT
    return INTO_ADDRESS if form.method == "get" else ""
