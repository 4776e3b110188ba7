"""What the form plugins of WordPress share: posts, their traits, and options."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, TableClause, select

from probes.errors import Unintelligible
from probes.stores.php import Php, is_serialized, unserialized
from probes.stores.system import Part, Row, payload, tables
from probes.stores.texts import as_text

PREFIX = "wp_"
MOST_DIGITS = 18

Chooser = Callable[[str], ColumnElement[bool]]


def posts(prefix: str) -> TableClause:
    """Return the table of posts, of which plugins make entries of their own kind."""
    return tables(
        prefix,
        "posts",
        "ID post_type post_status post_title post_name post_content post_parent"
        " post_mime_type post_date_gmt",
    )


def options(prefix: str) -> TableClause:
    """Return the table of the site's options."""
    return tables(prefix, "options", "option_name option_value")


def post_traits(
    prefix: str, keys: Callable[[ColumnElement[Any]], ColumnElement[bool]]
) -> Part:
    """Return the traits of posts (`postmeta`) whose key is one of `keys`."""
    meta = tables(prefix, "postmeta", "meta_id post_id meta_key meta_value")
    return Part(
        owner=meta.c.post_id,
        columns={"key": meta.c.meta_key, "value": payload(meta.c.meta_value)},
        where=[keys(meta.c.meta_key)],
        order=meta.c.meta_id,
    )


def numbered(
    form: ColumnElement[Any], titles: Select[Any], title: ColumnElement[Any]
) -> Chooser:
    """Choose a form by its number, or by its title among `titles`."""

    def chosen(wanted: str) -> ColumnElement[bool]:
        if wanted.isdecimal() and len(wanted) <= MOST_DIGITS:
            return form == int(wanted)
        return form.in_(titles.where(title == wanted))

    return chosen


def of_post(form: ColumnElement[Any], prefix: str) -> Chooser:
    """Choose a form that is itself a post."""
    table = posts(prefix)
    return numbered(form, select(table.c.ID), table.c.post_title)


def mail_failed(results: Iterable[bool | None]) -> bool | None:
    """Return whether any mail of an entry failed; None where no note of it says."""
    known = [result for result in results if result is not None]
    return any(known) if known else None


def traits(rows: Sequence[Row]) -> Mapping[str, str]:
    """Return the values of rows by their keys, as texts; the last of several counts."""
    return {as_text(row["key"]): value_of(row["value"]) for row in rows}


def value_of(value: object) -> str:
    """Return what a plugin has stored as text, also where it is a list in PHP's way."""
    return as_text(read_php(value))


def read_php(value: object) -> Php:
    """Return the value in a text of PHP's making, and any other text as it is."""
    said = as_text(value)
    if not is_serialized(said):
        return said
    try:
        return unserialized(str(value))
    except Unintelligible:
        return said
