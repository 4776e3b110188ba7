"""Forms of form services in a page: known by exact hosts, and by nothing it claims."""

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probes.forms.page import read_page

PAGE = "https://shop.example/contact"
GOOGLE = "1FAIpQLSdTestTestTestTestTestTestTestTestTestTest"
GUID = "0e83528b-bdbb-47b7-aa75-1080839e08a7"
HUBSPOT = f"https://forms.hsforms.com/embed/v3/form/4711/{GUID}/json"
HOSTS = {
    "docs.google.com",
    "form.jotform.com",
    "www.jotform.com",
    "eu.jotform.com",
    "form.jotformeu.com",
    "submit.jotform.com",
    "eu-submit.jotform.com",
    "form.typeform.com",
    "forms.hsforms.com",
    "forms-eu1.hsforms.com",
    "forms-na2.hsforms.com",
    "forms-na3.hsforms.com",
    "forms-ap1.hsforms.com",
}


def embedded(html: str, *, url: str = PAGE) -> list[tuple[str, str]]:
    page = read_page(html.encode(), url=url, content_type="text/html; charset=utf-8")
    return [(embed.service, embed.url) for embed in page.embeds]


def call(options: str) -> str:
    return f"<p>x</p><script>window.hbspt && hbspt.forms.create({options});</script>"


@pytest.mark.parametrize(
    ("html", "service", "url"),
    [
        pytest.param(
            f"<iframe src='//docs.google.com/forms/d/e/{GOOGLE}/viewform?hl=en'>",
            "google-forms",
            f"https://docs.google.com/forms/d/e/{GOOGLE}/viewform",
            id="Google's frame",
        ),
        pytest.param(
            "<iframe data-src='https://form.jotform.com/240011223344556?nojump'>",
            "jotform",
            "https://form.jotform.com/240011223344556",
            id="Jotform's frame, which loads late",
        ),
        pytest.param(
            "<p>x</p><script src='http://form.jotform.com/jsform/240011223344556'></script>",
            "jotform",
            "https://form.jotform.com/240011223344556",
            id="Jotform's script",
        ),
        pytest.param(
            "<div data-tf-widget='aBc123'></div>",
            "typeform",
            "https://form.typeform.com/to/aBc123",
            id="Typeform's script",
        ),
        pytest.param(
            call(f"{{portalId: '4711', formId: '{GUID}'}}"),
            "hubspot",
            HUBSPOT,
            id="HubSpot's script, with an object",
        ),
        pytest.param(
            call(f'{{"formId":"{GUID}","portalId":4711,"region":"na1"}}'),
            "hubspot",
            HUBSPOT,
            id="HubSpot's script, with JSON",
        ),
        pytest.param(
            call(f"{{region: 'eu1', portalId: 4711, formId: '{GUID}'}}"),
            "hubspot",
            HUBSPOT.replace("//forms.", "//forms-eu1."),
            id="HubSpot in Europe",
        ),
        pytest.param(
            f"<div class=hs-form-frame data-portal-id=4711 data-form-id={GUID}></div>",
            "hubspot",
            HUBSPOT,
            id="the place that HubSpot's present script fills",
        ),
    ],
)
def test_a_services_form_is_known_by_how_its_service_embeds_it(
    html: str, service: str, url: str
) -> None:
    assert embedded(html) == [(service, url)]


@pytest.mark.parametrize(
    "html",
    [
        f"<iframe src='https://docs.google.com@evil.example/forms/d/e/{GOOGLE}/viewform'>",
        f"<iframe src='https://docs.google.com.evil.example/forms/d/e/{GOOGLE}/viewform'>",
        f"<iframe src='ftp://docs.google.com/forms/d/e/{GOOGLE}/viewform'>",
        "<iframe src='https://docs.google.com/forms/d/e/../../../viewform'>",
        "<iframe src='https://docs.google.com/document/d/e/abc/pub'>",
        "<iframe src='https://form.jotform.com/240011223344556/../../logout'>",
        "<iframe src='http://['>",
        "<div data-tf-live='../../x'></div>",
        call("{portalId: '4711/../..', formId: '../x'}"),
        call(f"{{portalId: 'evil.example', formId: '{GUID}'}}"),
        f"<div class='hs-form-frame' data-portal-id=x data-form-id={GUID}></div>",
    ],
)
def test_what_only_looks_like_a_service_is_none(html: str) -> None:
    assert embedded(html) == []


def test_an_unknown_region_is_asked_at_the_known_host() -> None:
    (found,) = embedded(
        call(f"{{region: 'evil', portalId: 4711, formId: '{GUID}'}}"),
    )

    assert found == ("hubspot", HUBSPOT)


def test_the_page_of_a_service_is_its_form() -> None:
    url = f"https://docs.google.com/forms/d/e/{GOOGLE}/viewform?usp=sharing"

    assert embedded("<p>x</p>", url=url) == [("google-forms", url.partition("?")[0])]


def test_of_very_many_the_first_few_count() -> None:
    many = "".join(f"<div data-tf-live='form{n}'></div>" for n in range(10_000))

    assert [url[-5:] for _, url in embedded(many)] == [f"form{n}" for n in range(5)]


PIECES = st.sampled_from(
    [
        "https://",
        "docs.google.com",
        "form.jotform.com",
        "/forms/d/e/",
        GOOGLE,
        "/viewform",
        "240011223344556",
        "/jsform/",
        "@",
        ":",
        "[",
        "evil.example",
        "..",
        "hbspt.forms.create(",
        "portalId: 1,",
        f"formId: '{GUID}'",
        "region: '",
        "\x00",
        "ü",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["iframe", "script"]))
@settings(max_examples=60)
def test_whatever_a_page_says_only_known_hosts_are_asked(said: str, tag: str) -> None:
    html = f"<p>x</p><{tag} src=\"{said}\" data-src='{said}'>{said}</{tag}>"

    for _, url in embedded(html):
        parts = urlsplit(url)
        assert (parts.scheme, parts.netloc in HOSTS) == ("https", True)
        assert ".." not in parts.path
