"""Wagtail's forms: one row a message, its fields as JSON.

`wagtail/contrib/forms/models.py` (FormSubmission).  Saved before the mail is sent.
"""

from sqlalchemy import String, cast, select

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Parts, Row, System, payload, tables
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import numbered
from probes.stores.texts import as_text


def system(prefix: str) -> System:
    """Return the store of Wagtail's own forms."""
    sent = tables(
        prefix, "wagtailforms_formsubmission", "id form_data submit_time page_id"
    )
    pages = tables(prefix, "wagtailcore_page", "id title")
    return System(
        name="Wagtail",
        table=sent,
        id=sent.c.id,
        at=sent.c.submit_time,
        clock=Clock.UTC,
        form=sent.c.page_id,
        # PostgreSQL keeps it as jsonb, of which nothing can be cut.
        columns={"fields": payload(cast(sent.c.form_data, String))},
        of_form=numbered(sent.c.page_id, select(pages.c.id), pages.c.title),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del parts
    return Kept(
        filled=[
            Filled(name=name, value=as_text(value))
            for name, value in mapping(row["fields"]).items()
        ],
        form=as_text(row["form"]),
    )
