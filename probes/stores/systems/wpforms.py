"""WPForms Pro: one row an entry, its fields as JSON.

Lite keeps nothing.  The tables of `pro/includes/class-entry.php` and others there.
"""

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
from probes.stores.systems.json_fields import described
from probes.stores.systems.wordpress import of_post
from probes.stores.texts import as_text

UNFINISHED = ("trash", "partial", "abandoned")


def system(prefix: str) -> System:
    """Return the store of WPForms among the tables of that prefix."""
    entries = tables(prefix, "wpforms_entries", "entry_id form_id status fields date")
    meta = tables(prefix, "wpforms_entry_meta", "id entry_id type data")
    return System(
        name="WPForms",
        table=entries,
        id=entries.c.entry_id,
        at=entries.c.date,
        clock=Clock.UTC,
        form=entries.c.form_id,
        columns={"fields": payload(entries.c.fields), "status": entries.c.status},
        where=[entries.c.status.not_in(UNFINISHED)],
        parts={
            "pages": Part(
                owner=meta.c.entry_id,
                columns={"url": text(meta.c.data)},
                where=[meta.c.type == "page_url"],
            )
        },
        of_form=of_post(entries.c.form_id, prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    return Kept(
        filled=[
            Filled(
                name=as_text(field.get("id")),
                value=as_text(field.get("value")),
                label=as_text(field.get("name")),
                kind=as_text(field.get("type")),
            )
            for field in described(row["fields"])
        ],
        form=as_text(row["form"]),
        page=next((as_text(page["url"]) for page in parts["pages"]), ""),
        is_spam=row["status"] == "spam",
    )
