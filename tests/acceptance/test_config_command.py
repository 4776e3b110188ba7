"""`config check` says in one sentence each what is wrong, and ends with 3."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

GOOD = """\
[watchdog]
contact = "it@agency.example"
[mailbox.office]
kind = "imap"
host = "imap.example.com"
user = "office@example.com"
password = { env = "OFFICE_PASSWORD" }
[[check]]
name = "Riverside"
mailbox = "office"
form.url = "https://riverside.example/contact/"
"""

DEAF = """
[channel.mail]
kind = "email"
to = ["owner@gmail.example"]
server = [{ host = "smtp.example.com" }]
[[ladder.owner]]
channel = "mail"
reasons = ["reminder", "resolved"]
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in a folder of its own, with a home of its own."""

    def command(
        *arguments: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "watchdog", *arguments],
            cwd=tmp_path,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(tmp_path),
                "PYTHONPATH": str(Path.cwd()),
                "OFFICE_PASSWORD": "hunter2",
                **(env or {}),
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return command


def refused(result: subprocess.CompletedProcess[str]) -> list[str]:
    """Return the sentences on stderr of a command that was given the unusable."""
    assert result.returncode == 3
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert "hunter2" not in result.stderr
    return result.stderr.splitlines()


def test_a_good_configuration_is_called_good(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(GOOD, encoding="utf-8")

    result = run("config", "check")

    assert result.returncode == 0
    assert result.stdout == "config.toml is good: 1 check, 1 mailbox, 0 channels\n"
    assert result.stderr == (
        'Nobody will hear of trouble with "Riverside": it names no ladder.\n'
    )


def test_a_ladder_that_calls_nobody_when_trouble_begins_is_warned_of(
    run: Run, tmp_path: Path
) -> None:
    ladder = 'ladder = "owner"\nmailbox = "office"'
    config = GOOD.replace('mailbox = "office"', ladder) + DEAF
    (tmp_path / "config.toml").write_text(config)

    result = run("config", "check")

    assert result.returncode == 0
    assert "no step of its ladder takes the reason `opened`" in result.stderr


def test_a_byte_order_mark_does_no_harm(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(GOOD, encoding="utf-8-sig")

    assert run("config", "check").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "env"),
    [
        (("config", "check", "--config", "mine.toml"), {}),
        (("--config", "mine.toml", "config", "check"), {}),
        (("config", "check"), {"CONTACT_WATCHDOG_CONFIG": "mine.toml"}),
        (
            ("--config", "mine.toml", "config", "check"),
            {"CONTACT_WATCHDOG_CONFIG": "other.toml"},
        ),
    ],
)
def test_the_file_is_named_by_option_or_environment(
    run: Run, tmp_path: Path, arguments: tuple[str, ...], env: Mapping[str, str]
) -> None:
    (tmp_path / "mine.toml").write_text(GOOD, encoding="utf-8")

    assert run(*arguments, env=env).stdout.startswith("mine.toml is good")


def test_the_users_configuration_folder_is_looked_into(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / ".config/contact-watchdog"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(GOOD, encoding="utf-8")

    assert run("config", "check").stdout.startswith(str(folder))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[watchdog\n", "config.toml:1: this is not TOML: "),
        (GOOD + "everi = '1h'\n", "`everi` is no key here; did you mean `every`?"),
        (GOOD + "every = 5\n", 'config.toml:12: check "Riverside": `every` must be'),
        (
            GOOD.replace("OFFICE_PASSWORD", "NOT_SET"),
            (
                'config.toml:7: mailbox "office": `password` is to come from the '
                "environment variable NOT_SET, which is not set"
            ),
        ),
        (
            GOOD.replace('env = "OFFICE_PASSWORD"', 'file = "gone"'),
            "`password` cannot be read from the file ",
        ),
        (
            GOOD.replace('env = "OFFICE_PASSWORD"', 'file = "config.toml"'),
            "`password` lies open to others in ",
        ),
        (
            GOOD.replace('{ env = "OFFICE_PASSWORD" }', '"hunter2"'),
            '`password` must not stand in this file: write password = { env = "OFF',
        ),
        (GOOD.replace("https://", ""), "`form.url` must begin with https://"),
        (
            GOOD.replace('mailbox = "office"', 'mailbox = "ofice"'),
            '`mailbox` names "ofice", but no mailbox has that name; did you mean "off',
        ),
        (
            GOOD + GOOD[GOOD.index("[[check]]") :],
            'config.toml:13: check "Riverside": `name` is taken by another check',
        ),
    ],
)
def test_each_mistake_is_one_sentence_with_its_place(
    run: Run, tmp_path: Path, text: str, complaint: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)

    (said,) = refused(run("config", "check"))

    assert said.startswith("config.toml:")
    assert complaint in said


def test_a_file_that_is_not_there_is_named(run: Run) -> None:
    assert refused(run("config", "check", "--config", "gone.toml")) == [
        "gone.toml: there is no such file"
    ]
    (said,) = refused(run("config", "check"))
    assert "name yours with --config" in said


def test_a_folder_is_no_file(run: Run) -> None:
    assert refused(run("config", "check", "--config", "/")) == [
        "/: is a folder, not a file"
    ]


def test_a_file_in_another_encoding_is_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_bytes(GOOD.encode() + b'site = "M\xe4r"\n')

    assert refused(run("config", "check")) == [
        "config.toml:12: is not written in UTF-8"
    ]


def test_an_enormous_file_is_not_read_to_its_end(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "config.toml").open("wb") as file:
        file.truncate(50 * 1024 * 1024)

    assert refused(run("config", "check")) == [
        "config.toml: is longer than 16 MB: this is no configuration"
    ]


def test_the_problems_are_data_on_request(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(GOOD + "everi = '1h'\n", encoding="utf-8")

    result = run("config", "check", "--json")

    assert result.returncode == 3
    assert json.loads(result.stdout)["problems"] == [
        {
            "file": "config.toml",
            "line": 12,
            "key": 'check "Riverside"',
            "sentence": "`everi` is no key here; did you mean `every`?",
        }
    ]


@pytest.mark.parametrize(
    "arguments",
    [("frob",), ("config", "frob"), ("config", "check", "--frob"), ("config",), ()],
)
def test_a_command_that_does_not_exist_ends_with_3(
    run: Run, arguments: tuple[str, ...]
) -> None:
    assert refused(run(*arguments))


def test_the_schema_describes_every_key(run: Run) -> None:
    schema = json.loads(run("config", "schema").stdout)

    undescribed = [
        f"{model}.{key}"
        for model, definition in schema["$defs"].items()
        for key, about in definition.get("properties", {}).items()
        if "description" not in about and key != "kind"
    ]
    assert undescribed == []


def test_a_reader_that_has_seen_enough_ends_us_quietly() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        result = subprocess.run(
            [sys.executable, "-m", "watchdog", "config", "schema"],
            stdout=pipe,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert result.stderr == ""


@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_change_no_exit_code(tmp_path: Path, closed: str) -> None:
    config = tmp_path / "config.toml"
    config.touch()
    shell = f'"$0" -m watchdog --config "$1" {{}} {closed}'

    def code(command: str) -> int:
        words = ["sh", "-c", shell.format(command), sys.executable, str(config)]
        ended = subprocess.run(words, capture_output=True, timeout=60, check=False)
        assert ended.stderr == b""
        return ended.returncode

    assert code("config schema") == 0
    if "2" in closed:
        assert code("config check") == 3


def test_a_full_disk_behind_stdout_is_told_in_a_sentence() -> None:
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "watchdog", "config", "schema"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )

    assert (result.returncode, result.stderr) == (3, "The disk is full.\n")
