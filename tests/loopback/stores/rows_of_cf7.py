"""Entries as the stores of Contact Form 7 write them."""

from tests.loopback.stores.site import (
    CF7,
    EMAIL,
    NAME,
    PAGE,
    SUBJECT,
    Site,
    local,
    php,
)

ESCAPED = {'"': "&quot;", "'": "&#039;", "/": "&#047;", "\\": "&#092;"}


def flamingo(site: Site) -> None:
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


def cfdb7(site: Site) -> None:
    fields = {
        name: "".join(ESCAPED.get(sign, sign) for sign in value)
        for name, value in CF7.items()
    }
    value = {"cfdb7_status": "unread", **fields, "plancfdb7_file": "1782-plan.pdf"}
    site.add("wp_db7_forms", form_post_id=12, form_value=php(value), form_date=local())


def acf7db(site: Site) -> None:
    data = site.add("wp_cf7_vdata", created=local())
    for name, value in {**CF7, "submit_time": local(), "submit_ip": "::1"}.items():
        site.add("wp_cf7_vdata_entry", cf7_id=12, data_id=data, name=name, value=value)


def vxcf(site: Site) -> None:
    for status in (0, 1):
        lead = site.add(
            "wp_vxcf_leads", form_id="cf_12", status=status, url=PAGE, created=local()
        )
        for name, value in CF7.items():
            site.add("wp_vxcf_leads_detail", lead_id=lead, name=name, value=value)
