"""SureForms: one row an entry, its fields as JSON whose keys tell type and label.

Version 2.11.0: `inc/database/tables/entries.php`, `inc/form-submit.php`.  A key is
`srfm-TYPE-HASH-lbl-LABEL-NAME`, the label in Base64; values are escaped for HTML.
"""

import html
import re
from base64 import b64decode

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Parts, Row, System, payload, tables, text
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import of_post, options
from probes.stores.texts import as_text

KEY = re.compile(r"srfm-(?P<kind>[a-z-]+?)-\w+-lbl-(?P<label>[\w+/]+)-(?P<name>.+)")
FAILURE = "unable to send the email notification"


def system(prefix: str) -> System:
    """Return the store of SureForms among the tables of that prefix."""
    entries = tables(
        prefix,
        "srfm_entries",
        "ID form_id form_data logs submission_info status created_at",
    )
    return System(
        name="SureForms",
        table=entries,
        id=entries.c.ID,
        at=entries.c.created_at,
        clock=Clock.LOCAL,
        form=entries.c.form_id,
        columns={
            "fields": payload(entries.c.form_data),
            "about": text(entries.c.submission_info),
            "logs": text(entries.c.logs),
        },
        where=[entries.c.status != "trash"],
        of_form=of_post(entries.c.form_id, prefix),
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del parts
    return Kept(
        filled=[_filled(k, as_text(v)) for k, v in mapping(row["fields"]).items()],
        form=as_text(row["form"]),
        page=_page(row),
        mail_failed=True if FAILURE in as_text(row["logs"]).lower() else None,
    )


def _filled(key: str, value: str) -> Filled:
    # Escaped when it is read from the request, and again when it is kept.
    plain = html.unescape(html.unescape(value))
    found = KEY.fullmatch(key)
    if found is None:
        return Filled(name=key, value=plain)
    kind = "text" if found["kind"] == "input" else found["kind"]
    return Filled(
        name=found["name"], value=plain, label=_label(found["label"]), kind=kind
    )


def _label(written: str) -> str:
    padded = written + "=" * (-len(written) % 4)
    try:
        return as_text(b64decode(padded))
    except ValueError:
        return ""


def _page(row: Row) -> str:
    try:
        return as_text(mapping(row["about"]).get("submission_url"))
    except Unintelligible:
        return ""
