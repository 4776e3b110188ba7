"""Formidable Forms: a row a field.

Version 6.34: `classes/models/FrmMigrate.php`, `FrmEntry.php`.
"""

from sqlalchemy import select

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import numbered, read_php
from probes.stores.texts import as_text


def system(prefix: str) -> System:
    """Return the store of Formidable Forms among the tables of that prefix."""
    items = tables(
        prefix, "frm_items", "id description form_id parent_item_id is_draft created_at"
    )
    meta = tables(prefix, "frm_item_metas", "id meta_value field_id item_id")
    fields = tables(prefix, "frm_fields", "id field_key name type")
    forms = tables(prefix, "frm_forms", "id name")
    return System(
        name="Formidable Forms",
        table=items,
        id=items.c.id,
        at=items.c.created_at,
        clock=Clock.UTC,
        form=items.c.form_id,
        columns={"about": text(items.c.description)},
        where=[items.c.is_draft == 0, items.c.parent_item_id == 0],
        parts={
            "fields": Part(
                owner=meta.c.item_id,
                columns={
                    "key": fields.c.field_key,
                    "label": fields.c.name,
                    "type": fields.c.type,
                    "value": text(meta.c.meta_value),
                },
                where=[fields.c.id == meta.c.field_id],
                order=meta.c.id,
            )
        },
        of_form=numbered(items.c.form_id, select(forms.c.id), forms.c.name),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    return Kept(
        filled=[_filled(field) for field in parts["fields"]],
        form=as_text(row["form"]),
        page=_page(row),
    )


def _filled(field: Row) -> Filled:
    kind = as_text(field["type"])
    return Filled(
        name=as_text(field["key"]),
        value=as_text(read_php(field["value"]), " " if kind == "name" else ", "),
        label=as_text(field["label"]),
        kind=kind,
    )


def _page(row: Row) -> str:
    try:
        return as_text(mapping(row["about"]).get("referrer"))
    except Unintelligible:
        return ""
