"""What each form system keeps in MariaDB is read as the visitor wrote it."""

import pytest

from probes.stores.sql_settings import SqlStoreSettings
from tests.loopback.stores.conftest import all_of, mysql_url
from tests.loopback.stores.site import EMAIL, MESSAGE, NAME, PAGE, PHONE, SUBJECT, WHEN

KINDS = SqlStoreSettings.model_fields["kind"].annotation.__args__
SPAM = ["flamingo", "wpforms", "gravity", "fluent", "forminator", "everest", "jetpack"]
NOTES = ["flamingo", "gravity", "elementor", "fluent"]
PAGES = [
    *("flamingo", "vxcf", "wpforms", "gravity", "elementor", "fluent", "formidable"),
    *("everest", "sureforms", "jetpack"),
]
FORMS = {
    "flamingo": "contact-form-1",
    "vxcf": "12",
    "gravity": "Contact",
    "elementor": "30_5ab12c3",
    "fluent": "Contact",
    "ninja": "Contact",
    "formidable": "Contact",
    "metform": "31",
    "jetpack": "33",
    "drupal": "contact",
    "wagtail": "Contact",
}


@pytest.mark.parametrize("kind", KINDS)
async def test_a_good_entry_is_read_as_it_was_written(mariadb, bakery, opened, kind):
    entry = (await all_of(opened(kind, mysql_url(mariadb, bakery))))[0]

    assert entry.submitted_at == WHEN
    assert (entry.name, entry.email) == (NAME, EMAIL)
    assert entry.phone == PHONE
    assert entry.message == MESSAGE
    # Forminator has no type for it, and its label stands in the form alone.
    assert entry.subject == (SUBJECT if kind != "forminator" else "")
    assert SUBJECT in (entry.subject, *entry.fields.values())
    assert not entry.is_spam
    assert entry.mail_failed is (False if kind in NOTES else None)
    assert entry.page == (PAGE if kind in PAGES else "/contact" * (kind == "drupal"))


@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_spam_is_told_apart_and_what_is_trash_left_out(
    mariadb, bakery, opened, kind
):
    entries = await all_of(opened(kind, mysql_url(mariadb, bakery)))

    assert [entry.is_spam for entry in entries].count(True) == (kind in SPAM)
    failed = [entry.mail_failed for entry in entries]
    assert failed.count(True) == (kind in (*NOTES, "sureforms"))
    good = 3 if kind == "jetpack" else 1
    assert len(entries) == good + (kind in SPAM) + (kind in (*NOTES, "sureforms"))


@pytest.mark.parametrize("kind", KINDS)
async def test_only_the_entries_of_the_form_that_is_named_are_read(
    mariadb, bakery, opened, kind
):
    url = mysql_url(mariadb, bakery)
    of_it = await all_of(opened(kind, url, form=FORMS.get(kind, "Contact")))
    of_another = await all_of(opened(kind, url, form="Newsletter' OR 1=1 -- "))

    assert of_it == await all_of(opened(kind, url))
    assert of_another == []


async def test_jetpacks_older_ways_to_write_are_understood(mariadb, bakery, opened):
    entries = await all_of(opened("jetpack", mysql_url(mariadb, bakery)))

    for entry in entries:
        assert (entry.name, entry.email, entry.subject) == (NAME, EMAIL, SUBJECT)
        assert entry.message == MESSAGE


async def test_a_list_is_one_text_and_a_file_its_name(mariadb, bakery, opened):
    flamingo, *_ = await all_of(opened("flamingo", mysql_url(mariadb, bakery)))
    cfdb7, *_ = await all_of(opened("cfdb7", mysql_url(mariadb, bakery)))
    drupal, *_ = await all_of(opened("drupal", mysql_url(mariadb, bakery)))

    assert flamingo.fields["what"] == drupal.fields["what"] == "Bread, Cake"
    assert cfdb7.fields["plan"] == "1782-plan.pdf"


async def test_a_field_that_the_configuration_names_is_believed(
    mariadb, bakery, opened
):
    store = opened(
        "flamingo",
        mysql_url(mariadb, bakery),
        fields={"message": "Your-Subject", "phone": "fax"},
    )

    entry = (await all_of(store))[0]
    assert (entry.message, entry.phone) == (SUBJECT, "")
