"""What the doctor finds wrong with sites: each on a real server."""

import ssl
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from tests.loopback.doctor.examine import NOW, examine
from tests.loopback.forms.website import answer, opened
from tests.world.nameserver import Nameserver
from tests.world.process import free_ports
from watchdog.demo.business import Business

DAY = timedelta(days=1)
FORM = """\
<title>Contact</title><h1>Write to us</h1><form method="post" action="/contact">
<label>Name <input name="name"></label> <label>E-mail <input name="email"></label>
<label>Message <textarea name="message"></textarea></label>
<button>Send message</button></form>
"""
GUARDED = FORM.replace("<button>", '<div class="g-recaptcha"></div><button>')


@pytest.mark.parametrize(
    ("switch", "fault", "mend"),
    [
        ("form_gone", "critical|", "Let `form.url` lead to the page that holds the f"),
        ("page_broken", "critical|The page answered with HTTP status 500", "Open the"),
    ],
)
async def test_a_page_without_a_form_is_told(
    config: Path,
    dns: Nameserver,
    business: Business,
    switch: str,
    fault: str,
    mend: str,
) -> None:
    setattr(business.site, switch, True)

    (told,) = (await examine(config, dns)).splitlines()

    assert told.startswith("Site ")
    assert fault in told
    assert mend in told


async def test_a_site_behind_a_closed_port_is_told(
    config: Path, dns: Nameserver, business: Business
) -> None:
    (port,) = free_ports(1)

    told = await examine(
        config, dns, (business.site.url, f"http://127.0.0.1:{port}/contact/")
    )

    assert "critical|127.0.0.1 refused the connection.|Correct `form.url`" in told


async def test_a_site_that_is_not_in_the_dns_is_told_once(
    config: Path, dns: Nameserver, business: Business
) -> None:
    told = await examine(
        config, dns, (business.site.url, "https://www.riverside.example/contact/")
    )

    assert told == (
        "Site https://www.riverside.example|critical|There is no such name as "
        "www.riverside.example in the DNS.|Correct the name, or have it entered into "
        "the DNS of its domain."
    )


@pytest.mark.parametrize(
    ("begin", "end", "expected"),
    [
        pytest.param(-DAY, 90 * DAY, "", id="good"),
        pytest.param(-DAY, 5 * DAY, "|warning|The certificate is only", id="soon"),
        pytest.param(-9 * DAY, -DAY, "|critical|The certificate of", id="over"),
    ],
)
async def test_a_certificate_near_its_end_is_told(
    config: Path,
    dns: Nameserver,
    business: Business,
    begin: timedelta,
    end: timedelta,
    expected: str,
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(config.parent / "ca.pem")
    leaf = authority.issue_cert(
        "127.0.0.1", not_before=NOW + begin, not_after=NOW + end
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    leaf.configure_cert(context)

    async with opened(context) as site:
        site.says["/"] = answer(FORM)
        own = f'"{site.url}/"\nca = "ca.pem"'
        told = await examine(config, dns, (f'"{business.site.url}"', own))

    assert expected in told
    assert len(told.splitlines()) == bool(expected)


async def test_a_guard_on_the_form_is_told(
    config: Path, dns: Nameserver, business: Business
) -> None:
    async with opened() as site:
        site.says["/"] = answer(GUARDED)
        told = await examine(config, dns, (business.site.url, f"{site.url}/"))

    assert "unknown|A guard stands in the way: reCAPTCHA.|Exempt the test" in told
