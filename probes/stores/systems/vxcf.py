"""Contact Form Entries, by CRM Perks: entries of many form plugins, a row a field.

Version 1.4.0, `includes/data.php`.  Its `url` is often that of the request, not of
the page.
"""

from sqlalchemy import ColumnElement

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.systems.wordpress import options, traits
from probes.stores.texts import as_text

TRASHED = 1


def system(prefix: str) -> System:
    """Return the store of Contact Form Entries among the tables of that prefix."""
    leads = tables(prefix, "vxcf_leads", "id form_id status url created")
    detail = tables(prefix, "vxcf_leads_detail", "id lead_id name value")

    def of_form(wanted: str) -> ColumnElement[bool]:
        return leads.c.form_id.in_((wanted, f"cf_{wanted}"))

    return System(
        name="Contact Form Entries",
        table=leads,
        id=leads.c.id,
        at=leads.c.created,
        clock=Clock.LOCAL,
        form=leads.c.form_id,
        columns={"page": leads.c.url},
        where=[leads.c.status != TRASHED],
        parts={
            "fields": Part(
                owner=detail.c.lead_id,
                columns={"key": detail.c.name, "value": text(detail.c.value)},
                order=detail.c.id,
            )
        },
        of_form=of_form,
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    kept = traits(parts["fields"])
    page = as_text(row["page"])
    return Kept(
        filled=[Filled(name=key, value=value) for key, value in kept.items()],
        form=as_text(row["form"]),
        page=page if page.startswith("http") else "",
    )
