"""Each recipe knows a good exemption, once, and nothing else, on a running site."""

import os
import secrets
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path

import pytest

from probes.forms.exemption import NAME, header
from tests.world import process

HERE = Path(__file__).parent
KEY = "größe-correct horse battery staple"
PATH = "/contact/"

SERVERS: dict[str, Sequence[str | Path]] = {
    "php": ("php", "-d", "display_errors=stderr", "-S", "127.0.0.1:{}", "serve.php"),
    "node": ("node", "serve.mjs", "{}"),
    "python": (sys.executable, "serve.py", "{}"),
}


@dataclass(frozen=True)
class Site:
    """A site that answers `yes` where its recipe knows the request."""

    port: int
    folder: Path

    def knows(
        self,
        told: str | None,
        *,
        method: str = "POST",
        path: str = PATH,
        host: str = "shop.example",
    ) -> bool:
        """Tell whether a request that carries `told` is let past the guard."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host)
        if told is not None:
            connection.putheader(NAME, told)
        connection.putheader("Content-Length", "0")
        connection.endheaders()
        said = connection.getresponse().read()
        connection.close()
        return said == b"yes"


@pytest.fixture(scope="module", params=SERVERS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("used")
    log = tmp_path_factory.mktemp("log") / "log"
    with served(request.param, folder, log, {"RECIPE_KEY": KEY}) as site:
        yield site


@contextmanager
def served(
    language: str, folder: Path, log: Path, secret: Mapping[str, str]
) -> Iterator[Site]:
    (port,) = process.free_ports(1)
    command = [str(word).format(port) for word in SERVERS[language]]
    environment = {**secret, "RECIPE_FOLDER": str(folder)}
    server = process.start(command, log, env=environment, cwd=HERE)
    try:
        process.wait_for_port(port, server, log)
        yield Site(port, folder)
    finally:
        process.end(server)


def made(
    *,
    key: str = KEY,
    method: str = "POST",
    url: str = f"https://shop.example{PATH}",
    ago: float = 0,
) -> str:
    at = datetime.now(UTC) - timedelta(seconds=ago)
    nonce = secrets.token_hex(16)
    return header(key, method=method, url=url, at=at, nonce=nonce)


def test_a_good_exemption_is_known(site: Site) -> None:
    assert site.knows(made())


@pytest.mark.parametrize("ago", [-240, 240])
def test_clocks_may_differ_by_minutes(site: Site, ago: float) -> None:
    assert site.knows(made(ago=ago))


@pytest.mark.parametrize(
    "path", ["/", "/contact/?a=1&b=/x", "/a%20b/caf%C3%A9", "/a;b=c,d/~e:f@g"]
)
def test_any_path_is_signed_as_it_is_sent(site: Site, path: str) -> None:
    assert site.knows(made(url=f"https://shop.example{path}"), path=path)


@pytest.mark.parametrize("host", ["SHOP.example", "shop.example:8443", "127.0.0.1:80"])
def test_any_spelling_of_the_host_is_known(site: Site, host: str) -> None:
    assert site.knows(made(url=f"https://{host}{PATH}"), host=host)


@pytest.mark.parametrize("method", ["GET", "PUT"])
def test_any_method_may_be_signed(site: Site, method: str) -> None:
    assert site.knows(made(method=method), method=method)


def test_each_is_good_once(site: Site) -> None:
    told = made()

    assert [site.knows(told), site.knows(told)] == [True, False]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param({"key": "another secret of thirty-two letters"}, id="wrong key"),
        pytest.param({"ago": 400}, id="stale"),
        pytest.param({"ago": -400}, id="from the future"),
        pytest.param({"method": "GET"}, id="another method"),
        pytest.param({"url": f"https://other.example{PATH}"}, id="another host"),
        pytest.param({"url": "https://shop.example/admin/"}, id="another path"),
    ],
)
def test_what_was_signed_for_something_else_is_not_known(
    site: Site, told: dict[str, str]
) -> None:
    before = set(site.folder.iterdir())

    assert not site.knows(made(**told))  # type: ignore[arg-type]

    assert set(site.folder.iterdir()) == before


GOOD = made()


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(None, id="nothing"),
        pytest.param("", id="empty"),
        pytest.param("v1", id="a version alone"),
        pytest.param(GOOD.replace("v1", "v2"), id="another version"),
        pytest.param(GOOD.upper(), id="capitals"),
        pytest.param(f"{GOOD} x", id="more behind"),
        pytest.param(f"x {GOOD}", id="more before"),
        pytest.param(f"{GOOD}, {made()}", id="two"),
        pytest.param(GOOD[:-1], id="a short signature"),
        pytest.param(GOOD.replace(" n=", " n=../"), id="a path for a nonce"),
        pytest.param("v1 t=9999999999 n=" + "0" * 32 + " s=" + "0" * 64, id="zeros"),
        pytest.param(GOOD.replace("t=1", "t=-1"), id="a negative time"),
        pytest.param("v1 t=1 n=\xff\xfe s=\x80", id="no text"),
        pytest.param("v1 " * 2_000, id="long"),
        pytest.param("v1 t=" + "9" * 60_000, id="very long"),
    ],
)
def test_what_is_no_exemption_is_not_known(site: Site, told: str | None) -> None:
    assert not site.knows(told)

    assert site.knows(made())


def test_what_is_remembered_is_forgotten_after_ten_minutes(site: Site) -> None:
    old, young = site.folder / "old.used", site.folder / "young.used"
    for path, age in ((old, 700), (young, 500)):
        path.touch()
        os.utime(path, (time.time() - age, time.time() - age))

    assert site.knows(made())

    assert (old.exists(), young.exists()) == (False, True)


def test_where_nothing_can_be_remembered_nobody_is_let_past(site: Site) -> None:
    away = site.folder.with_name("away")
    site.folder.rename(away)
    try:
        assert not site.knows(made())
    finally:
        away.rename(site.folder)

    assert site.knows(made())


@pytest.mark.parametrize("language", ["php", "node"])
def test_a_site_whose_secret_is_not_set_lets_nobody_past_and_goes_on(
    language: str, tmp_path: Path
) -> None:
    with served(language, tmp_path, tmp_path / "log", {}) as site:
        assert [site.knows(made()), site.knows(made(key=""))] == [False, False]
