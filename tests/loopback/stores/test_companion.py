"""The companion plugin is asked as its endpoint wants, and understood."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from probes.errors import Refused, Unreachable
from probes.forms.exemption import header
from probes.secrets import Secret
from probes.stores.rest.open import open_service
from probes.stores.rest_settings import CompanionSettings
from probes.stores.store import Store
from tests.loopback.stores.service_answers import ANN, at
from tests.loopback.stores.service_site import Asked, ServiceSite, Told, service_site
from tests.loopback.stores.services import HASTE, piece

SIGNED = re.compile(r"v1 t=(\d+) n=([0-9a-f]{32}) s=[0-9a-f]{64}")
LONG_KEY = "key-of-the-site-key-of-the-site-"


def row(number: int, **more: Any) -> dict[str, Any]:
    names = ("your-name", "your-email", "your-tel", "your-message")
    return {
        "id": number,
        "submitted_at": at(number),
        "system": "cf7",
        "form": "5",
        "page": "https://shop.example/contact",
        "fields": [
            {"name": name, "label": "", "type": "", "value": value}
            for name, value in zip(names, ANN, strict=True)
        ],
        "mail": "sent",
        "mail_error": "",
        "mail_to": ["owner@shop.example"],
        "is_spam": False,
        "is_test": False,
        **more,
    }


@pytest.fixture
def long_key(monkeypatch: pytest.MonkeyPatch) -> Secret:
    monkeypatch.setenv("COMPANION_KEY", LONG_KEY)
    return Secret(env="COMPANION_KEY")


def companion(site: ServiceSite, key: Secret, **more: Any) -> Store:
    settings = CompanionSettings(kind="companion", url=site.address, key=key, **more)
    return open_service(settings, HASTE)


async def test_each_question_is_signed_anew_and_paged_by_number(
    long_key: Secret,
) -> None:
    def answers(asked: Asked) -> Told:
        after = int(asked.query["after"])
        rows = [row(number) for number in range(after + 1, min(after + 2, 3) + 1)]
        return Told(body={"submissions": rows, "more": after + 2 < 3})

    async with service_site(answers) as site:
        read = await piece(companion(site, long_key))

    headers = [asked.headers["x-contact-watchdog"] for asked in site.asked]
    stamps, nonces = zip(
        *(SIGNED.fullmatch(one).groups() for one in headers), strict=True
    )
    assert [entry.id for entry in read.entries] == ["1", "2", "3"]
    assert [asked.query["after"] for asked in site.asked] == ["0", "2"]
    assert {asked.path for asked in site.asked} == {"/"}
    assert site.asked[0].query["rest_route"] == "/contact-watchdog/v1/submissions"
    assert len(set(nonces)) == 2
    assert len({asked.query["once"] for asked in site.asked}) == 2
    assert headers[0] == header(
        LONG_KEY,
        method="GET",
        url=f"{site.address}/",
        at=datetime.fromtimestamp(int(stamps[0]), UTC),
        nonce=nonces[0],
    )


async def test_what_was_written_and_what_became_of_its_mail_is_understood(
    long_key: Secret,
) -> None:
    rows = [
        row(1),
        row(2, mail="failed", mail_error="Could not instantiate mail function."),
        row(3, mail="unknown", is_spam=True),
        row(4, mail="none", mail_to=[]),
        row(5, is_test=True),
    ]

    async with service_site(lambda _: Told(body={"submissions": rows})) as site:
        entries = (await piece(companion(site, long_key))).entries

    first = entries[0]
    assert (first.name, first.email, first.phone, first.message) == ANN
    assert (first.form, first.page) == ("5", "https://shop.example/contact")
    assert (first.recipients, first.is_spam) == (["owner@shop.example"], False)
    assert entries[1].mail_error == "Could not instantiate mail function."
    assert entries[2].is_spam
    assert [(one.is_mail_tried, one.mail_failed) for one in entries] == [
        (True, False),
        (True, True),
        (None, None),
        (False, None),
    ]


async def test_a_form_may_be_asked_for_alone(long_key: Secret) -> None:
    rows = [row(1), row(2, form="7")]

    async with service_site(lambda _: Told(body={"submissions": rows})) as site:
        entries = (await piece(companion(site, long_key, form="7"))).entries

    assert [entry.id for entry in entries] == ["2"]


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (403, Refused, "made with another key"),
        (404, Refused, "Is the plugin active"),
        (503, Unreachable, "deactivate the plugin"),
    ],
)
async def test_a_no_says_what_to_mend(
    long_key: Secret, status: int, kind: type[Exception], words: str
) -> None:
    async with service_site(lambda _: Told(status=status)) as site:
        with pytest.raises(kind, match=words):
            await piece(companion(site, long_key))


async def test_a_key_that_could_be_guessed_is_not_used(key: Secret) -> None:
    async with service_site(lambda _: Told()) as site:
        with pytest.raises(Refused, match="too short"):
            await piece(companion(site, key))

    assert site.asked == []


async def test_a_plugin_that_tells_the_same_for_ever_is_left(long_key: Secret) -> None:
    body = {"submissions": [row(1)], "more": True}

    async with service_site(lambda _: Told(body=body)) as site:
        read = await piece(companion(site, long_key))

    assert [entry.id for entry in read.entries] == ["1"]
    assert len(site.asked) == 2
