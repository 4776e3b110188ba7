"""Putting a message through the forms of a web server as a visitor would."""

import asyncio
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from probes.errors import ProbeError, Unreachable
from probes.forms import http
from probes.forms.errors import PageGone
from probes.forms.exchange import Bounds
from probes.forms.form import Answer
from tests.loopback.forms.visits import (
    ANNA,
    BRISK,
    FORM,
    THANKS,
    form_at,
    submit,
    with_form,
)
from tests.loopback.forms.website import Site, answer, moved


async def test_a_message_goes_out_as_from_a_visitor(site: Site) -> None:
    receipt = await submit(with_form(site))

    (post,) = site.posts
    assert receipt.answer is Answer.ACCEPTED
    assert receipt.words == "Thank you for your message."
    assert receipt.url == f"{site.url}/send"
    assert parse_qs(post.body.decode())["message"] == [
        ANNA.message.replace("\n", "\r\n")
    ]
    assert post.headers["origin"] == site.url
    assert post.headers["referer"] == f"{site.url}/contact"
    assert re.fullmatch(
        r"contact-form-watchdog/\S+ \(\+automatic delivery test\)",
        post.headers["user-agent"],
    )
    assert "accept-language" in post.headers


async def test_a_rehearsal_sends_nothing(site: Site) -> None:
    url = with_form(site)

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)

    assert dict(rehearsal.filling.entries)["email"] == ANNA.email
    assert [heard.method for heard in site.heard] == ["GET"]


async def test_cookies_and_hidden_fields_come_along(site: Site) -> None:
    hidden = "<input type=hidden name=csrf value=s3>"
    form = FORM.replace("</form>", f"{hidden}</form>")

    await submit(with_form(site, form, "Set-Cookie: csrftoken=c00kie; Path=/"))

    (post,) = site.posts
    assert post.headers["cookie"] == "csrftoken=c00kie"
    assert parse_qs(post.body.decode())["csrf"] == ["s3"]


async def test_a_form_of_another_site_learns_only_our_site(
    site: Site, elsewhere: Site
) -> None:
    elsewhere.says["/f"] = THANKS
    form = FORM.replace("/send", f"{elsewhere.url}/f")

    await submit(with_form(site, form))

    (post,) = elsewhere.posts
    assert post.headers["referer"] == f"{site.url}/"
    assert post.headers["origin"] == site.url


async def test_the_base_of_the_page_counts(site: Site) -> None:
    form = '<base href="/deep/"/>' + FORM.replace("/send", "here")
    site.says["/deep/here"] = THANKS

    await submit(with_form(site, form))

    assert [post.path for post in site.posts] == ["/deep/here"]


async def test_the_buttons_own_address_counts(site: Site) -> None:
    form = FORM.replace("<button", "<button formaction=/other")
    site.says["/other"] = THANKS

    await submit(with_form(site, form))

    assert [post.path for post in site.posts] == ["/other"]


async def test_a_multipart_form_is_sent_so(site: Site) -> None:
    form = FORM.replace("<form", "<form enctype=multipart/form-data")

    await submit(with_form(site, form))

    (post,) = site.posts
    kind, _, boundary = post.headers["content-type"].partition("; boundary=")
    assert kind == "multipart/form-data"
    assert post.body.count(f"--{boundary}".encode()) == 4
    assert "Grüße".encode() in post.body


async def test_a_get_form_is_sent_in_the_address(site: Site) -> None:
    form = FORM.replace("method=post action=/send", "method=get action=/find?old=1")
    site.says |= {"/find": THANKS}

    receipt = await submit(with_form(site, form), how="http")

    sent = site.heard[-1]
    path, _, query = sent.path.partition("?")
    assert (sent.method, path, sent.body) == ("GET", "/find", b"")
    assert parse_qs(query)["email"] == [ANNA.email]
    assert "old" not in parse_qs(query)
    assert receipt.answer is Answer.ACCEPTED


async def test_a_latin_1_page_gets_latin_1_back(site: Site) -> None:
    page = FORM.replace("Your message", "Nachricht für uns").encode("latin-1")
    site.says |= {
        "/contact": answer(page, kind="text/html; charset=iso-8859-1"),
        "/send": THANKS,
    }

    await submit(f"{site.url}/contact")

    (post,) = site.posts
    assert b"Gr%FC%DFe" in post.body


async def test_a_form_with_a_trap_is_not_hurried(site: Site) -> None:
    clock = "<input type=hidden name=form_timestamp value=1795302175>"
    url = with_form(site, FORM.replace("</form>", f"{clock}</form>"))
    patient = Bounds(linger=0.2)
    loop = asyncio.get_running_loop()
    started = loop.time()

    await submit(url, bounds=patient)

    assert loop.time() - started >= 0.2


@pytest.mark.parametrize("status", [301, 302, 303])
async def test_thanks_are_fetched_by_get(site: Site, status: int) -> None:
    url = with_form(site)
    site.says |= {
        "POST /send": moved("/sent/?n=1", status, "Set-Cookie: flash=ok"),
        "GET /sent/": answer("<p>Tack</p>"),
    }

    receipt = await submit(url)

    last = site.heard[-1]
    assert (last.method, last.body) == ("GET", b"")
    assert last.headers["cookie"] == "flash=ok"
    assert (receipt.answer, receipt.url) == (
        Answer.ACCEPTED,
        f"{site.url}/sent/?n=1",
    )


@pytest.mark.parametrize("status", [307, 308])
async def test_the_message_is_repeated_where_asked(site: Site, status: int) -> None:
    url = with_form(site)
    site.says |= {"POST /send": moved("/really", status), "POST /really": THANKS}

    receipt = await submit(url)

    first, second = site.posts
    assert first.body == second.body != b""
    assert receipt.answer is Answer.ACCEPTED


async def test_the_page_may_have_moved(site: Site) -> None:
    with_form(site)
    site.says["/old"] = moved("/contact", 301)

    receipt = await submit(f"{site.url}/old")

    assert receipt.answer is Answer.ACCEPTED
    assert site.posts[0].headers["referer"] == f"{site.url}/contact"


async def test_the_host_that_failed_is_the_one_named(
    site: Site, unused_tcp_port: int
) -> None:
    site.says["/contact"] = moved(f"http://localhost:{unused_tcp_port}/")

    with pytest.raises(Unreachable, match="localhost refused the connection"):
        await submit(f"{site.url}/contact")


async def test_a_page_in_circles_is_gone(site: Site) -> None:
    site.says["/contact"] = moved("/contact")

    with pytest.raises(PageGone, match="without an end"):
        await submit(f"{site.url}/contact")

    assert len(site.heard) == 11


async def test_an_answer_in_circles_is_unclear(site: Site) -> None:
    url = with_form(site)
    site.says["POST /send"] = moved("/send", 307)

    receipt = await submit(url)

    assert (receipt.answer, receipt.status) == (Answer.UNCLEAR, None)


@pytest.mark.parametrize(
    "to",
    ["file:///etc/passwd", "javascript:alert(1)", "http://[::1", "gopher://a/"],
)
async def test_only_the_web_is_followed(site: Site, to: str) -> None:
    site.says["/contact"] = moved(to)

    with pytest.raises(ProbeError):
        await submit(f"{site.url}/contact")


async def test_a_message_is_never_sent_on_in_the_clear(
    secure: Site, ca: Path, site: Site
) -> None:
    url = with_form(secure)
    secure.says["POST /send"] = moved(f"{site.url}/steal", 307)
    site.says["/steal"] = THANKS

    receipt = await submit(url, ca=ca)

    assert site.heard == []
    assert receipt.answer is Answer.UNCLEAR
    assert "unencrypted" in receipt.words
