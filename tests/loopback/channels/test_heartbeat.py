"""The heartbeat, against a service that answers as Healthchecks does."""

import asyncio

import pytest

from probes.errors import ProbeError, Refused, Unreachable
from probes.heartbeat import Beat, beat
from tests.loopback.forms.website import Heard, Site, answer, moved
from tests.world.process import free_ports


@pytest.mark.parametrize(
    ("kind", "address", "path"),
    [
        (Beat.SUCCESS, "/s3cret", "/s3cret"),
        (Beat.START, "/s3cret", "/s3cret/start"),
        (Beat.FAIL, "/s3cret/", "/s3cret/fail"),
        (Beat.FAIL, "/s3cret?create=1", "/s3cret/fail?create=1"),
    ],
)
async def test_each_beat_goes_to_its_own_address(
    site: Site, kind: Beat, address: str, path: str
) -> None:
    site.says[path.partition("?")[0]] = answer("OK")

    await beat(f"{site.url}{address}", kind, "Stage collect fails: für immer \ud83d")

    (heard,) = site.posts
    assert heard.path == path
    assert heard.body.decode() == "Stage collect fails: für immer ?"


@pytest.mark.parametrize(
    ("said", "permanent", "words"),
    [
        (answer("gone", status=404), True, "answered 404: gone"),
        (answer("busy", status=503), False, "answered 503: busy"),
        (answer("slow", status=429), False, "answered 429"),
        (moved("/elsewhere"), True, "answered 302"),
        (answer("OK (not found)"), True, "knows no such address"),
        (answer("OK (rate limited)"), False, "too frequent"),
    ],
)
async def test_a_beat_that_did_not_count_is_refused(
    site: Site,
    said: bytes,
    permanent: bool,  # noqa: FBT001
    words: str,
) -> None:
    site.says["/s3cret"] = said

    with pytest.raises(Refused, match=words) as trouble:
        await beat(f"{site.url}/s3cret", Beat.SUCCESS)

    assert trouble.value.permanent is permanent
    assert "s3cret" not in str(trouble.value)


async def test_a_service_that_is_away_is_unreachable() -> None:
    (port,) = free_ports(1)

    with pytest.raises(Unreachable) as trouble:
        await beat(f"http://127.0.0.1:{port}/s3cret", Beat.START)

    assert "s3cret" not in str(trouble.value)


async def test_a_silent_service_is_waited_for_no_longer_than_allowed(
    site: Site,
) -> None:
    async def silent(_: Heard, __: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    site.says["/s3cret"] = silent

    async with asyncio.timeout(20):
        with pytest.raises(Unreachable, match="did not answer in time"):
            await beat(f"{site.url}/s3cret", Beat.SUCCESS, seconds=0.2)


async def test_an_endless_answer_is_not_read_to_its_end(site: Site) -> None:
    async def endless(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
        while True:
            writer.write(b"OK" * 10_000)
            await writer.drain()

    site.says["/s3cret"] = endless

    async with asyncio.timeout(20):
        await beat(f"{site.url}/s3cret", Beat.SUCCESS)


@pytest.mark.parametrize(
    "url",
    [
        "http://[s3cret",
        "s3cret",
        "ftp://s3cret.example/",
        f"http://{'x' * 80}/s3cret",
        "http://a.example:99999/s3cret",
        "http:///s3cret",
        "http://a..b/s3cret",
    ],
)
async def test_what_is_no_web_address_is_told_without_it(url: str) -> None:
    with pytest.raises(ProbeError) as trouble:
        await beat(url, Beat.FAIL)

    assert "s3cret" not in str(trouble.value)
