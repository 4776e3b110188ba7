"""What `--help` says."""

import pytest
from typer.testing import CliRunner

from watchdog.cli import app


@pytest.mark.parametrize("group", ["", "recover", "config", "service"])
def test_no_line_about_a_command_is_cut_off(group: str) -> None:
    shown = CliRunner().invoke(app, [*group.split(), "--help"], terminal_width=80)

    assert shown.exit_code == 0
    _, found, commands = shown.output.partition("Commands:")
    assert found
    assert "..." not in commands
