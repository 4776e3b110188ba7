"""A secret is fetched from where it is kept, and printed nowhere."""

import os
import sys
import time
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from probes.errors import Refused
from probes.origin import Origin
from probes.secrets import MOST_BYTES, Secret

HIDDEN = "hunter2 ü"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return a file with the secret that only its owner may read."""
    path = tmp_path / "password"
    path.write_text(f"{HIDDEN}\n", encoding="utf-8")
    path.chmod(0o600)
    return path


async def test_a_secret_comes_from_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OFFICE_PASSWORD", HIDDEN)

    assert await Secret(env="OFFICE_PASSWORD").reveal() == HIDDEN


async def test_a_secret_comes_from_a_file_without_its_last_newline(kept: Path) -> None:
    assert await Secret(file=kept).reveal() == HIDDEN


async def test_a_credential_of_systemd_may_look_open_to_all(
    kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept.chmod(0o444)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(kept.parent))

    assert await Secret(credential="password").reveal() == HIDDEN
    assert await Secret(file=kept).reveal() == HIDDEN


@pytest.mark.parametrize(
    "command",
    [["printf", "%s", "a;b $HOME `id`"], "printf %s 'a;b $HOME `id`'"],
    ids=["a list", "one text"],
)
async def test_a_command_prints_the_secret_without_a_shell(command: object) -> None:
    secret = Secret.model_validate({"command": command})

    assert secret.command == ("printf", "%s", "a;b $HOME `id`")
    assert await secret.reveal() == "a;b $HOME `id`"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o666])
async def test_a_file_that_others_may_touch_is_refused(kept: Path, mode: int) -> None:
    kept.chmod(mode)

    with pytest.raises(Refused, match="chmod 600"):
        await Secret(file=kept).reveal()


async def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)

    for path in (pipe, tmp_path):
        with pytest.raises(Refused, match="which is no file"):
            await Secret(file=path).reveal()
    with pytest.raises(Refused, match="No such file"):
        await Secret(file=tmp_path / "nowhere").reveal()


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "is empty"),
        (b"\n", "is empty"),
        (b"hunter2\nhunter3\n", "single line"),
        (b"hunter2\r\nA1 LOGOUT", "single line"),
        (b"hunter2\0", "single line"),
        (b"hunter2\xff", "not text in UTF-8"),
        (b"hunter2" * MOST_BYTES, "far too long"),
    ],
)
async def test_what_cannot_be_a_password_is_refused_and_not_repeated(
    kept: Path, raw: bytes, complaint: str
) -> None:
    kept.write_bytes(raw)

    with pytest.raises(Refused, match=complaint) as error:
        await Secret(file=kept).reveal()

    assert "hunter" not in str(error.value)


@pytest.mark.parametrize("name", ["../password", "", "..", "a/b"])
async def test_a_credentials_name_leads_nowhere_else(
    kept: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(kept.parent / "inner"))

    with pytest.raises(Refused, match="plain name"):
        await Secret(credential=name).reveal()


async def test_without_systemd_there_are_no_credentials(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("CREDENTIALS_DIRECTORY", raising=False)

    with pytest.raises(Refused, match="LoadCredential"):
        await Secret(credential="password").reveal()


def python(code: str) -> Secret:
    """Return the secret that a Python program prints."""
    return Secret(command=(sys.executable, "-c", code))


@pytest.mark.parametrize(
    ("secret", "complaint"),
    [
        (Secret(command=("no-such-program-anywhere", "hunter2")), "cannot be started"),
        (python("print('hunter2'); raise SystemExit(4)"), "exit code 4"),
        (python("import sys; sys.exit('hunter2')"), "exit code 1"),
        (python("while True: print('hunter2' * 9999)"), "far too much"),
        (python("print()"), "output is empty"),
    ],
)
async def test_a_command_that_fails_is_refused_without_what_it_said(
    secret: Secret, complaint: str
) -> None:
    with pytest.raises(Refused, match=complaint) as error:
        await secret.reveal()

    assert "hunter2" not in str(error.value)


async def test_a_command_that_hangs_is_ended_with_all_that_it_started(
    tmp_path: Path,
) -> None:
    child = tmp_path / "child"
    code = (
        "import os, time, pathlib; pid = os.fork()\n"
        f"pid and pathlib.Path({str(child)!r}).write_text(str(pid)); time.sleep(60)"
    )
    began = time.monotonic()

    with pytest.raises(Refused, match="did not end within"):
        await python(code).reveal(seconds=1)

    assert time.monotonic() - began < 10
    assert is_gone(int(child.read_text(encoding="ascii")))


def is_gone(pid: int) -> bool:
    """Say whether the process is dead: reaped, or waiting to be."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] == "Z"
    except FileNotFoundError:
        return True


def test_a_secret_written_out_is_refused_and_not_repeated() -> None:
    with pytest.raises(ValidationError) as error:
        TypeAdapter(Secret).validate_python("hunter2")

    assert "hunter2" not in str(error.value)


def test_a_secret_never_prints_what_it_holds(
    monkeypatch: pytest.MonkeyPatch, kept: Path
) -> None:
    monkeypatch.setenv("OFFICE_PASSWORD", HIDDEN)
    context = Origin(folder=kept.parent)
    ways = (
        {"env": "OFFICE_PASSWORD"},
        {"file": "password"},
        {"command": "echo " + HIDDEN},
    )

    for way in ways:
        secret = Secret.model_validate(way, context=context)

        assert "hunter2" not in f"{secret} {secret!r}"
