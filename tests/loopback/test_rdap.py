"""When domains run out, asked of registries that answer as RFC 9083 shows."""

import json
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from probes import rdap
from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.rdap import Registration
from tests.loopback.forms.website import Site, answer, moved, opened

END = "2027-03-01T10:00:00Z"


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture
async def registry(authority: trustme.CA) -> AsyncIterator[Site]:
    """Run a registry, and the list of all registries beside it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    async with opened(context) as site:
        site.says["/dns.json"] = bootstrap(
            [["example", "TEST"], [f"{site.url}/rdap/"]],
            [["special.example"], [f"{site.url}/special"]],
            [["plain"], ["http://127.0.0.1:9/"]],
        )
        yield site


def bootstrap(*services: list[list[str]]) -> bytes:
    return answer(json.dumps({"version": "1.0", "services": services}))


def domain(*events: object) -> bytes:
    told = {"objectClassName": "domain", "events": events, "notices": [{"title": "T"}]}
    return answer(json.dumps(told), kind="application/rdap+json")


def event(action: str, date: str) -> dict[str, str]:
    return {"eventAction": action, "eventDate": date}


async def ask(host: str, registry: Site, ca: Path) -> Registration | None:
    known = await rdap.registries(f"{registry.url}/dns.json", ca)
    return await rdap.registration(host, known)


async def test_a_domain_tells_when_it_expires(registry: Site, ca: Path) -> None:
    registry.says["/rdap/domain/riverside.example"] = domain(
        event("registration", "2010-03-01T10:00:00Z"), event("expiration", END)
    )

    told = await ask("riverside.example", registry, ca)

    assert told == Registration(
        domain="riverside.example",
        expires_at=datetime(2027, 3, 1, 10, tzinfo=UTC),
    )


async def test_the_registered_part_of_a_name_is_found(registry: Site, ca: Path) -> None:
    registry.says["/rdap/domain/riverside.co.example"] = domain(
        event("expiration", END)
    )

    told = await ask("WWW.Riverside.co.example.", registry, ca)

    assert told is not None
    assert told.domain == "riverside.co.example"
    assert [heard.path for heard in registry.heard] == [
        "/dns.json",
        "/rdap/domain/www.riverside.co.example",
        "/rdap/domain/riverside.co.example",
    ]


async def test_no_more_than_four_names_are_asked_for(registry: Site, ca: Path) -> None:
    assert await ask("a.b.c.d.e.f.example", registry, ca) is None
    assert len(registry.heard) == 1 + 4
    assert registry.heard[-1].path == "/rdap/domain/f.example"


async def test_the_registry_with_the_longest_match_is_asked(
    registry: Site, ca: Path
) -> None:
    registry.says["/special/domain/a.special.example"] = domain(
        event("expiration", END)
    )

    told = await ask("a.special.example", registry, ca)

    assert told is not None
    assert told.domain == "a.special.example"


async def test_an_international_name_is_asked_for_in_ascii(
    registry: Site, ca: Path
) -> None:
    registry.says["/rdap/domain/xn--kche-0ra.test"] = domain(event("expiration", END))

    told = await ask("küche.test", registry, ca)

    assert told is not None


@pytest.mark.parametrize(
    "host",
    ["riverside.de", "riverside.plain", "127.0.0.1", "::1", "localhost", "", "a..b"],
)
async def test_where_no_registry_can_be_asked_nothing_is_told(
    registry: Site, ca: Path, host: str
) -> None:
    assert await ask(host, registry, ca) is None
    assert len(registry.heard) == 1


@pytest.mark.parametrize(
    "events",
    [
        [],
        [event("registration", END)],
        [event("expiration", "soon")],
        [event("expiration", "")],
        [{"eventAction": "expiration"}],
    ],
)
async def test_a_registry_need_not_tell_the_end(
    registry: Site, ca: Path, events: list[object]
) -> None:
    registry.says["/rdap/domain/riverside.example"] = domain(*events)

    told = await ask("riverside.example", registry, ca)

    assert told == Registration(domain="riverside.example", expires_at=None)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        pytest.param(answer("[" * 100_000), Unintelligible, id="nested"),
        pytest.param(answer("\xff"), Unintelligible, id="no JSON"),
        pytest.param(answer('{"events": 7}'), Unintelligible, id="odd JSON"),
        pytest.param(answer(" " * 300_000 + "{}"), Unintelligible, id="endless"),
        pytest.param(moved("http://127.0.0.1:9/"), Refused, id="elsewhere"),
        pytest.param(answer("Slowly", status=429), Refused, id="too often"),
        pytest.param(b"SSH-2.0\r\n\r\n", Unreachable, id="no HTTP"),
    ],
)
async def test_what_a_registry_should_not_say_is_an_error_of_ours(
    registry: Site, ca: Path, said: bytes, error: type[ProbeError]
) -> None:
    registry.says["/rdap/domain/riverside.example"] = said

    with pytest.raises(error):
        await ask("riverside.example", registry, ca)


async def test_a_registry_that_nobody_vouches_for_is_not_believed(
    registry: Site,
) -> None:
    with pytest.raises(Unreachable, match="not trusted"):
        await rdap.registries(f"{registry.url}/dns.json")
