"""Which forms of form services a page shows, in a frame or by a script of theirs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement

from probes.forms.form import Embed

ADDRESSES: Mapping[str, tuple[str, re.Pattern[str], str]] = {
    "docs.google.com": (
        "google-forms",
        re.compile(r"/forms/d/e/([\w-]{20,200})/(?:viewform|formResponse)", re.ASCII),
        "https://docs.google.com/forms/d/e/{}/viewform",
    ),
    **{
        host: (
            "jotform",
            re.compile(r"/(?:js)?(?:form/)?([0-9]{9,20})/?"),
            f"https://{host}/{{}}",
        )
        for host in (
            "form.jotform.com",
            "www.jotform.com",
            "eu.jotform.com",
            "form.jotformeu.com",
            "submit.jotform.com",
            "eu-submit.jotform.com",
        )
    },
    "form.typeform.com": (
        "typeform",
        re.compile(r"/to/(\w{4,40})", re.ASCII),
        "https://form.typeform.com/to/{}",
    ),
}
"""By the exact host of a frame or script: whose form that is, how its address names
it, and the address at which the service shows it alone.

https://support.google.com/docs/answer/2839588
https://www.jotform.com/help/34-adding-a-form-to-a-web-page/
https://www.typeform.com/developers/embed/
"""

HUBSPOT = "https://forms{}.hsforms.com/embed/v3/form/{}/{}/json"
"""Where HubSpot's script is told the form that it draws."""
HUBSPOT_CALL = "hbspt.forms.create("
HUBSPOT_OPTION = r"""\b{}["']?\s*:\s*["']?([\w-]{{1,40}})"""
HUBSPOT_FORM = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
HUBSPOT_REGIONS = ("eu1", "na2", "na3", "ap1")
"""Those with hosts of their own, beside `na1`."""

PLACES = "//div[@data-tf-live or @data-tf-widget or contains(@class, 'hs-form-frame')]"
"""Where the services' present scripts draw."""

MOST_EMBEDS = 5
MOST_ELEMENTS = 2_000
MOST_CALL = 2_000
MOST_ADDRESS = 4_000


def embeds(root: HtmlElement, url: str) -> Sequence[Embed]:
    """Return the forms of known services that the page at `url` shows.

    That is known by exact hosts, never by what a page says of itself; of what it
    says only an identifier of known shape goes into the address.
    """
    found = dict.fromkeys(islice(_embeds(root, url), MOST_EMBEDS))
    return tuple(found)


def _embeds(root: HtmlElement, url: str) -> Iterator[Embed]:
    yield from _addressed(url)
    for place in root.xpath(PLACES)[:MOST_EMBEDS]:
        yield from _placed(place)
    for element in islice(root.iter("iframe", "script"), MOST_ELEMENTS):
        for name in ("src", "data-src"):  # those that load late wait in the second
            address = (element.get(name) or "")[:MOST_ADDRESS].strip()
            yield from _addressed(address, base=url)
        for call in (element.text or "").split(HUBSPOT_CALL)[1:MOST_EMBEDS]:
            yield from _called(call[:MOST_CALL])


def _addressed(address: str, *, base: str = "") -> Iterator[Embed]:
    try:
        parts = urlsplit(urljoin(base, address))
        host = parts.hostname or ""
    except ValueError:  # an address that is none, as `http://[`
        return
    if host in ADDRESSES and parts.scheme in ("http", "https"):
        service, path, shown = ADDRESSES[host]
        if named := path.fullmatch(parts.path):
            yield Embed(service=service, url=shown.format(named[1]))


def _placed(place: HtmlElement) -> Iterator[Embed]:
    """Read the attributes by which a place names its form.

    https://developers.hubspot.com/docs/cms/reference/forms
    """
    for name in ("data-tf-live", "data-tf-widget"):
        form = place.get(name) or ""
        if re.fullmatch(r"\w{4,40}", form, re.ASCII):
            yield Embed(service="typeform", url=f"https://form.typeform.com/to/{form}")
    if "hs-form-frame" in (place.get("class") or "").split():
        told = (place.get(f"data-{key}") or "" for key in ("portal-id", "form-id"))
        yield from _hubspot(*told, region=place.get("data-region") or "")


def _called(call: str) -> Iterator[Embed]:
    """Read the options of HubSpot's script, as objects and as JSON write them."""
    told = {}
    for key in ("portalId", "formId", "region"):
        said = re.search(HUBSPOT_OPTION.format(key), call)
        told[key] = said[1] if said else ""
    yield from _hubspot(told["portalId"], told["formId"], region=told["region"])


def _hubspot(portal: str, form: str, *, region: str) -> Iterator[Embed]:
    if re.fullmatch(r"[0-9]{1,15}", portal) and HUBSPOT_FORM.fullmatch(form):
        where = f"-{region}" if region in HUBSPOT_REGIONS else ""
        yield Embed(service="hubspot", url=HUBSPOT.format(where, portal, form))
