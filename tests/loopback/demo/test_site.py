"""The demonstration's website, as a browser meets it."""

import asyncio
import csv
from pathlib import Path

import httpx2
import lxml.html
import pytest

from watchdog.demo.business import OFFICE, Business

FIELDS = {
    "name": "Ada <b>Lovelace</b>",
    "email": "ada@visitor.example",
    "phone": "0171 1",
    "message": "Könnten Sie\r\nmir helfen?",
}


def browser(business: Business) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=business.site.url, follow_redirects=True)


def html_of(answer: httpx2.Response) -> lxml.html.HtmlElement:
    page: lxml.html.HtmlElement = lxml.html.document_fromstring(answer.text)
    return page


async def write(business: Business, **change: str) -> httpx2.Response:
    """Load the page, fill its form in, send it."""
    async with browser(business) as client:
        page = html_of(await client.get(""))
        form = next(form for form in page.forms if form.get("id") == "contact-form")
        return await client.post("", data=dict(form.fields) | FIELDS | change)


async def test_an_inquiry_is_thanked_kept_and_mailed(business: Business) -> None:
    answer = await write(business)

    (inquiry,) = business.site.inquiries
    (mail,) = await business.mail_host.folder(OFFICE)
    assert "Thank you!" in answer.text
    assert (inquiry.name, inquiry.message) == (FIELDS["name"], FIELDS["message"])
    assert mail["From"].addresses[0].addr_spec == "website@riverside.example"
    assert mail["Reply-To"].addresses[0].addr_spec == "ada@visitor.example"
    assert "no. 1" in mail["Subject"]
    assert "Könnten Sie\r\nmir helfen?" in mail.get_content()


async def test_with_broken_mail_it_says_thank_you_all_the_same(
    business: Business,
) -> None:
    business.site.mail_broken = True

    answer = await write(business)

    assert "Thank you!" in answer.text
    assert len(business.site.inquiries) == len(business.site.mail_log) == 1
    assert await business.mail_host.folder(OFFICE) == []


async def test_a_stopped_mail_host_is_only_seen_in_the_sites_log(
    business: Business,
) -> None:
    await business.mail_host.stop()

    answer = await write(business)

    assert "Thank you!" in answer.text
    assert "Inquiry 1: " in business.site.mail_log[0]


async def test_its_switches_break_the_page_or_take_the_form_away(
    business: Business,
) -> None:
    async with browser(business) as client:
        business.site.form_gone = True
        without_form = await client.get("")
        business.site.page_broken = True
        broken = await client.get("")

    assert (without_form.status_code, broken.status_code) == (200, 500)
    assert 'name="message"' not in without_form.text


async def test_a_search_box_and_a_newsletter_stand_beside_the_contact_form(
    business: Business,
) -> None:
    home = httpx2.URL(business.site.url)
    async with browser(business) as client:
        page = html_of(await client.get(""))
        search = await client.get(home.join("/search"), params={"q": "<script>"})
        newsletter = await client.post(
            home.join("/newsletter"), data={"subscriber": "a@b.example"}
        )

    actions = [form.action for form in page.forms]
    assert actions == ["/search", "/contact/", "/newsletter"]
    assert search.status_code == newsletter.status_code == 200
    assert business.site.inquiries == []


async def test_without_the_pages_cookie_and_nonce_nothing_is_taken(
    business: Business,
) -> None:
    async with browser(business) as client:
        answer = await client.post("", data=FIELDS)

    assert answer.status_code == 403
    assert business.site.inquiries == []


async def test_who_fills_in_the_trap_is_thanked_and_ignored(business: Business) -> None:
    answer = await write(business, website="https://spam.example")

    assert "Thank you!" in answer.text
    assert business.site.inquiries == []


@pytest.mark.parametrize(
    "change",
    [
        {"message": " "},
        {"email": "ada"},
        {"email": "ada@visitor.example\r\nBcc: all@visitor.example"},
        {"email": '"><script>alert(1)</script>@x'},
        {"email": ""},
    ],
)
async def test_bad_fields_are_pointed_out_and_nothing_is_taken(
    business: Business, change: dict[str, str]
) -> None:
    answer = await write(business, **change)

    assert answer.status_code == 422
    assert 'class="trouble"' in answer.text
    assert "<script>" not in answer.text
    assert business.site.inquiries == []


async def test_line_breaks_in_a_name_reach_no_header(business: Business) -> None:
    await write(business, name="Ada\r\nBcc: all@visitor.example")

    (mail,) = await business.mail_host.folder(OFFICE)
    assert mail["Bcc"] is None
    assert business.site.mail_log == []


async def test_inquiries_are_kept_in_a_file_from_the_first_on(
    business: Business, tmp_path: Path
) -> None:
    await write(business, message="first")
    business.site.keep_in(tmp_path / "inquiries.csv")
    await write(business, message='second, "quoted"')

    with (tmp_path / "inquiries.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["id"], row["message"]) for row in rows] == [
        ("1", "first"),
        ("2", 'second, "quoted"'),
    ]
    assert rows[0]["submitted_at"].endswith("+00:00")


@pytest.mark.parametrize(
    "request_",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
        b"GET http://[ HTTP/1.1\r\n\r\n",
    ],
)
async def test_a_request_that_is_none_is_answered_so(
    business: Business, request_: bytes
) -> None:
    url = httpx2.URL(business.site.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    writer.write(request_)

    assert (await reader.read()).startswith(b"HTTP/1.1 400 Bad Request\r\n")
    writer.close()
