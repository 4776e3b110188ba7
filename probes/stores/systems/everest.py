"""Everest Forms: one row an entry, its fields as JSON.

Version 3.4.7, `includes/class-evf-install.php`, `class-evf-form-task.php`.
"""

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Parts, Row, System, payload, tables
from probes.stores.systems.json_fields import described
from probes.stores.systems.wordpress import of_post
from probes.stores.texts import as_text


def system(prefix: str) -> System:
    """Return the store of Everest Forms among the tables of that prefix."""
    entries = tables(
        prefix, "evf_entries", "entry_id form_id referer fields status date_created"
    )
    return System(
        name="Everest Forms",
        table=entries,
        id=entries.c.entry_id,
        at=entries.c.date_created,
        clock=Clock.UTC,
        form=entries.c.form_id,
        columns={
            "fields": payload(entries.c.fields),
            "status": entries.c.status,
            "page": entries.c.referer,
        },
        where=[entries.c.status.in_(("publish", "spam"))],
        of_form=of_post(entries.c.form_id, prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del parts
    return Kept(
        filled=[
            Filled(
                name=as_text(field.get("meta_key") or field.get("id")),
                value=as_text(field.get("value")),
                label=as_text(field.get("name")),
                kind=as_text(field.get("type")),
            )
            for field in described(row["fields"])
        ],
        form=as_text(row["form"]),
        page=as_text(row["page"]),
        is_spam=row["status"] == "spam",
    )
