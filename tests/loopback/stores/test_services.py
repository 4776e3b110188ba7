"""Services that keep inquiries are asked, paged and understood as they document it."""

import base64
from datetime import timedelta

import pytest

from probes.secrets import Secret
from probes.stores.rest.open import HOSTED
from probes.stores.store import Entry
from tests.loopback.stores.service_answers import (
    ANN,
    DOCUMENTED,
    KEY,
    NOON,
    formspree,
    gravity,
    jetpack,
    webflow,
)
from tests.loopback.stores.service_site import service_site
from tests.loopback.stores.services import hosted, piece, wordpress


def parts(entry: Entry) -> tuple[str, ...]:
    return entry.name, entry.email, entry.phone, entry.message


@pytest.mark.parametrize("kind", HOSTED)
async def test_a_service_is_asked_and_understood_as_it_documents(
    kind: str, key: Secret
) -> None:
    answers, is_as_documented, scheme = DOCUMENTED[kind]
    async with service_site(answers) as site:
        read = await piece(hosted(kind, site, key))

    assert read.is_last
    assert not read.skipped
    assert parts(read.entries[0]) == ANN
    assert read.entries[0].submitted_at.replace(second=0, microsecond=0) in {
        NOON,
        NOON + timedelta(minutes=1),
    }
    assert all(is_as_documented(asked) for asked in site.asked)
    login = site.asked[0].headers.get("authorization", "")
    assert login.startswith(scheme)
    if scheme == "Bearer":
        assert login == f"Bearer {KEY}"


@pytest.mark.parametrize("kind", ["basin", "formspree", "netlify"])
async def test_what_a_service_holds_for_spam_is_told_apart(
    kind: str, key: Secret
) -> None:
    async with service_site(DOCUMENTED[kind][0]) as site:
        read = await piece(hosted(kind, site, key))

    assert sorted((entry.id[-1], entry.is_spam) for entry in read.entries) == [
        ("1", False),
        ("2", True),
    ]


async def test_formspree_says_that_its_mail_went_out(key: Secret) -> None:
    async with service_site(formspree) as site:
        read = await piece(hosted("formspree", site, key))

    assert read.entries[0].mail_failed is False
    user = base64.b64decode(site.asked[0].headers["authorization"].split()[1])
    assert user == f":{KEY}".encode()


async def test_the_owner_may_name_the_fields(key: Secret) -> None:
    async with service_site(webflow) as site:
        store = hosted("webflow", site, key, fields={"subject": "phone"})
        (entry,) = (await piece(store)).entries

    assert entry.subject == ANN[2]


async def test_gravity_forms_is_read_page_by_page(key: Secret) -> None:
    async with service_site(gravity) as site:
        store = wordpress("gravity-rest", site, key, form="7")
        read, cursor = [], ""
        while not read or not read[-1].is_last:
            read.append(await piece(store, cursor, most=100))
            cursor = read[-1].cursor

    entries = [entry for each in read for entry in each.entries]
    assert [len(each.entries) for each in read] == [100, 100, 31]
    assert len({entry.id for entry in entries}) == 231
    assert entries == sorted(entries, key=lambda entry: entry.submitted_at)
    assert sum(entry.is_spam for entry in entries) == 1
    assert parts(entries[0]) == ANN
    assert len(site.asked) == 4
    assert site.asked[0].path == "/wp-json/gf/v2/entries"
    assert site.asked[0].query["form_ids[0]"] == "7"
    user = base64.b64decode(site.asked[0].headers["authorization"].split()[1])
    assert user == f"ck_1:{KEY}".encode()


async def test_jetpack_is_asked_for_its_feedback(key: Secret) -> None:
    async with service_site(jetpack) as site:
        (entry,) = (await piece(wordpress("jetpack-rest", site, key))).entries

    assert (entry.id, entry.is_spam, entry.submitted_at) == ("5", True, NOON)
    assert parts(entry) == ANN
    assert site.asked[0].path == "/wp-json/wp/v2/feedback"
    assert site.asked[0].query["status"] == "publish,spam"
