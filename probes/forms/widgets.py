"""The CAPTCHAs that stand in a page, told by what their makers have sites put there.

A plugin may wrap the element as it likes, but the key in it is of its maker's shape,
and tells more than a class: WPForms puts every CAPTCHA into `g-recaptcha`.
"""

import re
from collections.abc import Mapping

from lxml.html import HtmlElement

NAMES: Mapping[str, str] = {
    "recaptcha": "reCAPTCHA",
    "hcaptcha": "hCaptcha",
    "turnstile": "Cloudflare Turnstile",
    "friendly-captcha": "Friendly Captcha",
    "altcha": "Altcha",
    "mcaptcha": "mCaptcha",
    "akismet": "Akismet",
}

KEYS: Mapping[str, re.Pattern[str]] = {
    "recaptcha": re.compile(r"6L[\w-]{38}"),
    "hcaptcha": re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    "turnstile": re.compile(r"[0-3]x[0-9A-F]{8,24}[\w-]*"),
    "friendly-captcha": re.compile(r"FC[0-9A-Z]{14}"),
}
"""The shapes of site keys, as the makers' own examples and test keys have them."""

CLASSES: Mapping[str, str] = {
    "g-recaptcha": "recaptcha",
    "h-captcha": "hcaptcha",
    "cf-turnstile": "turnstile",
    "frc-captcha": "friendly-captcha",
    "elementor-g-recaptcha": "recaptcha",
    "frm-g-recaptcha": "recaptcha",
    "forminator-g-recaptcha": "recaptcha",
    "ginput_recaptcha": "recaptcha",
    "forminator-hcaptcha": "hcaptcha",
    "forminator-turnstile": "turnstile",
}
IDS: Mapping[str, str] = {
    "mcaptcha__widget-container": "mcaptcha",
    "mcaptcha-widget__iframe": "mcaptcha",
    "mcaptcha__token": "mcaptcha",
}
"""https://mcaptcha.github.io/glue/vanilla"""
FIELDS: Mapping[str, re.Pattern[str]] = {
    "akismet": re.compile(r"(?:.*_)?ak_(?:hp_textarea|js|bib|bfs|bkpc?)"),
    "recaptcha": re.compile(r"(?:.*_)?recaptcha_response|wpforms\[recaptcha\]"),
}
"""What is put into a form for a guard that watches, and asks nobody anything."""

ADDRESSES: Mapping[str, str] = {
    "google.com/recaptcha": "recaptcha",
    "recaptcha.net/recaptcha": "recaptcha",
    "hcaptcha.com/": "hcaptcha",
    "challenges.cloudflare.com/": "turnstile",
    "frcapi.com/": "friendly-captcha",
}


def kind_of(element: HtmlElement) -> str | None:
    """Return which CAPTCHA an element is, or holds; None for any other."""
    if element.tag == "altcha-widget":
        return "altcha"
    if element.tag in ("input", "textarea"):
        name = element.get("name") or ""
        for kind, shape in FIELDS.items():
            if shape.fullmatch(name):
                return kind
    if key := element.get("data-sitekey"):
        for kind, shape in KEYS.items():
            if shape.fullmatch(key):
                return kind
    for word in (element.get("class") or "").split():
        if found := CLASSES.get(word):
            return found
    return IDS.get(element.get("id") or "") or _framed(element)


def words_for(kind: str, element: HtmlElement) -> str:
    """Return what a CAPTCHA is called, as closely as is seen."""
    address = element.get("src") or ""
    if kind == "recaptcha" and "/recaptcha/enterprise" in address:
        return "reCAPTCHA Enterprise"
    is_third = element.get("data-type") == "v3" or _draws_nothing(address)
    return "reCAPTCHA v3" if kind == "recaptcha" and is_third else NAMES[kind]


def is_silent(kind: str, element: HtmlElement) -> bool:
    """Tell whether a CAPTCHA asks the visitor nothing.

    `data-size="invisible"`, or the class on a button (reCAPTCHA's v2 invisible
    and v3), as in https://developers.google.com/recaptcha/docs/invisible
    """
    return (
        kind == "akismet"
        or element.tag in ("script", "button")
        or (element.tag == "input" and kind == "recaptcha")
        or element.get("data-size") == "invisible"
        or element.get("data-type") == "v3"
        or "size=invisible" in (element.get("src") or "")
    )


def _framed(element: HtmlElement) -> str | None:
    """Return whose frame an element is, or whose script that draws nothing."""
    if element.tag not in ("iframe", "script"):
        return None
    address = element.get("src") or ""
    for mark, kind in ADDRESSES.items():
        if mark in address and (element.tag == "iframe" or _draws_nothing(address)):
            return kind
    return None


def _draws_nothing(address: str) -> bool:
    """Tell the script of reCAPTCHA v3, which names its key (v2 names `explicit`).

    https://developers.google.com/recaptcha/docs/v3
    """
    rendered = re.search(r"[?&]render=([^&]+)", address)
    return rendered is not None and rendered[1] not in ("explicit", "onload")
