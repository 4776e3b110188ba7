"""The README's commands do what the README says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
JSON = (ROOT / "docs/json.md").read_text(encoding="utf-8")

NUMBER = re.compile(r"\d+(?:\.\d+)?")


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a folder of its own, with a home of its own."""
    return subprocess.run(
        [sys.executable, "-m", "watchdog", *arguments],
        cwd=folder,
        env={
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": str(ROOT),
            "OFFICE_PASSWORD": "hunter2",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def block(after: str, language: str) -> str:
    """Return the first piece of code in `language` below a line of the README."""
    rest = README.partition(after)[2]
    return rest.partition(f"```{language}\n")[2].partition("```")[0]


def plain(text: str) -> str:
    """Return `text` without its figures, and however its lines are wrapped."""
    return " ".join(NUMBER.sub("N", text).split())


def keys(table: int) -> list[str]:
    """Return the keys in a table on `config check` in docs/json.md."""
    section = JSON.partition("\n## `config check --json`\n")[2]
    found = re.findall(r"(?:^\|.*\n)+", section, re.MULTILINE)
    return re.findall(r"^\| `(\w+)`", found[table], re.MULTILINE)


def test_the_demo_shows_what_the_readme_shows(tmp_path: Path) -> None:
    shown = block("<!-- demo -->", "text")

    result = run(tmp_path, "demo")

    assert result.returncode == 0, result.stderr
    rest = plain(result.stdout)
    for piece in shown.split("…\n"):
        _, found, rest = rest.partition(plain(piece))
        assert found, f"not shown, or not in this place: {piece}"


def test_the_configuration_that_is_enough_is_enough(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(block("This much is enough", "toml"))

    result = run(tmp_path, "config", "check")

    assert result.returncode == 0, result.stderr
    assert result.stdout == "config.toml is good: 1 check, 1 mailbox, 0 channels\n"


@pytest.mark.parametrize("text", ["", None])
def test_config_check_prints_the_json_that_is_documented(
    tmp_path: Path, text: str | None
) -> None:
    good = block("This much is enough", "toml")
    (tmp_path / "config.toml").write_text(good if text is None else text)

    result = run(tmp_path, "config", "check", "--json")

    printed = json.loads(result.stdout)
    assert list(printed) == keys(0)
    assert printed["good"] is (result.returncode == 0)
    assert {tuple(problem) for problem in printed["problems"]} <= {tuple(keys(1))}
    assert printed["good"] or printed["problems"]
