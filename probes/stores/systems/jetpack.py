"""Jetpack Forms: an entry is a post of the type `feedback`, its text JSON.

Version 16.0.1: `jetpack-forms/src/contact-form/class-feedback.php`.  Before it was
JSON it was the message, and after a mark the lines AUTHOR:, AUTHOR EMAIL:, SUBJECT:.
"""

import re
from collections.abc import Mapping
from typing import Any

from probes.errors import Unintelligible
from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Parts, Row, System, payload
from probes.stores.systems.json_fields import mapping
from probes.stores.systems.wordpress import of_post, posts
from probes.stores.texts import as_text

MORE = "<!--more-->"
LINE = re.compile(r"^(AUTHOR|AUTHOR EMAIL|SUBJECT): (.*)$", re.MULTILINE)
SAYS = {"AUTHOR": "name", "AUTHOR EMAIL": "email", "SUBJECT": "subject"}


def system(prefix: str) -> System:
    """Return the store of Jetpack among the tables of that prefix."""
    post = posts(prefix)
    return System(
        name="Jetpack Forms",
        table=post,
        id=post.c.ID,
        at=post.c.post_date_gmt,
        clock=Clock.UTC,
        form=post.c.post_parent,
        columns={"content": payload(post.c.post_content), "status": post.c.post_status},
        where=[
            post.c.post_type == "feedback",
            post.c.post_status.in_(("publish", "spam")),
        ],
        of_form=of_post(post.c.post_parent, prefix),
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    del parts
    content = as_text(row["content"]) if MORE in str(row["content"]) else ""
    form, is_spam = as_text(row["form"]), row["status"] == "spam"
    if content:
        message, _, rest = content.partition(MORE)
        said = {SAYS[key]: value.strip() for key, value in LINE.findall(rest)}
        filled = [Filled(name="message", value=message.strip(), kind="textarea")]
        return Kept(filled=filled, said=said, form=form, is_spam=is_spam)
    kept = _json(str(row["content"]))
    fields = kept.get("fields")
    return Kept(
        filled=[
            Filled(
                name=as_text(field.get("key")),
                value=as_text(field.get("value")),
                label=as_text(field.get("label")),
                kind=as_text(field.get("type")),
            )
            for field in (fields if isinstance(fields, list) else ())
            if isinstance(field, dict)
        ],
        said={"subject": as_text(kept.get("subject"))},
        form=form,
        page=as_text(kept.get("request_url")),
        is_spam=is_spam,
    )


def _json(content: str) -> Mapping[str, Any]:
    """Return the JSON in a post; WordPress may have put backslashes before its own."""
    try:
        return mapping(content)
    except Unintelligible:
        return mapping(re.sub(r"\\(.)", r"\1", content.strip(), flags=re.DOTALL))
