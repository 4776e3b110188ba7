"""Entries as form systems of WordPress write them into tables of their own."""

import json

from tests.loopback.stores.site import (
    EMAIL,
    MESSAGE,
    NAME,
    PAGE,
    PHONE,
    SUBJECT,
    Site,
    local,
    php,
    utc,
)


def described(key: str) -> str:
    """Return the fields in JSON, each with its label and type."""
    fields = {
        "1": {"name": "Name", "value": NAME, "type": "name"},
        "2": {"name": "Your address", "value": EMAIL, "type": "email"},
        "3": {"name": "", "value": PHONE, "type": "phone"},
        "4": {"name": "Subject", "value": SUBJECT, "type": "text"},
        "5": {"name": "How can we help?", "value": MESSAGE, "type": "textarea"},
    }
    for number, field in fields.items():
        field[key] = number
    return json.dumps(fields)


def wpforms(site: Site) -> None:
    for status in ("", "spam", "partial", "trash"):
        entry = site.add(
            "wp_wpforms_entries",
            form_id=12,
            status=status,
            fields=described("id"),
            date=utc(),
        )
        site.add("wp_wpforms_entry_meta", entry_id=entry, type="page_url", data=PAGE)


def gravity(site: Site) -> None:
    site.add("wp_gf_form", id=1, title="Contact")
    design = [
        {"id": 1, "type": "name", "label": "Who are you?"},
        {"id": 2, "type": "email", "label": "Email"},
        {"id": 3, "type": "phone", "label": "Phone"},
        {"id": "4", "type": "text", "label": "Subject"},
        {"id": 5, "type": "textarea", "label": "Your wish"},
    ]
    site.add("wp_gf_form_meta", form_id=1, display_meta=json.dumps({"fields": design}))
    first, last = NAME.split()
    fields = {"1.6": last, "1.3": first, "2": EMAIL, "3": PHONE, "4": SUBJECT}
    for status, note in (
        ("active", "success"),
        ("spam", None),
        ("active", "error"),
        ("trash", "success"),
    ):
        entry = site.add(
            "wp_gf_entry", form_id=1, date_created=utc(), source_url=PAGE, status=status
        )
        for key, value in {**fields, "5": MESSAGE, "submission_speeds": "9"}.items():
            site.add("wp_gf_entry_meta", entry_id=entry, meta_key=key, meta_value=value)
        if note:
            site.add(
                "wp_gf_entry_notes",
                entry_id=entry,
                note_type="notification",
                sub_type=note,
            )


def elementor(site: Site) -> None:
    fields = {"name": NAME, "email": EMAIL, "field_1": PHONE, "subject": SUBJECT}
    for status, result in (("new", "success"), ("new", "failed"), ("trash", "success")):
        sent = site.add(
            "wp_e_submissions",
            type="submission",
            post_id=30,
            referer=PAGE,
            element_id="5ab12c3",
            form_name="Contact",
            status=status,
            created_at_gmt=utc(),
        )
        for key, value in {**fields, "message": MESSAGE}.items():
            site.add(
                "wp_e_submissions_values", submission_id=sent, key=key, value=value
            )
        for action in ("email", "save-to-database"):
            site.add(
                "wp_e_submissions_actions_log",
                submission_id=sent,
                action_name=action,
                status=result if action == "email" else "success",
            )


def fluent(site: Site) -> None:
    site.add("wp_fluentform_forms", id=3, title="Contact")
    first, last = NAME.split()
    response = {
        "__fluent_form_embded_post_id": "21",
        "_wp_http_referer": "/contact/",
        "item_3__fluent_sf": "",
        "names": {"first_name": first, "last_name": last},
        "email": EMAIL,
        "phone": PHONE,
        "subject": SUBJECT,
        "message": MESSAGE,
    }
    for status, result in (
        ("unread", "success"),
        ("spam", None),
        ("unread", "failed"),
        ("trashed", None),
    ):
        sent = site.add(
            "wp_fluentform_submissions",
            form_id=3,
            response=json.dumps(response),
            source_url=PAGE,
            status=status,
            created_at=local(),
        )
        for said in ("info", result) if result else ():
            site.add(
                "wp_fluentform_logs",
                source_type="submission_item",
                source_id=sent,
                component="EmailNotification",
                status=said,
            )


def formidable(site: Site) -> None:
    site.add("wp_frm_forms", id=1, name="Contact")
    first, last = NAME.split()
    fields = (
        ("qh4icy", "Name", "name", php({"first": first, "last": last})),
        ("29yf4d", "Email", "email", EMAIL),
        ("p7yf4d", "Phone", "phone", PHONE),
        ("e6lis6", "Subject", "text", SUBJECT),
        ("9jv0r1", "Message", "textarea", MESSAGE),
    )
    for number, (key, label, kind, _) in enumerate(fields, 1):
        site.add("wp_frm_fields", id=number, field_key=key, name=label, type=kind)
    for is_draft in (0, 1):
        item = site.add(
            "wp_frm_items",
            description=json.dumps({"browser": "Firefox", "referrer": PAGE}),
            form_id=1,
            is_draft=is_draft,
            created_at=utc(),
        )
        for number, field in enumerate(fields, 1):
            site.add(
                "wp_frm_item_metas",
                item_id=item,
                field_id=number,
                meta_value=field[3],
            )


def forminator(site: Site) -> None:
    first, last = NAME.split()
    fields = {
        "name-1": php({"first-name": first, "last-name": last}),
        "email-1": EMAIL,
        "phone-1": PHONE,
        "text-1": SUBJECT,
        "textarea-1": MESSAGE,
        "_forminator_user_ip": "203.0.113.9",
    }
    for status, is_spam in (("active", 0), ("spam", 1), ("draft", 0)):
        entry = site.add(
            "wp_frmt_form_entry",
            entry_type="custom-forms",
            form_id=12,
            is_spam=is_spam,
            date_created=local(),
            status=status,
        )
        for key, value in fields.items():
            site.add(
                "wp_frmt_form_entry_meta",
                entry_id=entry,
                meta_key=key,
                meta_value=value,
            )


def everest(site: Site) -> None:
    for status in ("publish", "spam", "trash"):
        site.add(
            "wp_evf_entries",
            form_id=12,
            referer=PAGE,
            fields=described("meta_key"),
            status=status,
            date_created=utc(),
        )


def sureforms(site: Site) -> None:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace('"', "&quot;").replace("'", "&#039;")

    fields = {
        "srfm-input-ffccdba2-lbl-TmFtZQ-name": NAME,
        "srfm-email-f52b7852-lbl-RW1haWw-email": EMAIL,
        "srfm-phone-f52b7853-lbl-UGhvbmU-phone": PHONE,
        "srfm-input-f52b7854-lbl-U3ViamVjdA-subject": SUBJECT,
        "srfm-textarea-adf9f901-lbl-TWVzc2FnZQ-message": MESSAGE,
    }
    data = {key: escaped(escaped(value)) for key, value in fields.items()}
    failed = "Unable to send the email notification to owner@bakery.example"
    for status, logs in (
        ("unread", []),
        ("read", [{"title": "Email", "messages": [failed]}]),
        ("trash", []),
    ):
        site.add(
            "wp_srfm_entries",
            form_id=12,
            form_data=json.dumps(data),
            logs=json.dumps(logs),
            submission_info=json.dumps({"submission_url": PAGE}),
            status=status,
            created_at=local(),
        )
