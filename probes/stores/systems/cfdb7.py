"""Contact Form CFDB7: one row a message, its fields as PHP's serialised array.

Version 1.3.5, `contact-form-cfdb-7.php`.  Written before the mail is sent, and not
at all for spam.
"""

import re

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.php import unserialized
from probes.stores.system import Clock, Kept, Parts, Row, System, payload, tables
from probes.stores.systems.wordpress import of_post, options
from probes.stores.texts import as_text

STATUS = "cfdb7_status"
FILE = "cfdb7_file"
ESCAPES = {"&quot;": '"', "&#039;": "'", "&#047;": "/", "&#092;": "\\"}
ESCAPED = re.compile("|".join(ESCAPES))


def system(prefix: str) -> System:
    """Return CFDB7's store among the tables of that prefix."""
    forms = tables(prefix, "db7_forms", "form_id form_post_id form_value form_date")
    return System(
        name="CFDB7",
        table=forms,
        id=forms.c.form_id,
        at=forms.c.form_date,
        clock=Clock.LOCAL,
        form=forms.c.form_post_id,
        columns={"fields": payload(forms.c.form_value)},
        of_form=of_post(forms.c.form_post_id, prefix),
        options=options(prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del parts
    fields = unserialized(row["fields"])
    if not isinstance(fields, dict):
        raise Unintelligible("It is not a list of fields.")
    return Kept(
        filled=[
            Filled(
                name=name.removesuffix(FILE),
                value=_plain(as_text(value)),
                kind="file" if name.endswith(FILE) else "",
            )
            for name, value in fields.items()
            if name != STATUS
        ],
        form=as_text(row["form"]),
    )


def _plain(text: str) -> str:
    """Undo the four escapes that CFDB7 makes, and no other.

    Any other entity was typed by the visitor.
    """
    return ESCAPED.sub(lambda found: ESCAPES[found[0]], text)
