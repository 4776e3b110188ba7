"""Gravity Forms: a row a field, and notes that say whether the mail went out.

Version 2.10.2: `includes/class-gf-upgrade.php`, `forms_model.php`.  A name is kept in
parts: field 1 as `1.3` (first) and `1.6` (last).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.system import (
    Clock,
    Kept,
    Part,
    Parts,
    Row,
    System,
    payload,
    tables,
    text,
)
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import mail_failed, numbered, value_of
from probes.stores.texts import as_text

INPUT = re.compile(r"(\d{1,9})(?:\.(\d{1,4}))?", re.ASCII)
FAILED = {"error": True, "success": False}


def system(prefix: str) -> System:
    """Return the store of Gravity Forms among the tables of that prefix."""
    entry = tables(prefix, "gf_entry", "id form_id date_created source_url status")
    meta = tables(prefix, "gf_entry_meta", "id entry_id meta_key meta_value")
    notes = tables(prefix, "gf_entry_notes", "id entry_id note_type sub_type")
    forms = tables(prefix, "gf_form", "id title")
    design = tables(prefix, "gf_form_meta", "form_id display_meta")
    return System(
        name="Gravity Forms",
        table=entry,
        id=entry.c.id,
        at=entry.c.date_created,
        clock=Clock.UTC,
        form=entry.c.form_id,
        columns={"page": entry.c.source_url, "status": entry.c.status},
        where=[entry.c.status.in_(("active", "spam"))],
        parts={
            "fields": Part(
                owner=meta.c.entry_id,
                columns={"key": meta.c.meta_key, "value": text(meta.c.meta_value)},
                order=meta.c.id,
            ),
            "notes": Part(
                owner=notes.c.entry_id,
                columns={"result": notes.c.sub_type},
                where=[notes.c.note_type == "notification"],
            ),
            "design": Part(
                owner=design.c.form_id,
                columns={"fields": payload(design.c.display_meta)},
                is_of_form=True,
            ),
        },
        of_form=numbered(entry.c.form_id, select(forms.c.id), forms.c.title),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    return Kept(
        filled=list(_filled(parts["fields"], _design(parts["design"]))),
        form=as_text(row["form"]),
        page=as_text(row["page"]),
        is_spam=row["status"] == "spam",
        mail_failed=mail_failed(FAILED.get(n["result"]) for n in parts["notes"]),
    )


def _design(rows: Sequence[Row]) -> Mapping[str, Mapping[str, Any]]:
    """Return the form's fields by number; without them all is known but the labels."""
    try:
        fields = mapping(rows[0]["fields"]).get("fields") if rows else None
    except Unintelligible:
        return {}
    listed = fields if isinstance(fields, list) else []
    return {
        as_text(field.get("id")): field for field in listed if isinstance(field, dict)
    }


def _filled(
    rows: Sequence[Row], design: Mapping[str, Mapping[str, Any]]
) -> Iterator[Filled]:
    values: dict[str, dict[int, str]] = {}
    for row in rows:
        if found := INPUT.fullmatch(as_text(row["key"])):
            inputs = values.setdefault(found[1], {})
            inputs[int(found[2] or 0)] = value_of(row["value"])
    for number, inputs in values.items():
        field = design.get(number, {})
        kind = as_text(field.get("type")) or ("name" if {3, 6} <= set(inputs) else "")
        between = " " if kind == "name" else ", "
        yield Filled(
            name=number,
            value=as_text([inputs[part] for part in sorted(inputs)], between),
            label=as_text(field.get("label")),
            kind=kind,
        )
