"""A service that says no, or nonsense, or nothing, is told in a sentence."""

from pathlib import Path

import pytest

from probes.errors import Refused, Unintelligible, Unreachable
from probes.secrets import Secret
from probes.stores.rest.asking import Patience
from probes.stores.rest.open import HOSTED, open_service
from probes.stores.rest_settings import HostedSettings
from tests.loopback.stores.service_answers import (
    KEY,
    netlify,
    webflow,
)
from tests.loopback.stores.service_site import Asked, Told, service_site
from tests.loopback.stores.services import HASTE, hosted, piece


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "HubSpot does not accept our key. Make a private app"),
        (402, "HubSpot wants another plan for this."),
        (403, "HubSpot does not let us read the submissions. Give the private app"),
        (404, "HubSpot knows no such form or address. `form` is the form's GUID."),
        (418, "HubSpot refused our question: it answered 418."),
    ],
)
async def test_a_no_is_one_clear_sentence(
    status: int, sentence: str, key: Secret
) -> None:
    async with service_site(lambda _: Told(body={}, status=status)) as site:
        with pytest.raises(Refused) as told:
            await piece(hosted("hubspot", site, key))

    assert str(told.value).startswith(sentence)
    assert KEY not in str(told.value)
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_a_busy_service_is_asked_again(status: int, key: Secret) -> None:
    calls: list[Asked] = []

    def busy_at_first(asked: Asked) -> Told:
        calls.append(asked)
        if len(calls) < 3:
            return Told(body={}, status=status, headers={"Retry-After": "0"})
        return webflow(asked)

    async with service_site(busy_at_first) as site:
        read = await piece(hosted("webflow", site, key))

    assert len(read.entries) == 1


@pytest.mark.parametrize("wait", ["", "3600", "Wed, 01 Jul 2099 12:00:00 GMT"])
async def test_a_service_that_stays_busy_is_left_alone(wait: str, key: Secret) -> None:
    answer = Told(body={}, status=429, headers={"Retry-After": wait})
    async with service_site(lambda _: answer) as site:
        with pytest.raises(Refused, match="asked less often") as told:
            await piece(hosted("webflow", site, key))

    assert not told.value.permanent
    assert len(site.asked) == (1 if wait else HASTE.tries)


async def test_a_service_in_trouble_is_told(key: Secret) -> None:
    async with service_site(lambda _: Told(body={}, status=503)) as site:
        with pytest.raises(Unreachable, match="in trouble: it answered 503") as told:
            await piece(hosted("webflow", site, key))

    assert told.value.answered


async def test_the_key_is_taken_nowhere_else(key: Secret) -> None:
    async with service_site(webflow) as other:
        place = {"Location": f"{other.address}/v2"}
        async with service_site(lambda _: Told(status=302, headers=place)) as site:
            with pytest.raises(Refused, match="sends us elsewhere"):
                await piece(hosted("webflow", site, key))

    assert other.asked == []


@pytest.mark.parametrize("kind", HOSTED)
@pytest.mark.parametrize(
    "body", [b"<html>", b"\xff\xfe", b"[" * 100_000, b"7", b"{}", b'{"content": 7}']
)
async def test_an_answer_that_is_not_as_documented_is_told(
    kind: str, body: bytes, key: Secret
) -> None:
    async with service_site(lambda _: Told(body=body)) as site:
        with pytest.raises(Unintelligible, match="answer"):
            await piece(hosted(kind, site, key))


async def test_an_answer_without_end_is_cut_off(key: Secret) -> None:
    async with service_site(lambda _: Told(body=b"[", never_ends=True)) as site:
        with pytest.raises(Unintelligible, match="far too much"):
            await piece(hosted("webflow", site, key))


async def test_a_submission_without_a_time_is_told_and_costs_no_other(
    key: Secret,
) -> None:
    good = webflow(Asked(path="", query={}, headers={})).body["formSubmissions"][0]
    odd = [{"id": "w7"}, {**good, "dateSubmitted": 7}, good]
    async with service_site(lambda _: Told(body={"formSubmissions": odd})) as site:
        read = await piece(hosted("webflow", site, key))

    assert [entry.id for entry in read.entries] == ["w1"]
    assert read.skipped[0] == (
        "Webflow's submission w7 has no time that we understand."
    )


async def test_a_key_goes_over_no_line_that_others_can_read(key: Secret) -> None:
    settings = HostedSettings(
        kind="netlify", token=key, form="1", api="http://api.example"
    )

    with pytest.raises(Refused, match="must begin with https://"):
        await piece(open_service(settings, HASTE))


async def test_a_key_that_can_be_none_is_told(key: Secret, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("schlüssel")

    async with service_site(netlify) as site:
        with pytest.raises(Refused, match="has letters that no key has"):
            await piece(hosted("netlify", site, key))


async def test_a_service_that_takes_too_long_is_told(key: Secret) -> None:
    def always_busy(_: Asked) -> Told:
        return Told(body={}, status=429, headers={"Retry-After": "50"})

    async with service_site(always_busy) as site:
        settings = HostedSettings(kind="netlify", token=key, form="1", api=site.address)
        with pytest.raises(Unreachable, match="Netlify took too long"):
            await piece(open_service(settings, Patience(seconds_in_all=0.5)))


async def test_the_end_of_a_limit_is_told_by_the_clock_too(key: Secret) -> None:
    answer = Told(body={}, status=429, headers={"X-RateLimit-Reset": "4102444800"})
    async with service_site(lambda _: answer) as site:
        with pytest.raises(Refused, match="asked less often"):
            await piece(hosted("webflow", site, key))

    assert len(site.asked) == 1
