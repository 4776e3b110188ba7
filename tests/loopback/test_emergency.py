"""That the ledger fails is told past the ledger, and remembered outside of it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.world.owner import Owner, owner
from watchdog.config import Config, load
from watchdog.emergency import Crier
from watchdog.ledger import LedgerError
from watchdog.notebook import Notebook
from watchdog.rules.emergency import CALM

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CONFIG = """\
[watchdog]
contact = "it@example.test"
language = "de"

[mailbox.box]
kind = "maildir"
path = "box"

[[check]]
name = "Contact form"
mailbox = "box"
form.url = "http://127.0.0.1:9/contact"
"""
DAMAGED = LedgerError(
    "The ledger {name} is damaged. Restore a copy, or move it away to start anew.",
    name="watchdog.db",
)


@dataclass(kw_only=True)
class Ward:
    """An owner whose watchdog is started again and again."""

    owner: Owner
    config: Config
    notebook: Notebook
    now: datetime = field(default=NOW)

    async def starts_in_vain(self) -> None:
        """Start anew; the ledger cannot be opened."""
        await Crier(notebook=self.notebook).failed(
            self.config, DAMAGED, now=self.now, patience=timedelta()
        )

    async def starts_well(self) -> None:
        """Start anew; the ledger works."""
        await Crier(notebook=self.notebook).works(self.config, now=self.now)

    async def subjects(self) -> list[str]:
        """Return what the owner's mails are about."""
        return [str(mail["Subject"]) for mail in await self.owner.mails()]


@pytest.fixture
async def ward(tmp_path: Path) -> AsyncIterator[Ward]:
    async with owner(token="secret") as told:
        path = tmp_path / "config.toml"
        path.write_text(CONFIG)
        (tmp_path / "secret").touch(mode=0o600)
        told.is_told_of(path, token="secret")
        # What cannot be a folder takes no file: the next one does.
        (tmp_path / "full").touch()
        files = [tmp_path / "full" / "page", tmp_path / "state" / "page"]
        yield Ward(owner=told, config=load(path), notebook=Notebook(files=files))


async def test_a_loop_of_restarts_sends_one_mail_and_one_when_it_works_again(
    ward: Ward,
) -> None:
    for _ in range(100):
        await ward.starts_in_vain()
        ward.now += MINUTE / 2
    assert await ward.subjects() == [
        "Der Wächter Ihrer Kontaktformulare kann nicht arbeiten"
    ]

    ward.now += CALM
    for _ in range(3):
        await ward.starts_well()
        ward.now += MINUTE

    first, last = await ward.owner.mails()
    assert last["Subject"] == "Der Wächter Ihrer Kontaktformulare arbeitet wieder"
    assert last["References"] == first["Message-ID"]
    body = first.get_body(("plain",))
    assert body is not None
    said = " ".join(body.get_content().split())
    assert "watchdog.db ist beschädigt" in said
    assert "nicht merken" not in said


async def test_a_ledger_that_comes_and_goes_is_one_emergency(ward: Ward) -> None:
    for _ in range(10):
        await ward.starts_in_vain()
        ward.now += MINUTE
        await ward.starts_well()

    assert len(await ward.subjects()) == 1


async def test_where_nothing_can_be_written_people_hear_all_the_same(
    ward: Ward,
) -> None:
    ward.notebook = Notebook(files=ward.notebook.files[:1])

    for _ in range(2):
        await ward.starts_in_vain()

    mails = await ward.owner.mails()
    assert len(mails) == 2, "nobody remembers the first"
    body = mails[0].get_body(("plain",))
    assert body is not None
    assert "nicht merken" in " ".join(body.get_content().split())


async def test_where_nothing_can_be_written_one_that_runs_remembers(ward: Ward) -> None:
    crier = Crier(notebook=Notebook(files=[]))
    for _ in range(9):
        await crier.failed(ward.config, DAMAGED, now=ward.now)
        ward.now += MINUTE
    ward.now += CALM
    for _ in range(2):
        await crier.works(ward.config, now=ward.now)

    assert len(await ward.subjects()) == 2


async def test_where_nobody_hears_the_next_start_tries_again(
    ward: Ward, tmp_path: Path
) -> None:
    await ward.owner.mail_host.stop()
    (tmp_path / "secret").write_text("no longer right")
    await ward.starts_in_vain()
    (tmp_path / "secret").write_text("secret")
    await ward.starts_in_vain()
    await ward.starts_in_vain()

    [sms] = ward.owner.messages
    assert sms.body.startswith("Der Wächter Ihrer Kontaktformulare kann nicht arbeiten")


async def test_a_page_that_somebody_scribbled_on_is_as_good_as_none(
    ward: Ward,
) -> None:
    page = ward.notebook.files[1]
    page.parent.mkdir()
    page.write_bytes(b'{"cries": 10')

    await ward.starts_in_vain()

    assert len(await ward.subjects()) == 1


def test_each_configuration_has_its_own_page(tmp_path: Path) -> None:
    environ = {"RUNTIME_DIRECTORY": str(tmp_path / "run")}
    one, other = (Notebook.of(tmp_path / name, environ).files[0] for name in ("a", "b"))

    assert one.parent == other.parent == tmp_path / "run"
    assert one != other
