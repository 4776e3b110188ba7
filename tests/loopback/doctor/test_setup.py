"""What the doctor finds wrong with all but sites: each on real servers."""

import os
from pathlib import Path

import pytest

from tests.loopback.doctor.examine import diagnosed, examine
from tests.world.nameserver import Nameserver
from tests.world.process import free_ports
from watchdog.config import load
from watchdog.demo.business import Business
from watchdog.ledger import open_ledger
from watchdog.model import Health


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
        "Alarms",
        f"Site {business.site.url.removesuffix('/contact/')}",
        "Mailbox office",
        "Store Riverside Studio contact form",
        "Addresses",
    ]


async def test_the_doctor_sends_and_makes_nothing(
    config: Path, dns: Nameserver, business: Business
) -> None:
    before = sorted(config.parent.iterdir())

    await diagnosed(config, dns)

    assert sorted(config.parent.iterdir()) == before
    assert business.site.inquiries == []


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


async def test_an_mbox_without_a_folder_for_spam_is_told(
    config: Path, dns: Nameserver, tmp_path: Path
) -> None:
    (tmp_path / "INBOX.mbox").touch()
    text = config.read_text()
    imap = text[text.index("[mailbox.office]") : text.index("[[check]]")]
    mbox = '[mailbox.office]\nkind = "mbox"\npath = "."\n'

    told = await examine(config, dns, (imap, mbox))

    assert "warning|No folder is known for spam" in told


async def test_folders_of_a_maildir_that_cannot_be_named_are_told(
    config: Path, dns: Nameserver, tmp_path: Path
) -> None:
    for folder in ("", ".Junk", ".bell\a", os.fsdecode(b".b\xfcro")):
        for part in ("cur", "new", "tmp"):
            (tmp_path / "Maildir" / folder / part).mkdir(parents=True)
    text = config.read_text()
    imap = text[text.index("[mailbox.office]") : text.index("[[check]]")]
    maildir = '[mailbox.office]\nkind = "maildir"\npath = "Maildir"\n'

    told = await examine(config, dns, (imap, maildir))

    assert r"names cannot be shown are passed over: 'b\udcfcro', 'bell\x07'." in told


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


async def test_a_ladder_that_calls_nobody_when_trouble_begins_is_told(
    config: Path, dns: Nameserver
) -> None:
    step = "[[ladder.owner]]\n"
    deaf = f'{step}reasons = ["reminder", "resolved"]\n'

    told = await examine(config, dns, (step, deaf))

    assert told.startswith("Configuration|warning|Nobody hears when its messages beg")


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
