"""Advanced CF7 DB: a row a field.

Version 2.0.5, `includes/vsz-cf7-db-function.php`.  Written before the mail is sent.
"""

from sqlalchemy import ColumnElement, select

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.systems.wordpress import of_post, options, traits

OWN = ("submit_time", "submit_ip", "submit_user_id")
"""What it adds to the fields of the form."""


def system(prefix: str) -> System:
    """Return the store of Advanced CF7 DB among the tables of that prefix."""
    data = tables(prefix, "cf7_vdata", "id created")
    entry = tables(prefix, "cf7_vdata_entry", "id cf7_id data_id name value")
    chosen = of_post(entry.c.cf7_id, prefix)

    def of_form(wanted: str) -> ColumnElement[bool]:
        return data.c.id.in_(select(entry.c.data_id).where(chosen(wanted)))

    return System(
        name="Advanced CF7 DB",
        table=data,
        id=data.c.id,
        at=data.c.created,
        clock=Clock.LOCAL,
        parts={
            "fields": Part(
                owner=entry.c.data_id,
                columns={
                    "key": entry.c.name,
                    "value": text(entry.c.value),
                    "form": entry.c.cf7_id,
                },
                order=entry.c.id,
            )
        },
        of_form=of_form,
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del row
    kept = traits(parts["fields"])
    return Kept(
        filled=[
            Filled(name=key, value=value)
            for key, value in kept.items()
            if key not in OWN
        ],
        at=kept.get("submit_time"),
        form=next((str(field["form"]) for field in parts["fields"]), ""),
    )
