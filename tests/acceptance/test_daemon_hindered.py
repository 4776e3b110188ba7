"""The daemon goes on, or ends, when told, whatever happens around it."""

import asyncio
import signal
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.world.kennel import Kennel, kennel, until
from tests.world.postgres import PASSWORD, Postgres
from watchdog.demo.business import OFFICE_PASSWORD
from watchdog.model import Outcome

DEADLINE = timedelta(minutes=2)


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with tempfile.TemporaryDirectory() as folder:
        server = Postgres(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.stop()


async def delivered(dogs: Kennel) -> int:
    found = [verdict.outcome for verdict in await dogs.verdicts()]
    return found.count(Outcome.DELIVERED)


async def delivers_more(dogs: Kennel, count: int) -> None:
    """Wait until so many more messages were seen to arrive."""
    wanted = await delivered(dogs) + count
    await until(lambda: dogs.has_found(Outcome.DELIVERED, times=wanted))


async def test_a_restart_of_the_database_server_loses_nothing(
    tmp_path: Path, postgres: Postgres
) -> None:
    address = tmp_path / "ledger-url"
    address.touch(mode=0o600)
    address.write_text(postgres.create("watchdog"))
    ledger = f'{{ command = ["cat", "{address}"] }}'
    async with kennel(tmp_path, deadline=DEADLINE, ledger=ledger) as dogs:
        dog = await dogs.start()
        await delivers_more(dogs, 1)
        await asyncio.to_thread(postgres.stop)
        await until(lambda: dog.has_said("The ledger watchdog on 127.0.0.1"))
        await asyncio.to_thread(postgres.start)
        await delivers_more(dogs, 2)
        assert await dog.end() == 0
        outcomes = {verdict.outcome for verdict in await dogs.verdicts()}

    assert Outcome.MISSING not in outcomes
    assert len(dogs.sent) == len(set(dogs.sent))
    assert not await dog.has_said(PASSWORD)
    assert not await dog.has_said("A bug of ours")


async def test_a_secret_that_a_command_tells_or_that_is_wrong_is_in_no_log(
    tmp_path: Path,
) -> None:
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        wrong = tmp_path / "wrong"
        wrong.write_text("s3cret-and-wrong")
        command = f'command = ["cat", "{wrong}"]'
        text = dogs.config.read_text()
        dogs.config.write_text(text.replace('file = "office-password"', command))
        dog = await dogs.start()
        await until(lambda: dog.has_said("mailbox.unseen"))
        wrong.write_text(OFFICE_PASSWORD)
        await delivers_more(dogs, 1)
        assert await dog.end() == 0

    assert not await dog.has_said("s3cret-and-wrong")


async def test_a_mailbox_that_is_renamed_meanwhile_makes_no_message_missing(
    tmp_path: Path,
) -> None:
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        dog = await dogs.start()
        await delivers_more(dogs, 1)
        dogs.business.mail_host.delay = 1.0
        sent = len(dogs.sent)
        await until(lambda: has_sent_more(dogs, sent))
        text = dogs.config.read_text()
        text = text.replace("[mailbox.office]", "[mailbox.desk]")
        dogs.config.write_text(text.replace('= "office"', '= "desk"'))
        dog.process.send_signal(signal.SIGHUP)
        await until(lambda: dog.has_said("configuration.reloaded"))
        await delivers_more(dogs, 5)
        assert await dog.end() == 0
        outcomes = {verdict.outcome for verdict in await dogs.verdicts()}

    assert Outcome.MISSING not in outcomes
    assert len(dogs.sent) == len(set(dogs.sent))
    assert not await dog.has_said("loop.failed")


async def has_sent_more(dogs: Kennel, than: int) -> bool:
    return len(dogs.sent) > than


@pytest.mark.parametrize("signals", [1, 2])
async def test_a_site_that_hangs_keeps_the_daemon_for_seconds_or_for_none(
    tmp_path: Path, signals: int
) -> None:
    is_reached = asyncio.Event()

    async def hang(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        is_reached.set()
        await reader.read()  # until the visitor has gone
        writer.close()

    site = await asyncio.start_server(hang, "127.0.0.1", 0)
    async with kennel(tmp_path, deadline=DEADLINE) as dogs:
        port = site.sockets[0].getsockname()[1]
        text = dogs.config.read_text()
        hanging = text.replace(dogs.site.url, f"http://127.0.0.1:{port}/")
        dogs.config.write_text(hanging)
        dog = await dogs.start()
        await is_reached.wait()
        dog.process.send_signal(signal.SIGTERM)
        await until(lambda: dog.has_said("daemon.stopping"))
        if signals == 1:
            code = await dog.ended()
        else:
            assert dog.process.returncode is None
            code = await dog.end()
    site.close()

    assert code == 0
    assert await dog.has_said("daemon.stopped")
    assert not await dog.has_said("Traceback")
