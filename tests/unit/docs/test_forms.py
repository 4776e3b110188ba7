"""What the documentation says of form systems is what the table of them says."""

import re
from pathlib import Path

from probes.forms.systems.known import SYSTEMS
from probes.forms.systems.system import Proof
from watchdog.model import Outcome

FORMS = (Path(__file__).parents[3] / "docs/forms.md").read_text(encoding="utf-8")


def test_the_table_names_every_system_and_how_far_it_was_proven() -> None:
    ordered = sorted(SYSTEMS, key=lambda system: system.name)
    rows = [f"| `{one.name}` | {one.words} | {one.proof.value} |" for one in ordered]

    assert "\n".join(["|---|---|---|", *rows, ""]) in FORMS


def test_what_was_tried_is_proven_with_the_running_original() -> None:
    _, _, tried = FORMS.partition("| system | version |")
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| ([^|]+) \| (.+) \|$", tried, re.MULTILINE)
    originals = {one.name for one in SYSTEMS if one.proof is Proof.ORIGINAL}

    assert len(rows) > 10
    for name, version, outcomes in rows:
        assert name in originals
        assert re.match(r"\d", version)
        assert set(outcomes.split(" | ")) <= {outcome.value for outcome in Outcome}
