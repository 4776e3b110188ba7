"""Fluent Forms: one row an entry, its fields as JSON, and a log of its mails.

Version 6.2.2: `database/Migrations`, `app/Services/Form`.  Its times are a TIMESTAMP
that holds the site's own clock, so that the server's zone must be left alone.
"""

from typing import Any

from sqlalchemy import select

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
)
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import mail_failed, numbered, options
from probes.stores.texts import as_text

FAILED = {"failed": True, "error": True, "success": False}


def system(prefix: str) -> System:
    """Return the store of Fluent Forms among the tables of that prefix."""
    sent = tables(
        prefix,
        "fluentform_submissions",
        "id form_id response source_url status created_at",
    )
    forms = tables(prefix, "fluentform_forms", "id title")
    log = tables(prefix, "fluentform_logs", "id source_type source_id component status")
    return System(
        name="Fluent Forms",
        table=sent,
        id=sent.c.id,
        at=sent.c.created_at,
        clock=Clock.LOCAL,
        form=sent.c.form_id,
        columns={
            "fields": payload(sent.c.response),
            "page": sent.c.source_url,
            "status": sent.c.status,
        },
        where=[sent.c.status != "trashed"],
        parts={
            "log": Part(
                owner=log.c.source_id,
                columns={"result": log.c.status},
                where=[
                    log.c.source_type == "submission_item",
                    log.c.component == "EmailNotification",
                ],
            )
        },
        of_form=numbered(sent.c.form_id, select(forms.c.id), forms.c.title),
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    return Kept(
        filled=[
            Filled(name=name, value=_value(value))
            for name, value in mapping(row["fields"]).items()
            if not _is_own(name)
        ],
        form=as_text(row["form"]),
        page=as_text(row["page"]),
        is_spam=row["status"] == "spam",
        mail_failed=mail_failed(FAILED.get(line["result"]) for line in parts["log"]),
    )


def _value(value: Any) -> str:  # noqa: ANN401  JSON may be anything
    """Return what was filled in; the parts of a name, or an address, by name."""
    return as_text(value, " " if isinstance(value, dict) else ", ")


def _is_own(name: str) -> bool:
    """Tell what is none of the form's fields: nonces and honeypots."""
    return name.startswith("_") or name.endswith("__fluent_sf")
