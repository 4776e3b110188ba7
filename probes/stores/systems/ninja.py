"""Ninja Forms: an entry is a post, each of its fields a trait of it.

Version 3.14.3: `includes/Database/Models/Submission.php`.
"""

from typing import Any

from sqlalchemy import ColumnElement, Integer, cast, func, or_, select

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables
from probes.stores.systems.wordpress import numbered, post_traits, posts, traits
from probes.stores.texts import as_text

FIELD = "_field_"
FORM = "_form_id"


def system(prefix: str) -> System:
    """Return the store of Ninja Forms among the tables of that prefix."""
    post = posts(prefix)
    meta = tables(prefix, "postmeta", "post_id meta_key meta_value")
    field = tables(prefix, "nf3_fields", "id label key type")
    forms = tables(prefix, "nf3_forms", "id title")
    number = cast(meta.c.meta_value, Integer)
    chosen = numbered(number, select(forms.c.id), forms.c.title)

    def of_form(wanted: str) -> ColumnElement[bool]:
        kept = select(meta.c.post_id).where(meta.c.meta_key == FORM, chosen(wanted))
        return post.c.ID.in_(kept)

    return System(
        name="Ninja Forms",
        table=post,
        id=post.c.ID,
        at=post.c.post_date_gmt,
        clock=Clock.UTC,
        where=[post.c.post_type == "nf_sub", post.c.post_status == "publish"],
        parts={
            "traits": post_traits(prefix, _is_wanted),
            "design": Part(
                owner=meta.c.post_id,
                columns={
                    "trait": meta.c.meta_key,
                    "key": field.c.key,
                    "label": field.c.label,
                    "type": field.c.type,
                },
                where=[
                    meta.c.meta_key.startswith(FIELD, autoescape=True),
                    # As numbers: texts of two tables may not be comparable.
                    field.c.id
                    == cast(func.substr(meta.c.meta_key, len(FIELD) + 1), Integer),
                ],
            ),
        },
        of_form=of_form,
        understand=_understand,
    )


def _is_wanted(key: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(key == FORM, key.startswith(FIELD, autoescape=True))


def _understand(row: Row, parts: Parts) -> Kept:
    del row
    kept = traits(parts["traits"])
    design = {as_text(field["trait"]): field for field in parts["design"]}
    filled = []
    for trait, value in kept.items():
        if trait.startswith(FIELD):
            field = design.get(trait)
            filled.append(
                Filled(
                    name=as_text(field["key"]) if field else trait,
                    value=value,
                    label=as_text(field["label"]) if field else "",
                    kind=as_text(field["type"]) if field else "",
                )
            )
    return Kept(filled=filled, form=kept.get(FORM, ""))
