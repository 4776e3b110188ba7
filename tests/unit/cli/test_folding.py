"""Sentences in lines that a terminal has room for."""

import pytest
from rich.cells import cell_len

from watchdog.cli.folding import folded

JAPANESE = "七五三の写真をお願いしたいのですが、空いていますか?" * 5


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_no_line_takes_more_cells_than_the_terminal_has(
    columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    lines = list(folded(f"山田 花子 wrote: “{JAPANESE}”", indent=4))

    assert max(map(cell_len, lines)) <= columns
    assert all(line.startswith("    ") for line in lines)
    assert JAPANESE in "".join(line.strip() for line in lines)


def test_words_stay_whole_where_they_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")

    assert list(folded("Look at /srv/site-one/x.html.", "Twice.")) == [
        "  Look at",
        "  /srv/site-one/x.ht",
        "  ml.",
        "  Twice.",
    ]
