"""The daemon does what it is told: by signals, and by a new configuration."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import command
from tests.world.systemd import Notices

CONFIG = """\
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "it@example.test"

[mailbox.box]
kind = "maildir"
path = "{maildir}"

[[check]]
name = "{name}"
mailbox = "box"
every = "0 0 29 2 *"
form.url = "http://127.0.0.1:9/contact"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for maildir in ("first", "second"):
        for name in ("cur", "new", "tmp"):
            (tmp_path / maildir / name).mkdir(parents=True)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.format(maildir="first", name="Contact form"))
    return path


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Notices]:
    notices = Notices(tmp_path / "notify")
    yield notices
    notices.close()


@pytest.fixture
def daemon(config: Path, systemd: Notices) -> Iterator["subprocess.Popen[str]"]:
    running = command.start(
        config, "run", NOTIFY_SOCKET=systemd.address, WATCHDOG_USEC="600000"
    )
    systemd.wait_for("READY=1")
    yield running
    running.kill()
    command.end(running)


def test_systemd_hears_that_the_daemon_lives_and_how_it_is(
    daemon: "subprocess.Popen[str]", systemd: Notices
) -> None:
    assert daemon.poll() is None
    systemd.wait_for("STATUS=All is well.")

    systemd.wait_for("WATCHDOG=1")
    systemd.wait_for("WATCHDOG=1")


def test_sigterm_ends_the_daemon_in_good_order(
    config: Path, daemon: "subprocess.Popen[str]", systemd: Notices
) -> None:
    daemon.send_signal(signal.SIGTERM)
    systemd.wait_for("STOPPING=1")

    ended = command.end(daemon)
    status = command.run(config, "status", "--json")

    assert ended.code == 0
    assert ended.seconds < 5
    assert json.loads(status.out)["daemon"]["is_running"] is False
    assert status.code == 3


def test_whoever_ends_the_daemon_as_soon_as_it_says_that_it_began_is_heard(
    config: Path,
) -> None:
    daemon = command.start(config, "run")
    assert daemon.stderr
    next(line for line in daemon.stderr if "daemon.started" in line)
    daemon.send_signal(signal.SIGTERM)

    ended = command.end(daemon)

    assert ended.code == 0
    assert "daemon.stopped" in ended.talk


def test_whoever_ends_the_daemon_while_it_waits_for_its_ledger_is_heard(
    config: Path,
) -> None:
    away = "postgresql://nobody@127.0.0.1:9/watchdog"
    config.write_text(config.read_text().replace("sqlite:///watchdog.db", away))
    daemon = command.start(config, "run")
    assert daemon.stderr
    next(line for line in daemon.stderr if "ledger.awaited" in line)
    daemon.send_signal(signal.SIGTERM)

    ended = command.end(daemon)

    assert ended.code == 0
    assert "Traceback" not in ended.talk


def test_a_heartbeat_that_hangs_holds_up_no_start(
    config: Path, systemd: Notices
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as hanging:
        url = f"http://127.0.0.1:{hanging.getsockname()[1]}/s3cret"
        wanted = f'[watchdog]\nheartbeat = "{url}"'
        config.write_text(config.read_text().replace("[watchdog]", wanted))
        daemon = command.start(config, "run", NOTIFY_SOCKET=systemd.address)
        systemd.wait_for("READY=1")
        assert daemon.stderr
        said = [daemon.stderr.readline()]
        while "daemon.started" not in said[-1]:
            said.append(daemon.stderr.readline())
        daemon.send_signal(signal.SIGTERM)
        ended = command.end(daemon)

    assert "heartbeat.unsent" not in "".join(said)
    assert "s3cret" not in ended.talk


def test_ctrl_c_ends_the_daemon_with_the_code_of_an_interruption(
    daemon: "subprocess.Popen[str]",
) -> None:
    daemon.send_signal(signal.SIGINT)

    ended = command.end(daemon)

    assert ended.code == 130
    assert "Traceback" not in ended.talk


def test_a_good_new_configuration_is_obeyed_from_the_next_moment(
    config: Path, daemon: "subprocess.Popen[str]", systemd: Notices
) -> None:
    config.write_text(CONFIG.format(maildir="second", name="New form"))

    daemon.send_signal(signal.SIGHUP)
    heard = systemd.wait_for("RELOADING=1")
    assert "MONOTONIC_USEC=" in heard[-1]
    systemd.wait_for("READY=1")
    daemon.send_signal(signal.SIGTERM)
    ended = command.end(daemon)

    assert "configuration.reloaded" in ended.talk
    assert "loop.failed" not in ended.talk


def test_a_bad_new_configuration_leaves_the_old_one_in_force_and_is_told(
    config: Path, daemon: "subprocess.Popen[str]", systemd: Notices
) -> None:
    good = config.read_text()
    config.write_text(good.replace("mailbox =", "mailbx ="))

    daemon.send_signal(signal.SIGHUP)
    systemd.wait_for("RELOADING=1")
    heard = systemd.wait_for("STATUS=The new configuration is not in force")
    daemon.send_signal(signal.SIGTERM)
    ended = command.end(daemon)

    assert "READY=1" in heard
    assert ended.code == 0
    assert "mailbx" in ended.talk
    assert "configuration.refused" in ended.talk


def test_a_check_of_whose_trouble_nobody_would_hear_is_named_at_the_start(
    daemon: "subprocess.Popen[str]",
) -> None:
    daemon.send_signal(signal.SIGTERM)

    ended = command.end(daemon)

    assert "Nobody will hear of trouble with it" in ended.talk


def test_status_needs_none_of_the_secrets(config: Path) -> None:
    channel = '[channel.sms]\nkind = "sms"\nurl = { env = "NOT_SET_HERE" }\n'
    config.write_text(config.read_text() + channel)

    status = command.run(config, "status")

    assert "never run" in status.out
    assert status.code == 3


def test_a_ledger_and_a_browser_that_need_a_restart_are_told_at_each_reload(
    config: Path, daemon: "subprocess.Popen[str]", systemd: Notices
) -> None:
    others = 'browser = "/usr/bin/other"\nledger = "sqlite:///other.db"'
    wanted = config.read_text().replace('ledger = "sqlite:///watchdog.db"', others)
    config.write_text(wanted)

    for _ in range(2):
        daemon.send_signal(signal.SIGHUP)
        systemd.wait_for("RELOADING=1")
        systemd.wait_for("READY=1")
        told = systemd.wait_for("STATUS=")[-1]
        assert "The ledger of the new configuration needs a restart." in told
        assert "The browser of the new configuration needs a restart." in told
