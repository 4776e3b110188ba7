"""Entries as form systems write them that keep them as posts of WordPress."""

import json

from tests.loopback.stores.site import (
    EMAIL,
    MESSAGE,
    NAME,
    PAGE,
    PHONE,
    SUBJECT,
    Site,
    php,
)


def ninja(site: Site) -> None:
    site.add("wp_nf3_forms", id=1, title="Contact")
    fields = (
        ("name", "Name", "textbox", NAME),
        ("email_1", "Email", "email", EMAIL),
        ("phone_1", "Phone", "phone", PHONE),
        ("topic_1", "Subject", "textbox", SUBJECT),
        ("message", "Message", "textarea", MESSAGE),
    )
    for number, (key, label, kind, _) in enumerate(fields, 1):
        site.add("wp_nf3_fields", id=number, label=label, key=key, type=kind)
    for status in ("publish", "trash"):
        post = site.add_post("nf_sub", status)
        values = {f"_field_{n}": field[3] for n, field in enumerate(fields, 1)}
        site.add_traits(post, {**values, "_form_id": "1", "_seq_num": "4"})


def metform(site: Site) -> None:
    first, last = NAME.split()
    fields = {
        "mf-first-name": first,
        "mf-last-name": last,
        "mf-email": EMAIL,
        "mf-telephone": PHONE,
        "mf-subject": SUBJECT,
        "mf-comment": MESSAGE,
    }
    for status in ("publish", "trash"):
        post = site.add_post("metform-entry", status)
        site.add_traits(
            post,
            {
                "mf_page_id": "32",
                "metform_entries__form_id": "31",
                "metform_entries__form_data": php(fields),
                "metform_entries__file_upload_new": None,
            },
        )


def jetpack(site: Site) -> None:
    fields = [
        {"key": "1_Name", "label": "Name", "value": NAME, "type": "name"},
        {"key": "2_Email", "label": "Email", "value": EMAIL, "type": "email"},
        {"key": "3_Phone", "label": "Phone", "value": PHONE, "type": "telephone"},
        {"key": "4_Message", "label": "Message", "value": MESSAGE, "type": "textarea"},
    ]
    content = json.dumps({"subject": SUBJECT, "request_url": PAGE, "fields": fields})
    slashed = content.replace("\\", "\\\\").replace('"', '\\"')
    legacy = (
        f"{MESSAGE}\n<!--more-->\nAUTHOR: {NAME}\nAUTHOR EMAIL: {EMAIL}\n"
        f"AUTHOR URL: \nSUBJECT: {SUBJECT}\nIP: 203.0.113.9\n"
    )
    for status, mime, text in (
        ("publish", "v3", content),
        ("spam", "v3", content),
        ("publish", "v3", slashed),
        ("publish", "", legacy),
        ("trash", "v3", content),
    ):
        site.add_post(
            "feedback",
            status,
            post_content=text,
            post_mime_type=mime,
            post_parent=33,
        )
