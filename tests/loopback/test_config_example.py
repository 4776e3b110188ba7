"""The example configuration is a good one."""

import re
from pathlib import Path

import pytest

from watchdog.config import load

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    for name in re.findall(r'^\w+ = \{ env = "(\w+)" \}', text, re.MULTILINE):
        monkeypatch.setenv(name, "hunter2")

    config = load(EXAMPLE)

    assert [check.name for check in config.check] == [
        "Riverside Studio contact form",
        "Hilltop Bakery orders",
        "Lakeside Rentals",
        "Old Mill guest house",
        "Harbour Yoga",
        "Vineyard tastings",
        "Orchard cider shop",
        "Mountain Rescue",
        "Mail of Riverside Studio",
    ]
