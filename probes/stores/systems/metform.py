"""MetForm: an entry is a post, its fields a serialised array in one trait of it.

Version 4.1.8: `core/entries/action.php`.
"""

from typing import Any

from sqlalchemy import ColumnElement, select

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.php import unserialized
from probes.stores.system import Clock, Kept, Parts, Row, System, tables
from probes.stores.systems.wordpress import post_traits, posts
from probes.stores.texts import as_text

FORM = "metform_entries__form_id"
FIELDS = "metform_entries__form_data"


def system(prefix: str) -> System:
    """Return the store of MetForm among the tables of that prefix."""
    post = posts(prefix)
    meta = tables(prefix, "postmeta", "post_id meta_key meta_value")

    def of_form(wanted: str) -> ColumnElement[bool]:
        kept = select(meta.c.post_id).where(meta.c.meta_key == FORM)
        return post.c.ID.in_(kept.where(meta.c.meta_value == wanted))

    return System(
        name="MetForm",
        table=post,
        id=post.c.ID,
        at=post.c.post_date_gmt,
        clock=Clock.UTC,
        where=[post.c.post_type == "metform-entry", post.c.post_status == "publish"],
        parts={"traits": post_traits(prefix, _is_wanted)},
        of_form=of_form,
        understand=_understand,
    )


def _is_wanted(key: ColumnElement[Any]) -> ColumnElement[bool]:
    return key.in_((FORM, FIELDS))


def _understand(row: Row, parts: Parts) -> Kept:
    del row
    kept = {as_text(trait["key"]): trait["value"] for trait in parts["traits"]}
    if FIELDS not in kept:
        return Kept(filled=[])
    fields = unserialized(str(kept[FIELDS]))
    if not isinstance(fields, dict):
        raise Unintelligible("It is not a list of fields.")
    return Kept(
        filled=[Filled(name=k, value=as_text(v)) for k, v in fields.items()],
        form=as_text(kept.get(FORM)),
    )
