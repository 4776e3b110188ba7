"""The demonstration's SMS gateway."""

import httpx2
import pytest

from watchdog.demo.gateway import Gateway, Sms

MESSAGES = "/2010-04-01/Accounts/ACdemo/Messages.json"
SMS = {"To": "+15550002", "From": "+15550001", "Body": "Your form is broken"}


def caller(gateway: Gateway, token: str = "token") -> httpx2.AsyncClient:
    return httpx2.AsyncClient(base_url=gateway.url, auth=("ACdemo", token))


async def test_a_text_message_is_queued_then_delivered(gateway: Gateway) -> None:
    async with caller(gateway) as client:
        taken = await client.post(MESSAGES, data=SMS)
        sid = taken.json()["sid"]
        later = await client.get(MESSAGES.replace(".json", f"/{sid}.json"))

    assert (taken.status_code, taken.json()["status"]) == (201, "queued")
    assert (later.status_code, later.json()["status"]) == (200, "delivered")
    assert gateway.messages == [
        Sms(sid=sid, sender="+15550001", to="+15550002", body="Your form is broken")
    ]


async def test_a_wrong_token_sends_nothing(gateway: Gateway) -> None:
    async with caller(gateway, token="wrong") as client:
        answer = await client.post(MESSAGES, data=SMS)

    assert (answer.status_code, answer.json()["code"]) == (401, 20003)
    assert gateway.messages == []


@pytest.mark.parametrize(
    ("change", "code"),
    [({"To": "owner"}, 21211), ({"To": ""}, 21211), ({"Body": ""}, 21602)],
)
async def test_what_cannot_be_sent_is_refused_with_its_code(
    gateway: Gateway, change: dict[str, str], code: int
) -> None:
    async with caller(gateway) as client:
        answer = await client.post(MESSAGES, data=SMS | change)

    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert gateway.messages == []


async def test_an_unknown_message_is_not_found(gateway: Gateway) -> None:
    async with caller(gateway) as client:
        answer = await client.get(MESSAGES.replace(".json", "/SM1.json"))

    assert answer.status_code == 404
