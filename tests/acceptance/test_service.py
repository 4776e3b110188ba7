"""The units and lines that keep us running are accepted by what reads them."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.world import command

CONFIG = """\
[watchdog]
ledger = "sqlite:////var/lib/contact-watchdog/watchdog.db"
contact = "it@example.test"

[mailbox.box]
kind = "imap"
host = "imap.example.test"
user = "office"
password = { credential = "office-password" }

[[check]]
name = "Contact form"
mailbox = "box"
form.url = "https://shop.example.test/contact"
"""

MOST_EXPOSED = 3.0
"""What `systemd-analyze security` calls OK begins below 5; we ask for less."""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "config 50%.toml"
    path.write_text(CONFIG)
    return path


@pytest.fixture(params=["", "--user", "browser"])
def unit(request: pytest.FixtureRequest, config: Path) -> Path:
    if request.param == "browser":
        config.write_text(f'{CONFIG}form.how = "browser"\n')
    options = ["--user"] if request.param == "--user" else []
    made = command.run(config, "service", "systemd", *options)
    assert made.code == 0
    path = config.with_name("contact-watchdog.service")
    path.write_text(made.out)
    return path


def analyze(
    *arguments: str | Path, runtime: Path
) -> "subprocess.CompletedProcess[str]":
    runtime.mkdir(mode=0o700, exist_ok=True)
    return subprocess.run(
        ["systemd-analyze", *map(str, arguments)],
        env={**os.environ, "XDG_RUNTIME_DIR": str(runtime)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("manager", ["--system", "--user"])
def test_systemd_finds_no_fault_with_the_unit(unit: Path, manager: str) -> None:
    verified = analyze("verify", manager, unit, runtime=unit.with_name("runtime"))

    assert verified.stderr == ""
    assert verified.returncode == 0


def test_the_unit_is_closed_to_what_the_work_does_not_need(unit: Path) -> None:
    runtime = unit.with_name("runtime")
    found = analyze("security", "--offline=yes", "--no-pager", unit, runtime=runtime)

    exposure = re.search(r"exposure level for \S+: ([\d.]+)", found.stdout)
    assert exposure
    assert float(exposure[1]) < MOST_EXPOSED


@pytest.mark.parametrize("needs", ['form.how = "browser"', 'form.captcha = "widget"'])
def test_a_unit_lets_a_browser_start_only_where_a_form_needs_one(
    config: Path, needs: str
) -> None:
    lock = "MemoryDenyWriteExecute=yes"
    closed = command.run(config, "service", "systemd").out.splitlines()
    config.write_text(f"{CONFIG}{needs}\n")
    opened = command.run(config, "service", "systemd").out.splitlines()

    assert lock in closed
    assert lock not in opened


def test_the_unit_hands_over_each_secret(config: Path) -> None:
    made = command.run(config, "service", "systemd")

    line = "LoadCredential=office-password:/etc/contact-watchdog/office-password"
    assert line in made.out.splitlines()
    assert made.talk == ""


def test_a_ledger_where_the_service_may_not_write_is_named(config: Path) -> None:
    config.write_text(CONFIG.replace("/var/lib/contact-watchdog", "/srv"))

    made = command.run(config, "service", "systemd")

    assert "name the ledger sqlite:////var/lib/contact-watchdog" in made.talk


def test_secrets_in_files_of_one_name_are_handed_over_as_two(config: Path) -> None:
    for folder in ("office", "shop"):
        config.with_name(folder).mkdir()
        config.with_name(folder).joinpath("password").touch(mode=0o600)
    second = (
        '[mailbox.shop]\nkind = "imap"\nhost = "imap.example.test"\nuser = "shop"\n'
    )
    text = CONFIG.replace('credential = "office-password"', 'file = "office/password"')
    config.write_text(f'{text}{second}password = {{ file = "shop/password" }}\n')

    made = command.run(config, "service", "systemd")

    given = re.findall(r"^LoadCredential=(\S+):", made.out, re.MULTILINE)
    assert len(set(given)) == 2
    assert all(f'{{ credential = "{name}" }}' in made.talk for name in given)


@pytest.mark.parametrize("options", [(), ("--user",)])
def test_a_secret_in_a_variable_that_the_service_lacks_is_named(
    config: Path, options: tuple[str, ...]
) -> None:
    config.write_text(CONFIG.replace('credential = "office-password"', 'env = "PW"'))

    made = command.run(config, "service", "systemd", *options)

    assert "variable PW" in made.talk


def test_a_mailbox_on_this_machine_may_be_tidied(config: Path) -> None:
    box = '[mailbox.local]\nkind = "maildir"\npath = "/home/ada/Maildir"\n'
    config.write_text(CONFIG + box)

    made = command.run(config, "service", "systemd")

    assert "ReadWritePaths=-/home/ada/Maildir" in made.out.splitlines()
    assert "ProtectHome=read-only" in made.out.splitlines()
    assert "who may not read /home/ada/Maildir" in made.talk


def test_cron_gets_a_line_that_it_reads_as_one_command(config: Path) -> None:
    made = command.run(config, "service", "cron")

    (line,) = made.out.splitlines()
    assert line.startswith("* * * * * ")
    assert "check --scheduled" in line
    assert r"50\%.toml'" in line


SYSTEMCTL = """\
#!/bin/sh
echo "$@" >> "$HOME/asked"
exit $(cat "$HOME/answer" 2>/dev/null || echo 0)
"""


@pytest.fixture
def path(config: Path) -> str:
    """Return a search path on which `systemctl` writes down what it is asked."""
    folder = config.with_name("bin")
    folder.mkdir()
    program = folder / "systemctl"
    program.write_text(SYSTEMCTL)
    program.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def install(config: Path, path: str, *options: str) -> command.Ended:
    options = ("--user", "--install", *options)
    return command.run(config, "service", "systemd", *options, PATH=path)


def test_the_unit_is_installed_where_systemd_looks_and_is_started(
    config: Path, path: str
) -> None:
    config.write_text(CONFIG.replace("/var/lib", f"{config.parent}/state"))

    installed = install(config, path, "--yes")

    assert installed.code == 0
    folder = config.parent / ".config" / "systemd" / "user"
    assert "run --config" in (folder / "contact-watchdog.service").read_text()
    assert config.with_name("asked").read_text().splitlines() == [
        "--user daemon-reload",
        "--user enable contact-watchdog.service",
        "--user restart contact-watchdog.service",
    ]


def test_a_unit_that_somebody_changed_is_replaced_by_force_alone(
    config: Path, path: str
) -> None:
    config.write_text(CONFIG.replace("/var/lib", f"{config.parent}/state"))
    install(config, path, "--yes")
    place = config.parent / ".config/systemd/user/contact-watchdog.service"
    made = place.read_text()
    assert install(config, path, "--yes").code == 0, "the same may be written again"
    place.write_text(f"{made}# mine\n")

    refused = install(config, path, "--yes")
    assert refused.code == 3
    assert "--force" in refused.talk
    assert place.read_text().endswith("# mine\n")

    assert install(config, path, "--yes", "--force").code == 0
    assert place.read_text() == made


def test_without_a_yes_nothing_is_installed(config: Path, path: str) -> None:
    asked = install(config, path)

    assert asked.code != 0
    assert not config.parent.joinpath(".config").exists()


def test_what_systemd_would_not_do_is_named(config: Path, path: str) -> None:
    config.write_text(CONFIG.replace("/var/lib", f"{config.parent}/state"))
    config.with_name("answer").write_text("1")

    failed = install(config, path, "--yes")

    assert failed.code == 3
    assert "What failed: systemctl --user daemon-reload" in failed.talk
