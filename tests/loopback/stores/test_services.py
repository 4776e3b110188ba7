"""Services that keep inquiries: asked, paged and understood as they document it."""

import base64
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from probes.errors import Refused, Unintelligible, Unreachable
from probes.secrets import Secret
from probes.stores.rest.asking import Patience
from probes.stores.rest.open import HOSTED, open_service
from probes.stores.rest_settings import HostedSettings, WordPressApiSettings
from probes.stores.store import Entry, Piece, Store
from tests.loopback.stores.service_site import (
    Answers,
    Asked,
    ServiceSite,
    Told,
    service_site,
)

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
SINCE = NOON - timedelta(days=7)
HASTE = Patience(tries=3, first_pause=0.01, seconds=60, pages=20)
KEY = "k3y-of-the-form"


@pytest.fixture
def key(tmp_path: Path) -> Secret:
    path = tmp_path / "key"
    path.write_text(KEY)
    path.chmod(0o600)
    return Secret(file=path)


def hosted(kind: Any, site: ServiceSite, key: Secret, **more: Any) -> Store:
    settings = HostedSettings(
        kind=kind, token=key, form="f/1", site="s1", api=site.address, **more
    )
    return open_service(settings, HASTE)


def wordpress(kind: Any, site: ServiceSite, key: Secret, **more: Any) -> Store:
    settings = WordPressApiSettings(
        kind=kind, site=site.address, user="ck_1", password=key, **more
    )
    return open_service(settings, HASTE)


async def piece(store: Store, cursor: str = "", most: int = 500) -> Piece:
    return await store.read(since=SINCE, cursor=cursor, most=most)


def at(minute: int, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return (NOON + timedelta(minutes=minute)).strftime(form)


def parts(entry: Entry) -> tuple[str, ...]:
    return entry.name, entry.email, entry.phone, entry.message


ANN = ("Ann Lee", "ann@example.org", "+1 555 0100", "Do you have a room in May?")


def netlify(asked: Asked) -> Told:
    number = 2 if asked.query.get("state") == "spam" else 1
    data = {
        "name": ANN[0],
        "email": ANN[1],
        "phone": ANN[2],
        "message": ANN[3],
        "ip": "203.0.113.9",
        "user_agent": "Mozilla",
        "referrer": "https://shop.example/contact",
    }
    submission = {"id": f"n{number}", "number": 7, "created_at": at(0), "data": data}
    return Told(body=[submission] if asked.query["page"] == "1" else [])


def formspree(asked: Asked) -> Told:
    is_spam = asked.query.get("spam") == "true"
    submission = {
        "_id": "2" if is_spam else "1",
        "_date": at(0, "%Y-%m-%dT%H:%M:%S.707632"),
        "name": ANN[0],
        "_replyto": ANN[1],
        "phone": ANN[2],
        "message": ANN[3],
        "_status": {
            "owner@shop.example": {"delivered": True, "processed": True},
            "plugin:discord": {"processed": True},
        },
    }
    return Told(body={"fields": ["_date", "name"], "submissions": [submission]})


def hubspot(asked: Asked) -> Told:
    number = int(asked.query.get("after", "2"))
    values = {"firstname": "Ann", "lastname": "Lee", "email": ANN[1], "phone": ANN[2]}
    submission = {
        "conversionId": f"c{number}",
        "submittedAt": int((NOON + timedelta(minutes=number)).timestamp() * 1000),
        "values": [
            {"name": name, "value": text, "objectTypeId": "0-1"}
            for name, text in {**values, "message": ANN[3]}.items()
        ],
        "pageUrl": "https://shop.example/contact",
    }
    paging = {"paging": {"next": {"after": "1"}}} if number == 2 else {}
    return Told(body={"results": [submission], **paging})


def jotform(_: Asked) -> Told:
    answers = {
        "3": {
            "name": "name",
            "text": "Full Name",
            "type": "control_fullname",
            "answer": {"first": "Ann", "last": "Lee"},
        },
        "4": {
            "name": "mail",
            "text": "E-mail",
            "type": "control_email",
            "answer": ANN[1],
        },
        "5": {
            "name": "phone5",
            "text": "Phone",
            "type": "control_phone",
            "answer": {"area": "+1 555", "phone": "0100"},
            "prettyFormat": ANN[2],
        },
        "6": {
            "name": "ask",
            "text": "Your question",
            "type": "control_textarea",
            "answer": ANN[3],
        },
        "2": {"name": "submit", "text": "Send", "type": "control_button"},
    }
    local = "2026-07-01 08:00:00"  # noon in New York's summer
    content = [
        {"id": "9", "created_at": local, "status": "ACTIVE", "answers": answers},
        {"id": "8", "created_at": local, "status": "DELETED", "answers": answers},
    ]
    return Told(body={"responseCode": 200, "content": content})


def typeform(_: Asked) -> Told:
    def answer(kind: str, of: str, ref: str, value: object) -> dict[str, Any]:
        return {"field": {"id": ref, "type": of, "ref": ref}, "type": kind, kind: value}

    answers = [
        answer("text", "short_text", "your-name", ANN[0]),
        answer("email", "email", "q2", ANN[1]),
        answer("phone_number", "phone_number", "q3", ANN[2]),
        answer("text", "long_text", "q4", ANN[3]),
        answer("choice", "multiple_choice", "q5", {"label": "A room"}),
    ]
    item = {"token": "t1", "submitted_at": at(0), "answers": answers, "metadata": {}}
    return Told(body={"total_items": 1, "page_count": 1, "items": [item]})


def webflow(_: Asked) -> Told:
    filled = {"Name": ANN[0], "Email": ANN[1], "Phone": ANN[2], "Message": ANN[3]}
    submission = {
        "id": "w1",
        "displayName": "Contact",
        "dateSubmitted": at(0, "%Y-%m-%dT%H:%M:%S.123Z"),
        "formResponse": filled,
    }
    return Told(body={"formSubmissions": [submission], "pagination": {"total": 1}})


def basin(asked: Asked) -> Told:
    filled = {"name": ANN[0], "email": ANN[1], "phone": ANN[2], "message": ANN[3]}
    spam = {"id": 2, "created_at": at(1), "payload": filled}
    found = (
        [spam]
        if asked.query["filter_by"] == "spam"
        else [
            spam,
            {"id": 1, "created_at": at(0), "payload": filled},
        ]
    )
    return Told(body={"submissions": found if asked.query["page"] == "1" else []})


DOCUMENTED: Mapping[str, tuple[Answers, Callable[[Asked], bool], str]] = {
    "basin": (basin, lambda asked: asked.query["form_id"] == "f/1", "Bearer"),
    "formspree": (
        formspree,
        lambda asked: (
            asked.path == "/forms/f%2F1/submissions"
            and asked.query["since"] == "2026-06-24T12:00:00"
        ),
        "Basic",
    ),
    "hubspot": (
        hubspot,
        lambda asked: asked.path == "/form-integrations/v1/submissions/forms/f%2F1",
        "Bearer",
    ),
    "jotform": (
        jotform,
        lambda asked: (
            json.loads(asked.query["filter"])
            == {"created_at:gt": "2026-06-23 12:00:00"}
            and asked.headers["apikey"] == KEY
        ),
        "",
    ),
    "netlify": (
        netlify,
        lambda asked: asked.path == "/forms/f%2F1/submissions",
        "Bearer",
    ),
    "typeform": (
        typeform,
        lambda asked: asked.query["since"] == "2026-06-24T12:00:00Z",
        "Bearer",
    ),
    "webflow": (
        webflow,
        lambda asked: asked.path == "/sites/s1/forms/f%2F1/submissions",
        "Bearer",
    ),
}


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


def gravity(asked: Asked) -> Told:
    is_spam = json.loads(asked.query["search"])["status"] == "spam"
    page = int(asked.query["paging[current_page]"])
    size = int(asked.query["paging[page_size]"])
    first = (page - 1) * size
    entries = [
        {
            "id": str(1000 + number if is_spam else number),
            "form_id": "7",
            "date_created": at(number, "%Y-%m-%d %H:%M:%S"),
            "source_url": "https://shop.example/contact",
            "1.3": "Ann",
            "1.6": "Lee",
            "2": ANN[1],
            "3": ANN[2],
            "4": ANN[3],
        }
        for number in range(first, min(first + size, 1 if is_spam else 230))
    ]
    labels = {
        "1": {"1.3": "First name", "1.6": "Last name"},
        "2": "Email",
        "3": "Phone",
        "4": "Message",
    }
    return Told(body={"total_count": 230, "entries": entries, "_labels": labels})


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


def jetpack(_: Asked) -> Told:
    fields = [
        {"label": "Name", "value": ANN[0], "type": "name", "id": "name"},
        {"label": "Email", "value": ANN[1], "type": "email", "id": "email"},
        {"label": "Phone", "value": ANN[2], "type": "telephone", "id": "phone"},
        {"label": "Message", "value": ANN[3], "type": "textarea", "id": "message"},
    ]
    feedback = {
        "id": 5,
        "date_gmt": at(0, "%Y-%m-%dT%H:%M:%S"),
        "status": "spam",
        "author_name": ANN[0],
        "author_email": ANN[1],
        "fields": fields,
    }
    return Told(body=[feedback, {**feedback, "id": 6, "is_test": True}])


async def test_jetpack_is_asked_for_its_feedback(key: Secret) -> None:
    async with service_site(jetpack) as site:
        (entry,) = (await piece(wordpress("jetpack-rest", site, key))).entries

    assert (entry.id, entry.is_spam, entry.submitted_at) == ("5", True, NOON)
    assert parts(entry) == ANN
    assert site.asked[0].path == "/wp-json/wp/v2/feedback"
    assert site.asked[0].query["status"] == "publish,spam"


async def test_a_later_reading_goes_on_where_the_last_one_ended(key: Secret) -> None:
    def newest_first(asked: Asked) -> Told:
        first = (int(asked.query["page"]) - 1) * 100
        return Told(
            body=[
                {"id": str(number), "created_at": at(-60 * number), "data": {"a": "b"}}
                for number in range(first, first + 100)
            ]
            if "state" not in asked.query
            else []
        )

    async with service_site(newest_first) as site:
        first = await piece(hosted("netlify", site, key))
        asked_first = len(site.asked)
        second = await piece(hosted("netlify", site, key), first.cursor)

    # A week has 168 hours: two pages, and one that shows that all else is older.
    assert [entry.id for entry in first.entries] == [str(n) for n in range(168, -1, -1)]
    assert asked_first == 4
    # An hour is read again.
    assert [entry.id for entry in second.entries] == ["1", "0"]
    assert len(site.asked) - asked_first == 3


async def test_a_time_to_come_hides_nothing_that_is_written_until_then(
    key: Secret,
) -> None:
    def hasty_clock(_: Asked) -> Told:
        submission = {"id": "1", "created_at": "2199-01-01T00:00:00Z", "data": {}}
        return Told(body=[submission])

    async with service_site(hasty_clock) as site:
        first = await piece(hosted("netlify", site, key))
    async with service_site(lambda _: Told(body=[])) as site:
        second = await piece(hosted("netlify", site, key), first.cursor)

    assert datetime.fromisoformat(json.loads(second.cursor)[0]) <= datetime.now(UTC)


async def test_a_service_that_pages_for_ever_is_left_at_a_bound(key: Secret) -> None:
    def endless(asked: Asked) -> Told:
        number = int(asked.query.get("after", "0"))
        submission = {"conversionId": f"{number}", "submittedAt": 1782900000000}
        return Told(
            body={
                "results": [submission],
                "paging": {"next": {"after": str(number + 1)}},
            }
        )

    async with service_site(endless) as site:
        read = await piece(hosted("hubspot", site, key))

    assert len(site.asked) == HASTE.pages
    assert read.skipped == [
        "HubSpot keeps more than we read at once: 20 submissions were read."
    ]


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (401, "HubSpot does not accept our key. Make a private app"),
        (402, "HubSpot wants another plan for this."),
        (403, "HubSpot does not let us read the submissions. Give the private app"),
        (404, "HubSpot knows no such form. `form` is the form's GUID."),
        (418, "HubSpot refused our question: it answered 418."),
    ],
)
async def test_a_no_is_one_clear_sentence(
    status: int, sentence: str, key: Secret
) -> None:
    async with service_site(lambda _: Told(body={}, status=status)) as site:
        with pytest.raises(Refused) as told:
            await piece(hosted("hubspot", site, key))

    assert str(told.value).startswith(sentence)
    assert KEY not in str(told.value)
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [429, 500, 502, 503])
async def test_a_busy_service_is_asked_again(status: int, key: Secret) -> None:
    calls: list[Asked] = []

    def busy_at_first(asked: Asked) -> Told:
        calls.append(asked)
        if len(calls) < 3:
            return Told(body={}, status=status, headers={"Retry-After": "0"})
        return webflow(asked)

    async with service_site(busy_at_first) as site:
        read = await piece(hosted("webflow", site, key))

    assert len(read.entries) == 1


@pytest.mark.parametrize("wait", ["", "3600", "Wed, 01 Jul 2099 12:00:00 GMT"])
async def test_a_service_that_stays_busy_is_left_alone(wait: str, key: Secret) -> None:
    answer = Told(body={}, status=429, headers={"Retry-After": wait})
    async with service_site(lambda _: answer) as site:
        with pytest.raises(Refused, match="asked less often") as told:
            await piece(hosted("webflow", site, key))

    assert not told.value.permanent
    assert len(site.asked) == (1 if wait else HASTE.tries)


async def test_a_service_in_trouble_is_told(key: Secret) -> None:
    async with service_site(lambda _: Told(body={}, status=503)) as site:
        with pytest.raises(Unreachable, match="in trouble: it answered 503") as told:
            await piece(hosted("webflow", site, key))

    assert told.value.answered


async def test_the_key_is_taken_nowhere_else(key: Secret) -> None:
    async with service_site(webflow) as other:
        place = {"Location": f"{other.address}/v2"}
        async with service_site(lambda _: Told(status=302, headers=place)) as site:
            with pytest.raises(Refused, match="sends us elsewhere"):
                await piece(hosted("webflow", site, key))

    assert other.asked == []


@pytest.mark.parametrize("kind", HOSTED)
@pytest.mark.parametrize(
    "body", [b"<html>", b"\xff\xfe", b"[" * 100_000, b"7", b"{}", b'{"content": 7}']
)
async def test_an_answer_that_is_not_as_documented_is_told(
    kind: str, body: bytes, key: Secret
) -> None:
    async with service_site(lambda _: Told(body=body)) as site:
        with pytest.raises(Unintelligible, match="answer"):
            await piece(hosted(kind, site, key))


async def test_an_answer_without_end_is_cut_off(key: Secret) -> None:
    async with service_site(lambda _: Told(body=b"[", never_ends=True)) as site:
        with pytest.raises(Unintelligible, match="far too much"):
            await piece(hosted("webflow", site, key))


async def test_a_submission_without_a_time_is_told_and_costs_no_other(
    key: Secret,
) -> None:
    good = webflow(Asked(path="", query={}, headers={})).body["formSubmissions"][0]
    odd = [{"id": "w7"}, {**good, "dateSubmitted": 7}, good]
    async with service_site(lambda _: Told(body={"formSubmissions": odd})) as site:
        read = await piece(hosted("webflow", site, key))

    assert [entry.id for entry in read.entries] == ["w1"]
    assert read.skipped[0] == (
        "Webflow's submission w7 has no time that we understand."
    )


async def test_a_key_goes_over_no_line_that_others_can_read(key: Secret) -> None:
    settings = HostedSettings(
        kind="netlify", token=key, form="1", api="http://api.example"
    )

    with pytest.raises(Refused, match="must begin with https://"):
        await piece(open_service(settings, HASTE))


async def test_a_key_that_can_be_none_is_told(key: Secret, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("schlüssel")

    async with service_site(netlify) as site:
        with pytest.raises(Refused, match="has letters that no key has"):
            await piece(hosted("netlify", site, key))


async def test_a_service_that_takes_too_long_is_told(key: Secret) -> None:
    def always_busy(_: Asked) -> Told:
        return Told(body={}, status=429, headers={"Retry-After": "50"})

    async with service_site(always_busy) as site:
        settings = HostedSettings(kind="netlify", token=key, form="1", api=site.address)
        with pytest.raises(Unreachable, match="Netlify took too long"):
            await piece(open_service(settings, Patience(seconds_in_all=0.5)))


async def test_the_end_of_a_limit_is_told_by_the_clock_too(key: Secret) -> None:
    answer = Told(body={}, status=429, headers={"X-RateLimit-Reset": "4102444800"})
    async with service_site(lambda _: answer) as site:
        with pytest.raises(Refused, match="asked less often"):
            await piece(hosted("webflow", site, key))

    assert len(site.asked) == 1
