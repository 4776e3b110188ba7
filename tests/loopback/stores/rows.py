"""Entries as each system writes them: one that is well, and others that are not."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.loopback.stores.tables import ELSEWHERE, WORDPRESS

SITE_ZONE = "America/New_York"
WHEN = datetime(2026, 7, 1, 12, 0, 5, tzinfo=UTC)
NAME, EMAIL, PHONE = "Zoë O'Brien", "zoe@example.org", "+49 30 123456-7"
SUBJECT = 'Rye "bread"'
MESSAGE = "Do you bake it on Fridays?\nÖl & Käse\\Brot/Wurst, it's for 30 🙂"
PAGE = "https://bakery.example/contact/"
COLLATION = "COLLATE utf8mb4_unicode_520_ci"
"""WordPress's own, which no connection has by itself."""
ESCAPED = {'"': "&quot;", "'": "&#039;", "/": "&#047;", "\\": "&#092;"}


def php(value: object) -> str:
    """Write a value as PHP's `serialize` does."""
    match value:
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case int():
            return f"i:{value};"
        case list():
            return php(dict(enumerate(value)))
        case dict():
            inner = "".join(php(k) + php(v) for k, v in value.items())
            return f"a:{len(value)}:{{{inner}}}"
        case _:
            return "N;"


class Site:
    """A site's database, into which its form systems write."""

    def __init__(self, connection: Any) -> None:
        self.cursor = connection.cursor()
        for name, columns in WORDPRESS.items():
            self.cursor.execute(f"CREATE TABLE wp_{name} ({columns}) {COLLATION}")
        for name, columns in ELSEWHERE.items():
            self.cursor.execute(f"CREATE TABLE {name} ({columns}) CHARSET utf8mb4")

    def add(self, table: str, **values: object) -> int:
        """Insert a row, and return its number."""
        names = ", ".join(f"`{name}`" for name in values)
        marks = ", ".join(["%s"] * len(values))
        self.cursor.execute(
            f"INSERT INTO {table} ({names}) VALUES ({marks})", list(values.values())
        )
        return int(self.cursor.lastrowid)

    def add_post(self, kind: str, status: str, **values: object) -> int:
        """Insert a post, and return its number."""
        return self.add(
            "wp_posts",
            **{"post_date_gmt": utc(), "post_title": "", **values},
            post_type=kind,
            post_status=status,
        )

    def add_traits(self, post: int, traits: Mapping[str, object]) -> None:
        """Insert the traits of a post."""
        for key, value in traits.items():
            self.add("wp_postmeta", post_id=post, meta_key=key, meta_value=value)


def utc(minutes: int = 0) -> str:
    """Return a time as a column in UTC has it."""
    return f"{WHEN + timedelta(minutes=minutes):%Y-%m-%d %H:%M:%S}"


def local(minutes: int = 0) -> str:
    """Return a time as the site's own clock shows it."""
    when = (WHEN + timedelta(minutes=minutes)).astimezone(ZoneInfo(SITE_ZONE))
    return f"{when:%Y-%m-%d %H:%M:%S}"


CF7 = {
    "your-name": NAME,
    "your-email": EMAIL,
    "your-phone": PHONE,
    "your-subject": SUBJECT,
    "your-message": MESSAGE,
}


def fill(site: Site) -> None:
    """Write for each system a good entry, and others as it knows them."""
    site.add("wp_options", option_name="timezone_string", option_value=SITE_ZONE)
    site.add("wp_options", option_name="gmt_offset", option_value="")
    site.add("wp_posts", ID=12, post_type="wpcf7_contact_form", post_title="Contact")
    for write in (_flamingo, _cfdb7, _acf7db, _vxcf, _wpforms, _gravity, _elementor):
        write(site)
    for write in (_fluent, _ninja, _formidable, _forminator, _everest, _sureforms):
        write(site)
    for write in (_metform, _jetpack, _drupal, _wagtail):
        write(site)


def _flamingo(site: Site) -> None:
    site.add("wp_terms", term_id=3, name="Contact form 1", slug="contact-form-1")
    site.add(
        "wp_term_taxonomy",
        term_taxonomy_id=4,
        term_id=3,
        taxonomy="flamingo_inbound_channel",
    )
    for box, status in (
        ("publish", "mail_sent"),
        ("flamingo-spam", "spam"),
        ("publish", "mail_failed"),
        ("trash", "mail_sent"),
    ):
        post = site.add_post("flamingo_inbound", box)
        site.add("wp_term_relationships", object_id=post, term_taxonomy_id=4)
        site.add_traits(
            post,
            {
                "_submission_status": status,
                "_subject": SUBJECT,
                "_from": f"{NAME} <{EMAIL}>",
                "_from_name": NAME,
                "_from_email": EMAIL,
                **{f"_field_{name}": value for name, value in CF7.items()},
                "_field_what": php(["Bread", "Cake"]),
                "_fields": php(dict.fromkeys(CF7)),
                "_meta": php({"remote_ip": "203.0.113.9", "url": PAGE}),
            },
        )


def _cfdb7(site: Site) -> None:
    fields = {
        name: "".join(ESCAPED.get(sign, sign) for sign in value)
        for name, value in CF7.items()
    }
    value = {"cfdb7_status": "unread", **fields, "plancfdb7_file": "1782-plan.pdf"}
    site.add("wp_db7_forms", form_post_id=12, form_value=php(value), form_date=local())


def _acf7db(site: Site) -> None:
    data = site.add("wp_cf7_vdata", created=local())
    for name, value in {**CF7, "submit_time": local(), "submit_ip": "::1"}.items():
        site.add("wp_cf7_vdata_entry", cf7_id=12, data_id=data, name=name, value=value)


def _vxcf(site: Site) -> None:
    for status in (0, 1):
        lead = site.add(
            "wp_vxcf_leads", form_id="cf_12", status=status, url=PAGE, created=local()
        )
        for name, value in CF7.items():
            site.add("wp_vxcf_leads_detail", lead_id=lead, name=name, value=value)


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


def _wpforms(site: Site) -> None:
    for status in ("", "spam", "partial", "trash"):
        entry = site.add(
            "wp_wpforms_entries",
            form_id=12,
            status=status,
            fields=described("id"),
            date=utc(),
        )
        site.add("wp_wpforms_entry_meta", entry_id=entry, type="page_url", data=PAGE)


def _gravity(site: Site) -> None:
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


def _elementor(site: Site) -> None:
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


def _fluent(site: Site) -> None:
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


def _ninja(site: Site) -> None:
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


def _formidable(site: Site) -> None:
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


def _forminator(site: Site) -> None:
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


def _everest(site: Site) -> None:
    for status in ("publish", "spam", "trash"):
        site.add(
            "wp_evf_entries",
            form_id=12,
            referer=PAGE,
            fields=described("meta_key"),
            status=status,
            date_created=utc(),
        )


def _sureforms(site: Site) -> None:
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


def _metform(site: Site) -> None:
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


def _jetpack(site: Site) -> None:
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


def _drupal(site: Site) -> None:
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


def _wagtail(site: Site) -> None:
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
