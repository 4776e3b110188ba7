"""Flamingo, which keeps what Contact Form 7 has sent (its makers' own store).

Version 2.6.2: `includes/class-inbound-message.php`, and `modules/flamingo.php` of
Contact Form 7 (https://github.com/rocklobster-in/flamingo).
"""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables
from probes.stores.systems.wordpress import (
    post_traits,
    posts,
    read_php,
    traits,
)

FIELD = "_field_"
SAYS = {"name": "_from_name", "email": "_from_email", "subject": "_subject"}
WANTED = (*SAYS.values(), "_submission_status", "_meta")
FAILED = {"mail_failed": True, "mail_sent": False}


def system(prefix: str) -> System:
    """Return Flamingo's store among the tables of that prefix."""
    post = posts(prefix)
    terms = tables(prefix, "terms", "term_id name slug")
    kinds = tables(prefix, "term_taxonomy", "term_taxonomy_id term_id taxonomy")
    uses = tables(prefix, "term_relationships", "object_id term_taxonomy_id")
    is_channel = and_(
        kinds.c.term_taxonomy_id == uses.c.term_taxonomy_id,
        kinds.c.taxonomy == "flamingo_inbound_channel",
        terms.c.term_id == kinds.c.term_id,
    )

    def of_form(wanted: str) -> ColumnElement[bool]:
        named = or_(terms.c.slug == wanted, terms.c.name == wanted)
        return post.c.ID.in_(select(uses.c.object_id).where(is_channel, named))

    return System(
        name="Flamingo",
        table=post,
        id=post.c.ID,
        at=post.c.post_date_gmt,
        clock=Clock.UTC,
        columns={"status": post.c.post_status},
        where=[
            post.c.post_type == "flamingo_inbound",
            post.c.post_status.in_(("publish", "flamingo-spam")),
        ],
        parts={
            "traits": post_traits(prefix, _is_wanted),
            "channels": Part(
                owner=uses.c.object_id,
                columns={"slug": terms.c.slug},
                where=[is_channel],
            ),
        },
        of_form=of_form,
        understand=_understand,
    )


def _is_wanted(key: ColumnElement[Any]) -> ColumnElement[bool]:
    return or_(key.in_(WANTED), key.startswith(FIELD, autoescape=True))


def _understand(row: Row, parts: Parts) -> Kept:
    kept = traits(parts["traits"])
    meta = next((r["value"] for r in parts["traits"] if r["key"] == "_meta"), "")
    about = read_php(meta)
    urls = about if isinstance(about, dict) else {}
    return Kept(
        filled=[
            Filled(name=key.removeprefix(FIELD), value=value)
            for key, value in kept.items()
            if key.startswith(FIELD)
        ],
        said={part: kept.get(key, "") for part, key in SAYS.items()},
        form=next((str(channel["slug"]) for channel in parts["channels"]), ""),
        page=str(urls.get("url") or urls.get("post_url") or ""),
        is_spam=row["status"] == "flamingo-spam",
        mail_failed=FAILED.get(kept.get("_submission_status", "")),
    )
