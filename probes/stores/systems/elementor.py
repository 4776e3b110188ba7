"""Elementor Pro's "Collect Submissions": a row a field, and a log of its actions.

Version 3.33.1: `modules/forms/submissions/database`.  A form is named by its own
name, by its element's, or by both its post's number and that, as `30_5ab12c3`.
"""

from sqlalchemy import ColumnElement, and_, or_

from probes.stores.meaning import Filled
from probes.stores.system import Clock, Kept, Part, Parts, Row, System, tables, text
from probes.stores.systems.wordpress import mail_failed, traits
from probes.stores.texts import as_text

MAILS = ("email", "email2")
FAILED = {"failed": True, "success": False}


def system(prefix: str) -> System:
    """Return the store of Elementor Pro among the tables of that prefix."""
    sent = tables(
        prefix,
        "e_submissions",
        "id type post_id referer element_id form_name status created_at_gmt",
    )
    value = tables(prefix, "e_submissions_values", "id submission_id key value")
    log = tables(
        prefix, "e_submissions_actions_log", "submission_id action_name status"
    )

    def of_form(wanted: str) -> ColumnElement[bool]:
        post, _, element = wanted.partition("_")
        both = and_(
            sent.c.post_id == (int(post) if post.isdecimal() else -1),
            sent.c.element_id == element,
        )
        return or_(sent.c.element_id == wanted, sent.c.form_name == wanted, both)

    return System(
        name="Elementor Pro",
        table=sent,
        id=sent.c.id,
        at=sent.c.created_at_gmt,
        clock=Clock.UTC,
        form=sent.c.element_id,
        columns={"page": sent.c.referer},
        where=[sent.c.type == "submission", sent.c.status != "trash"],
        parts={
            "fields": Part(
                owner=value.c.submission_id,
                columns={"key": value.c.key, "value": text(value.c.value)},
                order=value.c.id,
            ),
            "log": Part(
                owner=log.c.submission_id,
                columns={"result": log.c.status},
                where=[log.c.action_name.in_(MAILS)],
            ),
        },
        of_form=of_form,
        understand=_understand,
    )


def _understand(row: Row, parts: Parts) -> Kept:
    return Kept(
        filled=[
            Filled(name=key, value=value)
            for key, value in traits(parts["fields"]).items()
        ],
        form=as_text(row["form"]),
        page=as_text(row["page"]),
        mail_failed=mail_failed(FAILED.get(a["result"]) for a in parts["log"]),
    )
