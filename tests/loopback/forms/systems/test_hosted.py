"""A form of a form service is sent to that service, and to nobody else."""

from pathlib import Path

import pytest

from probes.errors import Unintelligible
from probes.forms import http
from probes.forms.errors import NoForm, OnlyInBrowser
from probes.forms.form import Answer
from probes.forms.forms import Forms
from tests.loopback.forms.internet import Internet
from tests.loopback.forms.systems.hosted import heard, posted, shown
from tests.loopback.forms.systems.spoken import Said
from tests.loopback.forms.systems.spoken_hosted import (
    FORMSPREE,
    GOOGLE_FORMS,
    HOSTED,
    JOTFORM,
    PAGE,
    Hosted,
)
from tests.loopback.forms.visits import ANNA, BRISK, form_at, submit
from tests.loopback.forms.website import answer

CASES = [(hosted, said) for hosted in HOSTED for said in hosted.answers]
EMBEDDED = [hosted for hosted in HOSTED if hosted.shows]


@pytest.mark.parametrize("hosted", HOSTED, ids=lambda hosted: hosted.system)
async def test_a_services_form_is_sent_as_the_service_takes_it(
    internet: Internet, ca: Path, hosted: Hosted
) -> None:
    shown(internet, hosted, hosted.answers[0])

    await submit(PAGE, ca=ca)

    ((where, post),) = heard(internet).items()
    sent = posted(post)
    assert where == hosted.to
    assert hosted.sends.items() <= sent.items()
    assert hosted.headers.items() <= post.headers.items()
    assert ANNA.email in sent.values()
    assert any(ANNA.message.split("\n")[0] in value for value in sent.values())


@pytest.mark.parametrize(
    ("hosted", "said"), CASES, ids=[f"{one.system}: {two.body}" for one, two in CASES]
)
async def test_a_service_is_heard_for_what_it_truly_says(
    internet: Internet, ca: Path, hosted: Hosted, said: Said
) -> None:
    shown(internet, hosted, said)

    receipt = await submit(PAGE, ca=ca)

    assert (receipt.answer, receipt.system) == (said.claims, hosted.system)
    assert said.words in receipt.words


@pytest.mark.parametrize("hosted", EMBEDDED, ids=lambda hosted: hosted.system)
async def test_a_services_form_that_is_gone_is_told_by_its_host(
    internet: Internet, ca: Path, hosted: Hosted
) -> None:
    shown(internet, hosted, hosted.answers[0])
    internet.says(hosted.shows, answer("{}", status=404))
    host = hosted.shows.split("/")[2]

    with pytest.raises(NoForm, match=f"not to be had from {host}.* 404"):
        await submit(PAGE, ca=ca)


@pytest.mark.parametrize("hosted", EMBEDDED, ids=lambda hosted: hosted.system)
@pytest.mark.parametrize("odd", ["", "{}", "[" * 90_000, '{"form": 7}', "<p>Hello"])
async def test_a_service_that_tells_no_form_sends_nothing(
    internet: Internet, ca: Path, hosted: Hosted, odd: str
) -> None:
    shown(internet, hosted, hosted.answers[0])
    internet.says(hosted.shows, answer(odd, kind="text/html"))

    with pytest.raises(Unintelligible):
        await submit(PAGE, ca=ca)

    assert heard(internet) == {}


async def test_a_services_own_page_may_be_watched_itself(
    internet: Internet, ca: Path
) -> None:
    shown(internet, GOOGLE_FORMS, GOOGLE_FORMS.answers[0])

    receipt = await submit(GOOGLE_FORMS.shows, ca=ca)

    assert receipt.answer is Answer.ACCEPTED


async def test_a_page_that_shows_another_host_in_a_frame_sends_nothing_there(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    frame = f'<iframe src="https://form.jotform.com.evil.example/{"1" * 15}"></iframe>'
    internet.says(PAGE, answer(frame))

    with pytest.raises(NoForm):
        await submit(PAGE, ca=ca)

    asked = {host for host, site in internet.sites.items() if site.heard}
    assert asked == {"shop.example"}


async def test_a_services_page_that_posts_elsewhere_is_not_sent(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    elsewhere = JOTFORM.form.replace("submit.jotform.com", "evil.example")
    internet.says(JOTFORM.shows, answer(elsewhere))

    with pytest.raises(NoForm):
        await submit(PAGE, ca=ca)

    assert heard(internet) == {}


async def test_a_contact_form_of_the_page_goes_before_a_services(
    internet: Internet, ca: Path
) -> None:
    internet.says(PAGE, answer(JOTFORM.page + FORMSPREE.page))

    rehearsal = await http.rehearse(form_at(PAGE, ca=ca), ANNA, bounds=BRISK)

    assert rehearsal.system is not None
    assert rehearsal.system.name == "formspree"


async def test_a_form_that_can_be_sent_goes_before_those_that_cannot(
    internet: Internet, ca: Path
) -> None:
    shown(internet, JOTFORM, JOTFORM.answers[0])
    both = f"<div data-tf-live='01HXA7W3B2'></div>{JOTFORM.page}"
    internet.says(PAGE, answer(both))

    receipt = await submit(PAGE, ca=ca)

    assert receipt.answer is Answer.ACCEPTED


async def test_where_http_alone_is_allowed_a_form_for_browsers_says_so(
    internet: Internet, ca: Path
) -> None:
    internet.says(PAGE, answer("<div data-tf-live='01HXA7W3B2'></div>"))

    async with Forms() as forms:
        with pytest.raises(OnlyInBrowser, match='how = "http"'):
            await forms.rehearse(form_at(PAGE, ca=ca, how="http"), ANNA)
