"""The companion plugin's PHP is PHP, and verifies what our side signs."""

import json
import re
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from probes.forms.exemption import header

PLUGIN = Path(__file__).parents[2] / "watchdog/companion/wordpress"
FILES = sorted(PLUGIN.rglob("*.php"))
KEY = "größe-ключ-鍵-größe-ключ-鍵-größe-ключ"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)
NONCE = "0123456789abcdef" * 2

VERIFY = """
define('ABSPATH', '/');
[, $folder, $key, $now, $cases] = $argv;
require "$folder/settings.php";
require "$folder/exemption.php";
foreach (json_decode($cases, true) as [$header, $request]) {
    $nonce = ContactWatchdog\\signed_nonce($header, $key, $request, (int) $now);
    echo json_encode($nonce), "\\n";
}
"""

# Of PHP 8.0 and later; the plugin promises to run on 7.4.
NEWER = re.compile(
    r"\?->|\bmatch\s*\(|\benum\s+\w|\breadonly\b|#\[|\bmixed\b"
    r"|catch\s*\(\\?\w+\)|str_(?:contains|starts_with|ends_with)\("
    r"|\)\s*:\s*(?:static|never|\w+\|\w+)\b|function\s*\w*\([^()]*,\s*\)"
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_php_understands_each_file(file: Path) -> None:
    lint = php("-l", file)

    assert lint.returncode == 0, lint.stdout


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_file_uses_what_php_7_4_lacks(file: Path) -> None:
    without_comments = php("-w", file).stdout

    assert "<?php" in without_comments
    assert NEWER.findall(without_comments) == []


def php(option: str, file: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["php", option, file], capture_output=True, text=True, check=False, timeout=60
    )


def request(url: str, method: str = "POST") -> dict[str, str]:
    """Return what PHP is told of a request."""
    parts = urlsplit(url)
    uri = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    return {
        "REQUEST_METHOD": method,
        "HTTP_HOST": parts.netloc,
        "REQUEST_URI": uri,
    }


def verified(*cases: tuple[str, dict[str, str]], at: datetime = NOW) -> list[str]:
    """Return the nonce that the plugin reads out of each header; "" for a no."""
    done = subprocess.run(
        [
            *("php", "-r", VERIFY, str(PLUGIN / "includes")),
            *(KEY, str(int(at.timestamp())), json.dumps(cases)),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def made(url: str, method: str = "POST", key: str = KEY, nonce: str = NONCE) -> str:
    return header(key, method=method, url=url, at=NOW, nonce=nonce)


def test_what_we_sign_is_verified() -> None:
    urls = [
        "https://shop.example",
        "https://SHOP.example:8443/a?b=c#d",
        "https://shop.example/a%20b/%C3%A9",
        "https://shop.example//a;b=c",
        "http://[::1]:8000/a",
        "http://127.0.0.1:8000/?rest_route=/contact-watchdog/v1/submissions",
    ]

    assert verified(*((made(url), request(url)) for url in urls)) == [NONCE] * len(urls)


def test_what_fits_another_request_or_is_malformed_is_not() -> None:
    url = "https://shop.example/contact/"
    good = made(url)
    bad = [
        (made(url, key=KEY[1:]), request(url)),
        (made(url, method="GET"), request(url)),
        (good, request(url, "GET")),
        (good, request("https://evil.example/contact/")),
        (good, request("https://shop.example/contact")),
        (good.replace(NONCE, NONCE[::-1]), request(url)),
        (good.replace("v1", "v2"), request(url)),
        (f" {good}", request(url)),
        (f"{good}\n", request(url)),
        (good[:-1], request(url)),
        (good.upper(), request(url)),
        ("", request(url)),
        (good, {}),
    ]

    assert verified(*bad) == [""] * len(bad)


@pytest.mark.parametrize(
    ("seconds", "is_good"), [(300, True), (-300, True), (301, False), (-301, False)]
)
def test_a_signature_holds_for_five_minutes(seconds: int, is_good: bool) -> None:  # noqa: FBT001
    url = "https://shop.example/contact/"
    at = datetime.fromtimestamp(NOW.timestamp() + seconds, UTC)

    assert verified((made(url), request(url)), at=at) == [NONCE if is_good else ""]
