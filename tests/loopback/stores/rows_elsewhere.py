"""Entries as Drupal and Wagtail write them."""

import json

from tests.loopback.stores.site import (
    EMAIL,
    MESSAGE,
    NAME,
    PHONE,
    SUBJECT,
    WHEN,
    Site,
    utc,
)


def drupal(site: Site) -> None:
    fields = (("name", NAME), ("email", EMAIL), ("phone", PHONE), ("subject", SUBJECT))
    for in_draft in (0, 1):
        sent = site.add(
            "webform_submission",
            webform_id="contact",
            uri="/contact",
            completed=int(WHEN.timestamp()),
            in_draft=in_draft,
        )
        for name, value in (*fields, ("message", MESSAGE)):
            site.add("webform_submission_data", sid=sent, name=name, value=value)
        for delta, value in enumerate(("Bread", "Cake")):
            site.add(
                "webform_submission_data",
                sid=sent,
                name="what",
                delta=delta,
                value=value,
            )


def wagtail(site: Site) -> None:
    site.add("wagtailcore_page", id=5, title="Contact")
    fields = {
        "your_name": NAME,
        "email": EMAIL,
        "phone": PHONE,
        "subject": SUBJECT,
        "message": MESSAGE,
    }
    site.add(
        "wagtailforms_formsubmission",
        form_data=json.dumps(fields),
        submit_time=utc(),
        page_id=5,
    )
