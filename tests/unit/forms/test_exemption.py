"""What the header says by which a site lets a signed test past its guard."""

import hashlib
import hmac
from datetime import UTC, datetime
from pathlib import Path

import pytest

from probes.forms.exemption import header

KEY = "correct horse battery staple 2026"
AT = datetime(2026, 11, 22, 9, 0, 0, 900_000, tzinfo=UTC)
STAMP = 1_795_338_000
NONCE = "00112233445566778899aabbccddeeff"
URL = "https://shop.example/contact/"


def made(*, method: str = "POST", url: str = URL, key: str = KEY) -> str:
    return header(key, method=method, url=url, at=AT, nonce=NONCE)


def signed(text: str, key: str = KEY) -> str:
    digest = hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"v1 t={STAMP} n={NONCE} s={digest}"


def test_says_when_it_was_made_its_nonce_and_a_signature() -> None:
    expected = signed(f"v1\n{STAMP}\n{NONCE}\nPOST\nshop.example\n/contact/")
    assert made() == expected


def test_keeps_its_form_forever_for_sites_rely_on_it() -> None:
    assert made() == (
        f"v1 t={STAMP} n={NONCE} "
        "s=0b10702a3194ecf34fdd18025646f9dcd2ba6c2015941a9dafab7b859312007b"
    )


@pytest.mark.parametrize(
    ("url", "host_and_path"),
    [
        ("https://shop.example", "shop.example\n/"),
        ("https://SHOP.example:8443/a", "shop.example\n/a"),
        ("https://shop.example/a?b=c#d", "shop.example\n/a"),
        ("https://shop.example/a%20b/%C3%A9", "shop.example\n/a%20b/%C3%A9"),
        ("https://shop.example//a;b=c", "shop.example\n//a;b=c"),
        ("https://me:secret@shop.example/", "shop.example\n/"),
        ("http://[::1]:8000/a", "[::1]\n/a"),
        ("http://127.0.0.1:8000/a", "127.0.0.1\n/a"),
    ],
)
def test_signs_the_host_without_port_and_the_path_without_query(
    url: str, host_and_path: str
) -> None:
    assert made(url=url) == signed(f"v1\n{STAMP}\n{NONCE}\nPOST\n{host_and_path}")


def test_signs_the_method_in_capitals() -> None:
    assert made(method="post") == made(method="POST") != made(method="GET")


def test_takes_a_secret_of_any_letters_by_its_bytes_in_utf_8() -> None:
    key = "größe-ключ-鍵-größe-ключ-鍵-größe-ключ"
    text = f"v1\n{STAMP}\n{NONCE}\nPOST\nshop.example\n/contact/"
    assert made(key=key) == signed(text, key)


def test_does_not_hold_the_secret() -> None:
    assert KEY not in made()


def test_the_documentation_shows_a_header_that_is_right() -> None:
    docs = Path(__file__).parents[3] / "docs/exemption.md"

    assert f"\nX-Contact-Watchdog: {made()}\n" in docs.read_text(encoding="utf-8")
