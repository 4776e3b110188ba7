"""`doctor` tells people and scripts what is wrong with a set-up, and how to mend it."""

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

import probes
import watchdog
from tests.world.nameserver import Nameserver, nameserver
from watchdog.demo.business import Business


@dataclass(frozen=True)
class Ended:
    """What a command said, and its exit code."""

    code: int
    said: str
    talk: str


Run = Callable[..., Awaitable[Ended]]


@pytest.fixture
async def dns() -> AsyncIterator[Nameserver]:
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


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command in a folder of its own, beside the servers of this loop."""

    async def command(*arguments: str, packages: Path | None = None) -> Ended:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "watchdog",
            *arguments,
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "PYTHONPATH": str(packages or Path.cwd()),
            },
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        said, talk = await process.communicate()
        return Ended(process.returncode or 0, said.decode(), talk.decode())

    return command


@pytest.fixture
def doctor(run: Run, dns: Nameserver) -> Run:
    host, port = dns.address

    async def command(*arguments: str) -> Ended:
        return await run("doctor", "--nameserver", f"{host}:{port}", *arguments)

    return command


async def test_a_sound_set_up_is_well(doctor: Run, config: Path) -> None:
    ended = await doctor("--config", str(config))

    assert ended.talk == ""
    assert ended.said.splitlines()[-1] == "All is well."
    assert "Mend:" not in ended.said
    assert ended.code == 0


async def test_what_is_wrong_is_told_with_its_mend_and_counted(
    doctor: Run, config: Path, business: Business, dns: Nameserver
) -> None:
    business.site.form_gone = True
    (config.parent / "office-password").write_text("wrong")
    dns.records.clear()

    ended = await doctor()

    lines = ended.said.splitlines()
    told = re.split(r"^  (?=[✓!✗?] )", ended.said, flags=re.MULTILINE)
    faults = [one for one in told if one.startswith("✗ ")]
    assert len(faults) == 2
    assert all("\n    Mend: " in one for one in faults)
    assert lines[-1] == "2 things to mend, 1 thing to look at."
    assert ended.code == 2


async def test_doubts_alone_end_with_1(
    doctor: Run, config: Path, dns: Nameserver
) -> None:
    dns.records.clear()

    ended = await doctor("--config", str(config))

    assert ended.said.splitlines()[-1] == "1 thing to look at."
    assert ended.code == 1


async def test_a_secret_that_lies_open_is_told(doctor: Run, config: Path) -> None:
    (config.parent / "office-password").chmod(0o644)

    ended = await doctor("--config", str(config))

    assert "lies open to others" in ended.said
    assert "chmod 600" in ended.said
    assert ended.said.splitlines()[-1] == "1 thing to mend."
    assert ended.code == 3


async def test_a_configuration_that_is_not_there_is_a_finding_too(
    doctor: Run,
) -> None:
    ended = await doctor("--json", "--config", "gone.toml")

    assert ended.talk == ""
    assert ended.code == 3
    assert json.loads(ended.said)[-1] == {
        "section": "Configuration",
        "subject": "gone.toml",
        "health": "unknown",
        "sentence": "there is no such file",
        "mend": "Correct that, and then run `contact-watchdog doctor` again.",
    }


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("Riverside",), "there is no check `Riverside`"),
        (("--nameserver", "dns.example"), "'dns.example' is no IP address[:port]"),
        (("--nameserver", "127.0.0.1:dns"), "is no IP address[:port]"),
    ],
)
@pytest.mark.usefixtures("config")
async def test_what_cannot_be_meant_is_refused(
    run: Run, arguments: tuple[str, ...], complaint: str
) -> None:
    ended = await run("doctor", *arguments)

    assert complaint in ended.talk
    assert ended.code == 3


async def test_another_package_of_our_name_is_told_at_the_start(
    run: Run, tmp_path: Path
) -> None:
    packages = tmp_path / "packages"
    for ours in (*watchdog.__path__, *probes.__path__):
        shutil.copytree(
            ours,
            packages / Path(ours).name,
            ignore=shutil.ignore_patterns("__pycache__"),
        )
    (packages / "watchdog" / "observers").mkdir()

    started = await run("config", "schema", packages=packages)
    examined = await run("doctor", "--config", "gone.toml", packages=packages)

    assert "Another distribution has installed a package `watchdog`" in started.talk
    assert "environment of its own" in started.talk
    assert started.code == 0
    assert "! package watchdog: Another distribution" in examined.said
