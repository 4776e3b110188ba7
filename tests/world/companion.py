"""What visitors, and we, say to a site with our companion plugin."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlencode, urlsplit

from probes.forms.exemption import NAME, header
from tests.world.config import Watched, write_config
from tests.world.visitor import FormReader
from tests.world.wordpress import WordPress

KEY = "a-key-of-the-tests-that-nobody-guesses-'\\"
FEEDBACK = "/wp-json/contact-form-7/v1/contact-forms/5/feedback"
SUBMISSIONS = "/?rest_route=/contact-watchdog/v1/submissions"
BOUNDARY = "a-boundary-of-the-tests"


@dataclass(frozen=True)
class Said:
    """What the site answered."""

    status: int
    body: str
    headers: Mapping[str, str]

    @property
    def told(self) -> Any:
        """The JSON in it."""
        return json.loads(self.body)


def signed(
    url: str,
    *,
    method: str = "GET",
    key: str = KEY,
    nonce: str | None = None,
    ago: timedelta = timedelta(),
) -> Mapping[str, str]:
    """Return the header for a request, signed some time ago."""
    at = datetime.now(UTC) - ago
    nonce = nonce or secrets.token_hex(16)
    return {NAME: header(key, method=method, url=url, at=at, nonce=nonce)}


def ask(
    url: str, headers: Mapping[str, str] | None = None, body: bytes | None = None
) -> Said:
    """Ask the site, and return what it answers, also where that is a no."""
    request = urllib.request.Request(url, body, dict(headers or {}))
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Said(answer.status, answer.read().decode(), answer.headers)
    except urllib.error.HTTPError as refusal:
        with refusal:
            return Said(refusal.code, refusal.read().decode(), refusal.headers)


def write(
    site: WordPress,
    *,
    message: str,
    is_signed: bool = False,
    more: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Write by the form as Contact Form 7's script does, and return its status."""
    root = urlsplit(site.url)._replace(path=FEEDBACK).geturl()
    said = {
        "_wpcf7": "5",
        "your-name": "Ada Visitor",
        "your-email": "ada@visitor.example",
        "your-message": message,
        **more,
    }
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        f"{value}\r\n"
        for name, value in said.items()
    )
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        **(signed(root, method="POST") if is_signed else {}),
    }
    answer = ask(root, headers, f"{parts}--{BOUNDARY}--\r\n".encode())
    status: str = answer.told["status"]
    return status


def write_elsewhere(site: WordPress, *, is_signed: bool) -> int:
    """Write by the form that no plugin made, and return the status of the answer."""
    page = FormReader()
    page.feed(ask(site.url).body)
    said = {
        **page.hidden,
        "inquiry_name": "Ada Visitor",
        "inquiry_email": "ada@visitor.example",
        "inquiry_message": "Rye bread?",
    }
    headers = signed(site.url, method="POST") if is_signed else {}
    return ask(site.url, headers, urlencode(said).encode()).status


def recorded(site: WordPress) -> list[Mapping[str, Any]]:
    """Return all that the plugin has recorded, as it tells it to us."""
    url = f"{root_of(site)}{SUBMISSIONS}"
    return list(ask(url, signed(url)).told["submissions"])


def root_of(site: WordPress) -> str:
    """Return the site's address, without a slash."""
    return site.url.removesuffix("/contact/")


def logged(site: WordPress) -> list[str]:
    """Return what the plugin has logged."""
    log = (site.folder / "php.log").read_text().splitlines()
    return [line for line in log if "Companion" in line]


def configured(folder: Path, site: WordPress, mailbox: str, *, waits: str) -> Path:
    """Write a configuration whose check has the key, and the companion for a store."""
    watched = Watched(
        url=site.feedback_url, mailbox=mailbox, expected=waits, deadline=waits
    )
    config = write_config(folder, watched)
    key = folder / "key"
    key.touch(mode=0o600)
    key.write_text(KEY)
    with config.open("a") as file:
        file.write(
            f'\nform.exemption = {{ file = "{key}" }}\n'
            '[check.store]\nkind = "companion"\n'
        )
    return config
