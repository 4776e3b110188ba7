"""The documentation knows each cause by the name that JSON has for it."""

import re
from pathlib import Path

from watchdog.model import Cause
from watchdog.rules.diagnosis.sentences import ADVICE, ASKED, NAMES

CAUSES = (Path(__file__).parents[3] / "docs/causes.md").read_text(encoding="utf-8")


def test_every_cause_has_its_section_and_no_other_has() -> None:
    told = re.findall(r"^### .+ \(`(\w+)`\)$", CAUSES, re.MULTILINE)

    assert sorted(told) == sorted(Cause)


def test_every_cause_has_a_name_advice_and_a_request() -> None:
    assert set(NAMES) == set(ADVICE) == set(ASKED) == set(Cause)
