"""Alarms by SMS, through the demonstration's gateway and worse ones."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from probes.channels import sms
from probes.channels.message import Delivery
from probes.channels.send import send
from probes.errors import Refused, Unintelligible, Unreachable
from probes.settings import SmsSettings
from tests.loopback.channels.conftest import Keep
from tests.loopback.channels.notices import NOTICE, notice
from tests.loopback.forms.website import Heard, Site, answer, moved
from tests.world.process import free_ports
from watchdog.demo.gateway import Gateway

ACCOUNT, TOKEN = "ACdemo", "s3cret/t@ken"
MESSAGES = f"/2010-04-01/Accounts/{ACCOUNT}/Messages"
OWNER, PARTNER = "+15550002", "+15550003"


@pytest.fixture
async def gateway() -> AsyncIterator[Gateway]:
    async with Gateway(ACCOUNT, TOKEN) as gateway:
        yield gateway


def settings(url: str, keep: Keep, **changes: Any) -> SmsSettings:
    known = {
        "api": url,
        "account": ACCOUNT,
        "token": keep(TOKEN),
        "sender": "+15550001",
        "to": (OWNER,),
    }
    return SmsSettings(**(known | changes))


def said(http: int, /, **body: Any) -> bytes:
    return answer(json.dumps(body), status=http, kind="application/json")


async def test_an_alarm_is_one_sms_and_its_delivery_is_known_later(
    gateway: Gateway, keep: Keep
) -> None:
    chosen = settings(gateway.url, keep)

    sent = await send(chosen, NOTICE)

    (taken,) = gateway.messages
    assert (taken.sender, taken.to, taken.body) == ("+15550001", OWNER, NOTICE.short)
    assert (sent.reference, sent.words) == (taken.sid, "queued")
    report = await sms.delivery(chosen, sent.reference)
    assert (report.delivery, report.words) == (Delivery.DELIVERED, "delivered.")


async def test_the_settings_may_be_one_secret_address(
    gateway: Gateway, keep: Keep
) -> None:
    host = gateway.url.removeprefix("http://")
    url = f"http://{ACCOUNT}:s3cret%2Ft%40ken@{host}/?from=+15550001&to=+15550002"

    sent = await sms.send(SmsSettings(url=keep(url)), NOTICE)

    assert [taken.to for taken in gateway.messages] == [OWNER]
    assert sent.refused == {}


async def test_everybody_gets_an_sms_of_their_own(gateway: Gateway, keep: Keep) -> None:
    chosen = settings(gateway.url, keep, to=(OWNER, PARTNER))

    sent = await sms.send(chosen, NOTICE)

    assert sorted(taken.to for taken in gateway.messages) == [OWNER, PARTNER]
    report = await sms.delivery(chosen, sent.reference)
    assert report.delivery is Delivery.DELIVERED


async def test_a_long_text_is_cut_to_one_sms(gateway: Gateway, keep: Keep) -> None:
    await sms.send(settings(gateway.url, keep), notice(short="Łost “mail” 😀 " * 20))

    (taken,) = gateway.messages
    assert taken.body.startswith('Lost "mail"')
    assert taken.body.endswith("...")
    assert len(taken.body) <= 160


async def test_who_was_refused_is_named_and_the_others_are_told(
    gateway: Gateway, keep: Keep
) -> None:
    sent = await sms.send(settings(gateway.url, keep, to=("nobody", OWNER)), NOTICE)

    assert [taken.to for taken in gateway.messages] == [OWNER]
    assert list(sent.refused) == ["nobody"]
    assert "no valid phone number (error 21211)" in sent.refused["nobody"]


async def test_an_invalid_number_is_refused_for_good(
    gateway: Gateway, keep: Keep
) -> None:
    with pytest.raises(Refused, match="21211") as trouble:
        await sms.send(settings(gateway.url, keep, to=("nobody",)), NOTICE)

    assert trouble.value.permanent


async def test_a_wrong_token_is_refused_for_good(gateway: Gateway, keep: Keep) -> None:
    with pytest.raises(Refused, match="the account or its token is wrong") as trouble:
        await sms.send(settings(gateway.url, keep, token=keep("other")), NOTICE)

    assert trouble.value.permanent
    assert gateway.messages == []


@pytest.mark.parametrize(
    ("said", "permanent", "words"),
    [
        (
            said(429, code=20429, message="Too Many Requests"),
            False,
            "Too Many Requests",
        ),
        (said(503, code=20503, message="Unavailable"), False, "Unavailable"),
        (answer("<h1>Bad gateway</h1>", status=502), False, "said no: 502"),
        (said(400, code=21610, message="Blocked"), True, "no more messages"),
        (said(400, code=1, message=f"\x1b[31m {TOKEN}"), True, r"no: \[31m …"),
        (said(201, sid="SM1", status="failed", error_code=30007), True, "for spam"),
    ],
)
async def test_a_refusal_tells_whether_to_ask_again(
    site: Site,
    keep: Keep,
    said: bytes,
    permanent: bool,  # noqa: FBT001
    words: str,
) -> None:
    site.says[f"{MESSAGES}.json"] = said

    with pytest.raises(Refused, match=words) as trouble:
        await sms.send(settings(site.url, keep), NOTICE)

    assert trouble.value.permanent is permanent
    assert TOKEN not in str(trouble.value)


@pytest.mark.parametrize(
    "said",
    [
        answer("<h1>Welcome</h1>"),
        said(201, sid="../../Accounts", status="queued"),
        said(201, sid="SM1"),
        answer("[" * 100_000, kind="application/json"),
    ],
)
async def test_what_is_no_gateway_is_not_understood(
    site: Site, keep: Keep, said: bytes
) -> None:
    site.says[f"{MESSAGES}.json"] = said

    with pytest.raises(Unintelligible, match="not as Twilio would"):
        await sms.send(settings(site.url, keep), NOTICE)


async def test_the_token_follows_no_redirect(site: Site, keep: Keep) -> None:
    site.says[f"{MESSAGES}.json"] = moved("/elsewhere", 307)

    with pytest.raises(Refused, match="307"):
        await sms.send(settings(site.url, keep), NOTICE)

    assert len(site.heard) == 1


async def test_a_gateway_that_is_away_is_unreachable(keep: Keep) -> None:
    (port,) = free_ports(1)

    with pytest.raises(Unreachable, match="refused the connection"):
        await sms.send(settings(f"http://127.0.0.1:{port}", keep), NOTICE)


async def test_a_silent_gateway_is_waited_for_no_longer_than_allowed(
    site: Site, keep: Keep
) -> None:
    async def silent(_: Heard, __: asyncio.StreamWriter) -> None:
        await asyncio.Event().wait()

    site.says[f"{MESSAGES}.json"] = silent
    chosen = settings(site.url, keep, to=(OWNER, PARTNER))

    async with asyncio.timeout(20):
        with pytest.raises(Unreachable, match="did not answer in time"):
            await sms.send(chosen, NOTICE, seconds=0.2)


@pytest.mark.parametrize(
    ("states", "delivery"),
    [
        (("delivered", "delivered"), Delivery.DELIVERED),
        (("delivered", "sent"), Delivery.SENT),
        (("delivered", "undelivered"), Delivery.FAILED),
        (("queued", "accepted"), Delivery.SENT),
    ],
)
async def test_a_message_to_several_is_delivered_when_all_have_it(
    site: Site, keep: Keep, states: tuple[str, str], delivery: Delivery
) -> None:
    for number, state in enumerate(states):
        site.says[f"{MESSAGES}/SM{number}.json"] = said(
            200, sid=f"SM{number}", status=state
        )

    report = await sms.delivery(settings(site.url, keep), "SM0 SM1")

    assert report.delivery is delivery


async def test_a_failed_delivery_says_why(site: Site, keep: Keep) -> None:
    site.says[f"{MESSAGES}/SM1.json"] = said(
        200, sid="SM1", status="undelivered", error_code=30003
    )

    report = await sms.delivery(settings(site.url, keep), "SM1")

    assert "switched off or out of reach (error 30003)" in report.words


async def test_a_reference_that_would_change_the_address_is_not_asked_for(
    site: Site, keep: Keep
) -> None:
    with pytest.raises(Unintelligible, match="no reference"):
        await sms.delivery(settings(site.url, keep), "../secret")

    assert site.heard == []


@pytest.mark.parametrize(
    "url",
    [
        "https://s3cret.example/?from=+1&to=+2",
        "https://AC:s3cret@gateway.example/?to=+2",
        "https://AC:s3cret@gateway.example/?from=+1",
        "https://AC:s3cret@gateway.example:port/?from=+1&to=+2",
        "http://AC:s3cret@gateway.example/?from=+1&to=+2",
        "s3cret",
    ],
)
async def test_a_secret_address_that_is_not_usable_is_not_shown(
    keep: Keep, url: str
) -> None:
    with pytest.raises(
        Refused, match=r"must look like|must begin with https"
    ) as trouble:
        await sms.send(SmsSettings(url=keep(url)), NOTICE)

    assert "s3cret" not in str(trouble.value)


async def test_a_token_never_travels_unencrypted_to_another_machine(keep: Keep) -> None:
    with pytest.raises(Refused, match="must begin with https"):
        await sms.send(settings("http://gateway.example", keep), NOTICE)
