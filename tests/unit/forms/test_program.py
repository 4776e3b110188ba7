"""The browser is found, or the sentence says what is missing."""

from pathlib import Path

import pytest

from probes.forms.browser.program import program
from probes.forms.errors import Unequipped


def test_the_program_that_is_named_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "chrome"
    path.touch(mode=0o755)

    assert program(path) == str(path)


@pytest.mark.parametrize("mode", [None, 0o644])
def test_what_is_no_program_is_told_by_its_name(
    tmp_path: Path, mode: int | None
) -> None:
    path = tmp_path / "chrome"
    if mode:
        path.touch(mode=mode)

    with pytest.raises(Unequipped, match=f"{path} is not there, or is no program"):
        program(path)


def test_a_folder_is_no_program(tmp_path: Path) -> None:
    with pytest.raises(Unequipped, match="is no program"):
        program(tmp_path)
