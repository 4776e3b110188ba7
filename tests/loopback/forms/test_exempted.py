"""A signed message passes a guard; nobody but the form's own site gets the header."""

import hmac
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from probes.forms import http
from probes.forms.errors import Guarded, Unequipped
from probes.forms.exemption import NAME, TOO_SHORT, Exemption
from probes.forms.form import Answer, Receipt
from tests.loopback.forms.visits import (
    ANNA,
    BRISK,
    FORM,
    THANKS,
    break_off,
    form_at,
    submit,
    with_form,
)
from tests.loopback.forms.website import Heard, Site, answer, moved

KEY = "correct horse battery staple 2026"
WIDGET = "<div class=h-captcha></div>"
GUARDED = FORM.replace("<button", f"{WIDGET}<button")
STALE = "<h1>Forbidden</h1><p>CSRF verification failed. Request aborted.</p>"
VALUE = re.compile(r"v1 t=([0-9]{10}) n=([0-9a-f]{32}) s=([0-9a-f]{64})")


@pytest.fixture
def secret(tmp_path: Path) -> Iterator[dict[str, str]]:
    path = tmp_path / "exemption"
    path.write_text(KEY)
    path.chmod(0o600)
    return {"file": str(path)}


async def exempted(url: str, secret: dict[str, str], **settings: object) -> Receipt:
    return await submit(url, exemption=secret, **settings)


def header_of(heard: Heard) -> str | None:
    return heard.headers.get(NAME.lower())


def nonce_of(heard: Heard) -> str:
    """Return the nonce of a request that is signed as it should be."""
    told = VALUE.fullmatch(header_of(heard) or "")
    assert told is not None
    stamp, nonce, signature = told.groups()
    signed = f"v1\n{stamp}\n{nonce}\n{heard.method}\n127.0.0.1\n"
    path = heard.path.partition("?")[0]
    digest = hmac.new(KEY.encode(), f"{signed}{path}".encode(), "sha256")
    assert digest.hexdigest() == signature
    return nonce


async def test_a_signed_message_is_sent_past_a_guard(
    site: Site, secret: dict[str, str]
) -> None:
    receipt = await exempted(with_form(site, GUARDED), secret)

    page, post = site.heard
    assert receipt.answer is Answer.ACCEPTED
    assert receipt.is_exempted
    assert header_of(page) is None
    assert nonce_of(post)


async def test_without_a_secret_nothing_is_signed(site: Site) -> None:
    receipt = await submit(with_form(site))

    assert not receipt.is_exempted
    assert [header_of(heard) for heard in site.heard] == [None, None]


async def test_a_question_for_people_is_left_empty(
    site: Site, secret: dict[str, str]
) -> None:
    question = "<label>3 + 4 = <input name=puzzle required></label>"
    code = "<label>Security code <input name=code></label>"
    form = FORM.replace("<button", f"{question}{code}<button")

    await exempted(with_form(site, form), secret)

    assert b"puzzle=&code=" in site.posts[0].body


@pytest.mark.parametrize(
    ("form", "said", "claim"),
    [
        pytest.param(GUARDED, "", Answer.BLOCKED, id="a guard's word"),
        pytest.param(GUARDED, "<h1>Forbidden</h1>", Answer.BLOCKED, id="a title"),
        pytest.param(GUARDED, STALE, Answer.DECLINED, id="what visitors meet too"),
        pytest.param(FORM, "", Answer.DECLINED, id="no guard is there"),
    ],
)
async def test_a_guard_that_does_not_know_the_signature_keeps_out_nobody_else(
    site: Site, secret: dict[str, str], form: str, said: str, claim: Answer
) -> None:
    url = with_form(site, form)
    site.says["POST /send"] = answer(said, status=403)

    receipt = await exempted(url, secret)

    assert (receipt.answer, receipt.is_exempted) == (claim, True)


async def test_a_lost_answer_was_exempted_all_the_same(
    site: Site, secret: dict[str, str]
) -> None:
    url = with_form(site, GUARDED)
    site.says["POST /send"] = break_off

    assert (await exempted(url, secret)).is_exempted


async def test_a_rehearsal_tells_no_guard_that_is_overcome(
    site: Site, secret: dict[str, str]
) -> None:
    url = with_form(site, GUARDED)

    rehearsal = await http.rehearse(form_at(url, exemption=secret), ANNA, bounds=BRISK)

    assert rehearsal.guards == ()
    assert [header_of(heard) for heard in site.heard] == [None]


async def test_a_form_of_another_site_is_neither_signed_nor_sent(
    site: Site, elsewhere: Site, secret: dict[str, str]
) -> None:
    url = with_form(site, GUARDED.replace("/send", f"{elsewhere.url}/send"))

    with pytest.raises(Guarded, match=f"posts to another, {elsewhere.url}/send"):
        await exempted(url, secret)

    assert elsewhere.heard == []


async def test_an_unguarded_form_of_another_site_is_sent_unsigned(
    site: Site, elsewhere: Site, secret: dict[str, str]
) -> None:
    elsewhere.says["POST /send"] = THANKS
    url = with_form(site, FORM.replace("/send", f"{elsewhere.url}/send"))

    receipt = await exempted(url, secret)

    assert not receipt.is_exempted
    assert header_of(elsewhere.posts[0]) is None


async def test_a_page_that_has_moved_to_another_site_is_named(
    site: Site, elsewhere: Site, secret: dict[str, str]
) -> None:
    site.says["/contact"] = moved(with_form(elsewhere, GUARDED))

    with pytest.raises(Guarded, match=f"form is at {elsewhere.url}/contact: write"):
        await exempted(f"{site.url}/contact", secret)


@pytest.mark.parametrize("status", [302, 307, 308])
async def test_no_other_site_is_shown_the_header_by_a_redirect(
    site: Site, elsewhere: Site, secret: dict[str, str], status: int
) -> None:
    url = with_form(site, GUARDED)
    site.says |= {"POST /send": moved(f"{elsewhere.url}/taken", status)}
    elsewhere.says |= {"/taken": moved(f"{site.url}/thanks", status)}
    site.says |= {"/thanks": THANKS}

    await exempted(url, secret)

    assert [header_of(heard) for heard in elsewhere.heard] == [None]
    assert header_of(site.heard[-1]) is None


async def test_a_message_that_is_sent_on_within_the_site_is_signed_anew(
    site: Site, secret: dict[str, str]
) -> None:
    url = with_form(site, GUARDED)
    site.says |= {"POST /send": moved("/send/", 308), "POST /send/": THANKS}

    await exempted(url, secret)

    first, second = site.posts
    assert nonce_of(first) != nonce_of(second)


async def test_the_page_that_thanks_is_not_asked_for_with_the_header(
    site: Site, secret: dict[str, str]
) -> None:
    url = with_form(site, GUARDED)
    site.says |= {"POST /send": moved("/thanks", 303), "/thanks": THANKS}

    await exempted(url, secret)

    assert header_of(site.heard[-1]) is None


async def test_the_request_for_a_nonce_is_signed_for_itself(
    site: Site, secret: dict[str, str]
) -> None:
    form = (
        "<h1>Contact</h1><form id=forminator-module-7 class=forminator-custom-form"
        " method=post><input type=hidden name=form_id value=7>"
        "<input type=hidden name=forminator_nonce value=stale>"
        + FORM.partition("action=/send>")[2]
    )
    site.says |= {
        "/contact": answer(form),
        "POST /wp-admin/admin-ajax.php": answer('{"success": true, "data": "new"}'),
    }

    await exempted(f"{site.url}/contact", secret)

    question, message = site.posts
    assert nonce_of(question) != nonce_of(message)


async def test_a_secret_that_is_too_short_or_missing_blames_no_site(
    site: Site, tmp_path: Path
) -> None:
    short = tmp_path / "short"
    short.write_text("x" * 31)
    short.chmod(0o600)
    url = with_form(site)

    with pytest.raises(Unequipped) as trouble:
        await exempted(url, {"file": str(short)})
    assert trouble.value.message == TOO_SHORT

    page = form_at(url, exemption={"file": str(short)})
    with pytest.raises(Unequipped, match="needs 32 characters or more"):
        await http.rehearse(page, ANNA, bounds=BRISK)

    with pytest.raises(Unequipped, match="WATCHDOG_NO_SUCH_SECRET, which is not set"):
        await exempted(url, {"env": "WATCHDOG_NO_SUCH_SECRET"})
    assert site.heard == []


def test_the_secret_is_not_shown() -> None:
    assert KEY not in repr(Exemption("https://shop.example/", KEY))
