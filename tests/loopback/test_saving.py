"""Files with what people wrote are for the eyes of one user."""

from pathlib import Path

import pytest

from watchdog.cli.saving import NotSaved, save, save_anew


def test_a_file_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "missed.csv"
    path.write_text("an older and much longer list")
    path.chmod(0o644)

    save(path, "Ada")

    assert path.read_text() == "Ada"
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be written: Is a directory"):
        save(tmp_path, "Ada")


def test_what_cannot_be_replaced_is_said_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(NotSaved, match="cannot be replaced: Is a directory"):
        save_anew(tmp_path, b"a plugin")


def test_a_link_is_replaced_and_not_followed(tmp_path: Path) -> None:
    path, elsewhere = tmp_path / "plugin.zip", tmp_path / "elsewhere"
    path.symlink_to(elsewhere)

    save_anew(path, b"a plugin")

    assert (path.read_bytes(), elsewhere.exists()) == (b"a plugin", False)
