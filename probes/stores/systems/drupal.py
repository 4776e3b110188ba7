"""Drupal's Webform: a row a value, times in seconds since 1970.

`webform_submission` and `webform_submission_data` of the Webform module: `property`
names a part of an address, `delta` numbers several values.
"""

from sqlalchemy import ColumnElement

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.texts import as_text


def system(prefix: str) -> System:
    """Return the store of Webform among the tables of that prefix."""
    sent = tables(prefix, "webform_submission", "sid webform_id uri completed in_draft")
    data = tables(prefix, "webform_submission_data", "sid name property delta value")

    def of_form(wanted: str) -> ColumnElement[bool]:
        return sent.c.webform_id == wanted

    return System(
        name="Drupal Webform",
        table=sent,
        id=sent.c.sid,
        at=sent.c.completed,
        clock=Clock.EPOCH,
        form=sent.c.webform_id,
        columns={"page": text(sent.c.uri)},
        where=[sent.c.in_draft == 0],
        parts={
            "fields": Part(
                owner=data.c.sid,
                columns={"key": data.c.name, "value": text(data.c.value)},
                order=data.c.delta,
            )
        },
        of_form=of_form,
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    values: dict[str, list[object]] = {}
    for field in parts["fields"]:
        values.setdefault(as_text(field["key"]), []).append(field["value"])
    return Kept(
        filled=[Filled(name=name, value=as_text(of)) for name, of in values.items()],
        form=as_text(row["form"]),
        page=as_text(row["page"]),
    )
