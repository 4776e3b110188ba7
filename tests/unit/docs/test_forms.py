"""What the documentation says of form systems is what the table of them says."""

from pathlib import Path

from probes.forms.systems.known import SYSTEMS

FORMS = (Path(__file__).parents[3] / "docs/forms.md").read_text(encoding="utf-8")


def test_the_table_names_every_system_and_how_far_it_was_proven() -> None:
    ordered = sorted(SYSTEMS, key=lambda system: system.name)
    rows = [f"| `{one.name}` | {one.words} | {one.proof.value} |" for one in ordered]

    assert "\n".join(["|---|---|---|", *rows, ""]) in FORMS
