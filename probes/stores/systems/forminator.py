"""Forminator: a row a field, named by its type, as `email-1`.

Version 1.53.2: `library/class-database-tables.php`, `model/class-form-entry-model.php`.
"""

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.systems.wordpress import of_post, options, read_php
from probes.stores.texts import as_text


def system(prefix: str) -> System:
    """Return the store of Forminator among the tables of that prefix."""
    entry = tables(
        prefix,
        "frmt_form_entry",
        "entry_id entry_type form_id is_spam date_created status",
    )
    meta = tables(
        prefix, "frmt_form_entry_meta", "meta_id entry_id meta_key meta_value"
    )
    return System(
        name="Forminator",
        table=entry,
        id=entry.c.entry_id,
        at=entry.c.date_created,
        clock=Clock.LOCAL,
        form=entry.c.form_id,
        columns={"is_spam": entry.c.is_spam, "status": entry.c.status},
        where=[
            entry.c.entry_type == "custom-forms",
            entry.c.status.in_(("active", "spam")),
        ],
        parts={
            "fields": Part(
                owner=meta.c.entry_id,
                columns={"key": meta.c.meta_key, "value": text(meta.c.meta_value)},
                order=meta.c.meta_id,
            )
        },
        of_form=of_post(entry.c.form_id, prefix),
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    fields = [(as_text(field["key"]), field["value"]) for field in parts["fields"]]
    return Kept(
        filled=[_filled(key, value) for key, value in fields if key[:1] != "_"],
        form=as_text(row["form"]),
        is_spam=bool(row["is_spam"]) or row["status"] == "spam",
    )


def _filled(key: str, value: object) -> Filled:
    kind = key.rpartition("-")[0]
    between = " " if kind == "name" else ", "
    return Filled(name=key, value=as_text(read_php(value), between), kind=kind)
