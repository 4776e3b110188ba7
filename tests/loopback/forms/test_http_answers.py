"""What becomes of a submission once the message has left us."""

import gzip

import pytest

from probes.forms.form import Answer
from tests.loopback.forms.visits import (
    HASTY,
    break_off,
    drip,
    gush,
    say_nothing,
    submit,
    with_form,
)
from tests.loopback.forms.website import Act, Site, answer


@pytest.mark.parametrize("act", [break_off, say_nothing, drip, gush])
async def test_a_lost_answer_is_no_failure(site: Site, act: Act) -> None:
    url = with_form(site)
    site.says["POST /send"] = act

    receipt = await submit(url, bounds=HASTY)

    assert receipt.answer is Answer.UNCLEAR
    assert len(site.posts) == 1


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Answer.DECLINED),
        (403, Answer.DECLINED),
        (500, Answer.UNCLEAR),
        (503, Answer.UNCLEAR),
        (304, Answer.UNCLEAR),
    ],
)
async def test_the_status_is_kept(site: Site, status: int, expected: Answer) -> None:
    url = with_form(site)
    site.says["POST /send"] = answer("<h1>Hm</h1>", status=status)

    receipt = await submit(url)

    assert (receipt.answer, receipt.status) == (expected, status)


async def test_a_firewall_before_the_form_blocks(site: Site) -> None:
    url = with_form(site)
    wall = "<h1>Access Denied - Sucuri Website Firewall</h1>"
    site.says["POST /send"] = answer(wall, status=403)

    assert (await submit(url)).answer is Answer.BLOCKED


async def test_an_answer_with_a_bomb_in_it_is_unclear(site: Site) -> None:
    url = with_form(site)
    bomb = gzip.compress(bytes(50_000_000))
    site.says["POST /send"] = answer(bomb, "Content-Encoding: gzip")

    assert (await submit(url)).answer is Answer.UNCLEAR
