"""The doctor examines real servers, and finds each thing that is wrong with them."""

import ssl
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from tests.loopback.forms.website import answer, opened
from tests.world.nameserver import Nameserver, nameserver
from tests.world.process import free_ports
from watchdog.config import load
from watchdog.config.load import parse
from watchdog.demo.business import Business
from watchdog.doctor import Examined, Setup, diagnose
from watchdog.ledger import open_ledger
from watchdog.model import Health
from watchdog.rules.finding import Finding

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
FORM = """\
<title>Contact</title><h1>Write to us</h1><form method="post" action="/contact">
<label>Name <input name="name"></label> <label>E-mail <input name="email"></label>
<label>Message <textarea name="message"></textarea></label>
<button>Send message</button></form>
"""
GUARDED = FORM.replace("<button>", '<div class="g-recaptcha"></div><button>')


@pytest.fixture
async def dns() -> AsyncIterator[Nameserver]:
    """Run a name server that knows the business's domain."""
    async with nameserver() as server:
        server.records["riverside.example", "MX"] = ["10 mail.riverside.example."]
        yield server


@pytest.fixture
async def business() -> AsyncIterator[Business]:
    async with Business() as business:
        yield business


@pytest.fixture
def config(business: Business, tmp_path: Path) -> Path:
    return business.write_config(
        tmp_path, expected=timedelta(minutes=2), deadline=timedelta(minutes=15)
    )


async def examine(config: Path, dns: Nameserver, *swaps: tuple[str, str]) -> str:
    """Return what is wrong with `config` after some words in it have been swapped."""
    return "\n".join(
        f"{section}|{finding.health}|{finding.sentence}|{finding.mend}"
        for section, finding in await diagnosed(config, dns, *swaps)
        if finding.health is not Health.OK
    )


async def diagnosed(
    config: Path, dns: Nameserver, *swaps: tuple[str, str]
) -> Sequence[tuple[str, Finding]]:
    text = config.read_text()
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    loaded = parse(text, config)
    told: list[Examined] = []
    setup = Setup(
        config=loaded, checks=loaded.check, now=NOW, nameservers=[dns.address]
    )
    await diagnose(setup, told.append)
    return [(each.section, finding) for each in told for finding in each.findings]


async def test_a_sound_set_up_has_nothing_to_mend(
    config: Path, dns: Nameserver, business: Business
) -> None:
    found = await diagnosed(config, dns)

    assert {finding.health for _, finding in found} == {Health.OK}
    assert list(dict.fromkeys(section for section, _ in found)) == [
        "This installation",
        "Configuration",
        "Secrets",
        "Ledger",
        f"Site {business.site.url.removesuffix('/contact/')}",
        "Mailbox office",
        "Addresses",
    ]


async def test_the_doctor_sends_and_makes_nothing(
    config: Path, dns: Nameserver, business: Business
) -> None:
    before = sorted(config.parent.iterdir())

    await diagnosed(config, dns)

    assert sorted(config.parent.iterdir()) == before
    assert business.site.inquiries == []


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


async def test_a_wrong_password_is_told(config: Path, dns: Nameserver) -> None:
    (config.parent / "office-password").write_text("wrong")

    told = await examine(config, dns)

    assert told.startswith("Mailbox office|critical|")
    assert "refused the login of office@riverside.example" in told
    assert "an app password for a program" in told


async def test_a_mail_host_behind_a_closed_port_is_told(
    config: Path, dns: Nameserver, business: Business
) -> None:
    (port,) = free_ports(1)

    told = await examine(
        config, dns, (f"port     = {business.mail_host.imap_port}", f"port = {port}")
    )

    assert "Mailbox office|critical|" in told
    assert "does not take connections" in told


async def test_folders_that_are_not_there_are_told(
    config: Path, dns: Nameserver
) -> None:
    swap = ("[mailbox.office]", '[mailbox.office]\nspam = "Mist"\ninbox = "Post"')

    told = await examine(config, dns, swap)

    assert "There is no folder Post that can be read.|Name the one that" in told
    assert "There is no folder Mist, which is to be the spam folder.|Name one" in told


async def test_an_mbox_that_is_to_be_tidied_is_told(
    config: Path, dns: Nameserver, tmp_path: Path
) -> None:
    (tmp_path / "INBOX.mbox").touch()
    text = config.read_text()
    imap = text[text.index("[mailbox.office]") : text.index("[[check]]")]
    mbox = '[mailbox.office]\nkind = "mbox"\npath = "."\nafter = "move"\n'

    told = await examine(config, dns, (imap, mbox))

    assert "critical|Its files are only read: nothing in them" in told
    assert 'Write after = "keep".' in told
    assert "warning|No folder is known for spam" in told


async def test_a_secret_that_its_command_does_not_tell_is_told(
    config: Path, dns: Nameserver
) -> None:
    told = await examine(
        config, dns, ('{ file = "gateway-token" }', '{ command = "false" }')
    )

    assert told.startswith(
        "Secrets|critical|The command for a secret failed with exit code 1.|Put it"
    )


async def test_a_check_of_which_nobody_hears_is_told(
    config: Path, dns: Nameserver
) -> None:
    told = await examine(config, dns, ('ladder   = "owner"', ""))

    assert told.startswith("Configuration|warning|Nobody will hear of trouble")


async def test_alarms_that_need_what_is_watched_are_told(
    config: Path, dns: Nameserver
) -> None:
    by_sms = '[[ladder.owner]]\nchannel  = "owner-sms"\n'

    told = await examine(config, dns, (by_sms, ""))

    assert told.startswith("Configuration|warning|Every alarm about it needs what it w")
    assert "(riverside.example)" in told


async def test_an_alarm_to_another_mail_host_is_good_enough(
    config: Path, dns: Nameserver
) -> None:
    by_sms = '[[ladder.owner]]\nchannel  = "owner-sms"\n'
    to = ('["owner@riverside.example"]', '["owner@riverside.example", "me@home.test"]')

    assert await examine(config, dns, (by_sms, ""), to) == ""


async def test_an_address_that_takes_no_mail_is_told(
    config: Path, dns: Nameserver
) -> None:
    del dns.records["riverside.example", "MX"]

    told = await examine(config, dns)

    assert told.startswith("Addresses|warning|There is no such name as riverside.exa")


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ("not-a-ledger", "is no SQLite database"),
        ("config.toml/watchdog.db", "is no folder"),
    ],
)
async def test_a_ledger_that_cannot_be_used_is_told(
    config: Path, dns: Nameserver, place: str, fault: str
) -> None:
    (config.parent / "not-a-ledger").write_text("This is a letter.\n" * 100)

    told = await examine(config, dns, ("watchdog.db", place))

    assert told.startswith("Ledger|critical|The ledger ")
    assert fault in told


async def test_a_ledger_in_use_is_left_as_it_is(config: Path, dns: Nameserver) -> None:
    url = await load(config).watchdog.ledger_url()
    async with open_ledger(url) as ledger:
        key = await ledger.key()

    assert await examine(config, dns) == ""

    async with open_ledger(url) as ledger:
        assert await ledger.key() == key
