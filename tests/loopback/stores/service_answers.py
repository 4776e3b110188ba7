"""What services answer, as they document it: one inquiry by Ann, and its like."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.loopback.stores.service_site import Answers, Asked, Told

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
KEY = "k3y-of-the-form"
ANN = ("Ann Lee", "ann@example.org", "+1 555 0100", "Do you have a room in May?")


def at(minute: int, form: str = "%Y-%m-%dT%H:%M:%SZ") -> str:
    return (NOON + timedelta(minutes=minute)).strftime(form)


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
