"""What ends a submission before the message has left us."""

import asyncio
import gzip
from pathlib import Path

import pytest

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.forms import http
from probes.forms.errors import Guarded, NoForm, NotFillable, PageGone
from probes.forms.form import Answer
from tests.loopback.forms.visits import (
    ANNA,
    BRISK,
    FORM,
    HASTY,
    THANKS,
    break_off,
    drip,
    form_at,
    gush,
    say_nothing,
    submit,
    with_form,
)
from tests.loopback.forms.website import Act, Site, answer


async def test_an_authority_of_ours_is_trusted(secure: Site, ca: Path) -> None:
    receipt = await submit(with_form(secure), ca=ca)

    assert receipt.answer is Answer.ACCEPTED


async def test_an_unknown_authority_is_not(secure: Site) -> None:
    with pytest.raises(Unreachable, match="certificate of 127") as refusal:
        await submit(with_form(secure))

    assert refusal.value.answered
    assert secure.heard == []


async def test_a_server_without_tls_is_told_as_such() -> None:
    async def greet(_: object, writer: asyncio.StreamWriter) -> None:
        writer.write(answer("I speak plainly", status=400))
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(Unreachable, match="no TLS") as trouble:
            await submit(f"https://127.0.0.1:{port}/")

    assert trouble.value.answered


async def test_an_authority_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "mine.pem").write_text("nothing")

    with pytest.raises(Refused, match=r"mine\.pem"):
        await submit("https://127.0.0.1:1/", ca=tmp_path / "mine.pem")


async def test_an_encrypted_page_does_not_post_in_the_clear(
    secure: Site, ca: Path, site: Site
) -> None:
    url = with_form(secure, FORM.replace("/send", f"{site.url}/send"))

    with pytest.raises(NotFillable, match="unencrypted"):
        await submit(url, ca=ca)

    assert site.heard == []


async def test_a_refused_connection_is_an_answer(unused_tcp_port: int) -> None:
    with pytest.raises(Unreachable, match="refused the connection") as trouble:
        await submit(f"http://127.0.0.1:{unused_tcp_port}/")

    assert trouble.value.answered


async def test_a_name_that_is_none_cannot_be_reached() -> None:
    with pytest.raises(Unreachable, match=r"no-such-host\.invalid"):
        await submit("http://no-such-host.invalid/contact")


@pytest.mark.parametrize(
    ("status", "permanent", "words"),
    [
        (401, True, "password"),
        (403, True, "firewall"),
        (404, True, "no such page"),
        (418, True, "418"),
        (429, False, "more often"),
        (500, False, "broken"),
        (503, False, "maintenance"),
    ],
)
async def test_an_error_page_is_told_with_its_usual_meaning(
    site: Site, status: int, words: str, *, permanent: bool
) -> None:
    site.says["/contact"] = answer(FORM, status=status)

    with pytest.raises(PageGone, match=words) as gone:
        await submit(f"{site.url}/contact")

    assert gone.value.permanent is permanent
    assert site.posts == []


@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param(answer("%PDF", kind="application/pdf"), "pdf", id="PDF"),
        pytest.param(answer("{}", kind="application/json"), "json", id="JSON"),
        pytest.param(answer(b"\x89PNG", kind="image/png"), "png", id="image"),
        pytest.param(answer("hi", kind="\x1b[31mred"), "red", id="escapes"),
        pytest.param(answer(""), "empty", id="empty"),
        pytest.param(answer(" \n"), "empty", id="blank"),
        pytest.param(answer("a" * 20_000_000), "larger than 5 MB", id="20 MB"),
        pytest.param(
            answer(gzip.compress(bytes(50_000_000)), "Content-Encoding: gzip"),
            "larger than 5 MB",
            id="gzip bomb",
        ),
        pytest.param(
            answer(b"no gzip", "Content-Encoding: gzip"),
            "compression is broken",
            id="broken gzip",
        ),
    ],
)
async def test_what_is_no_page_is_said_so(site: Site, said: bytes, words: str) -> None:
    site.says["/contact"] = said

    with pytest.raises(Unintelligible, match=words) as none:
        await submit(f"{site.url}/contact")

    assert none.value.message.isprintable()


async def test_an_endless_page_is_cut(site: Site) -> None:
    site.says["/contact"] = gush

    with pytest.raises(ProbeError):
        await submit(f"{site.url}/contact")


@pytest.mark.parametrize("act", [say_nothing, drip])
async def test_a_tarpit_is_left(site: Site, act: Act) -> None:
    site.says["/contact"] = act

    with pytest.raises(Unreachable, match="did not answer in time") as trouble:
        await submit(f"{site.url}/contact", bounds=HASTY)

    assert trouble.value.answered


async def test_a_connection_broken_off_is_an_answer(site: Site) -> None:
    site.says["/contact"] = break_off

    with pytest.raises(Unreachable) as trouble:
        await submit(f"{site.url}/contact")

    assert trouble.value.answered


async def test_a_page_in_no_known_charset_is_read_all_the_same(site: Site) -> None:
    site.says |= {
        "/contact": answer(FORM, kind="text/html; charset=klingon"),
        "/send": THANKS,
    }

    assert (await submit(f"{site.url}/contact")).answer is Answer.ACCEPTED


async def test_a_page_without_a_form_has_none(site: Site) -> None:
    with pytest.raises(NoForm):
        await submit(with_form(site, "<h1>Call us</h1>"))


async def test_a_captcha_in_the_form_is_not_evaded(site: Site) -> None:
    widget = "<div class=h-captcha></div>"
    url = with_form(site, FORM.replace("<button", f"{widget}<button"))

    with pytest.raises(Guarded, match="hCaptcha"):
        await submit(url)

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)
    assert [guard.name for guard in rehearsal.guards] == ["hcaptcha"]
    assert site.posts == []


@pytest.mark.parametrize(
    "question",
    [
        "<label>3 + 4 = <input name=puzzle></label>",
        "<label>Security code <input name=puzzle></label>",
    ],
)
async def test_a_question_for_people_is_left_to_the_owner(
    site: Site, question: str
) -> None:
    url = with_form(site, FORM.replace("<button", f"{question}<button"))

    with pytest.raises(Guarded, match="nothing was sent"):
        await submit(url)
    assert site.posts == []

    await submit(url, fields={"puzzle": "7"})
    assert len(site.posts) == 1


async def test_a_captcha_of_another_form_is_not_in_the_way(site: Site) -> None:
    other = "<form action=/login><input name=user><div class=h-captcha></div></form>"
    script = "<script src='https://www.google.com/recaptcha/api.js?render=k'></script>"

    receipt = await submit(with_form(site, other + FORM + script))

    assert receipt.answer is Answer.ACCEPTED


@pytest.mark.parametrize("status", [200, 403, 503])
async def test_a_firewalls_page_is_not_taken_for_the_contact_page(
    site: Site, status: int
) -> None:
    wall = "<title>Just a moment...</title><p>Checking your browser</p>"
    site.says["/contact"] = answer(wall, status=status)

    with pytest.raises(Guarded, match="Cloudflare"):
        await submit(f"{site.url}/contact")


async def test_a_form_that_opens_the_mail_program_sends_nothing(site: Site) -> None:
    url = with_form(site, FORM.replace("/send", "mailto:me@bakery.example"))

    with pytest.raises(NotFillable, match="mail program"):
        await submit(url)


async def test_a_rehearsal_tells_that_nothing_could_be_sent(site: Site) -> None:
    url = with_form(site, FORM.replace("/send", "mailto:me@bakery.example"))

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)

    assert "mail program" in rehearsal.filling.problems[0]


async def test_a_question_for_people_is_told_once(site: Site) -> None:
    asked = "<label>What is 3 + 4? <input name=sum required></label>"
    url = with_form(site, FORM.replace("</form>", f"{asked}</form>"))

    rehearsal = await http.rehearse(form_at(url), ANNA, bounds=BRISK)

    assert [guard.field for guard in rehearsal.guards] == ["sum"]


async def test_a_closed_door_behind_the_form_is_told_as_such(
    site: Site, unused_tcp_port: int
) -> None:
    dead = f"http://127.0.0.1:{unused_tcp_port}/send"

    with pytest.raises(Unreachable, match="refused the connection"):
        await submit(with_form(site, FORM.replace("/send", dead)))


@pytest.mark.parametrize(
    ("header", "maker"),
    [("cf-mitigated: challenge", "Cloudflare"), ("X-Amzn-Waf-Action: captcha", "AWS")],
)
async def test_a_challenge_that_a_header_tells_of_is_not_filled_in(
    site: Site, header: str, maker: str
) -> None:
    url = with_form(site, FORM, header)

    with pytest.raises(Guarded, match=maker):
        await submit(url)

    assert site.posts == []


async def test_a_challenge_as_the_answer_is_a_guards(site: Site) -> None:
    url = with_form(site)
    site.says["POST /send"] = answer("Checking", "cf-mitigated: challenge", status=403)

    receipt = await submit(url)

    assert (receipt.answer, receipt.words) == (
        Answer.BLOCKED,
        "A challenge by the Cloudflare firewall came as the answer.",
    )
