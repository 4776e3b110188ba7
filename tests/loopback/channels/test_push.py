"""Alarms by apprise, against stubs that answer as the services' manuals say."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import pytest
from apprise.plugins.clicksend import NotifyClickSend
from apprise.plugins.messagebird import NotifyMessageBird
from apprise.plugins.plivo import NotifyPlivo
from apprise.plugins.pushover import NotifyPushover
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from apprise.plugins.vonage import NotifyVonage

from probes.channels import push
from probes.errors import Refused, Unreachable
from probes.settings import AppriseSettings
from tests.loopback.channels.conftest import Keep
from tests.loopback.channels.notices import NOTICE
from tests.loopback.forms.website import Heard, Site, answer
from tests.world.process import free_ports

# Of apprise's own imports, until Python 3.13.
pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated")

FROM, TO = "15550001111", "15550002222"
VONAGE_NO = {"messages": [{"status": "4", "error-text": "Bad Credentials"}]}


@dataclass(frozen=True)
class Service:
    """A service by its manual: where it listens, what it says, what it is sent."""

    url: str
    path: str
    yes: Mapping[str, Any] | str
    no: Mapping[str, Any] | str
    yes_status: int = 200
    no_status: int = 401
    plugin: type[Any] | None = None
    base: str = "notify_url"
    told: Callable[[Heard], str] = lambda heard: json.loads(heard.body)["body"]


def form(name: str) -> Callable[[Heard], str]:
    return lambda heard: parse_qs(heard.body.decode())[name][0]


def field(*path: str | int) -> Callable[[Heard], str]:
    def told(heard: Heard) -> str:
        value = json.loads(heard.body)
        for step in path:
            value = value[step]
        return str(value)

    return told


SERVICES = {
    "vonage": Service(
        url=f"vonage://a1b2c3d4:s3cretS3cret@{FROM}/{TO}",
        path="/sms/json",
        yes={"message-count": "1", "messages": [{"status": "0", "message-id": "1"}]},
        no={"title": "Unauthorized"},
        plugin=NotifyVonage,
        told=form("text"),
    ),
    "clicksend": Service(
        url=f"clicksend://owner:s3cretS3cret@{TO}",
        path="/v3/sms/send",
        yes={"http_code": 200, "response_code": "SUCCESS"},
        no={"http_code": 401, "response_code": "UNAUTHORIZED"},
        plugin=NotifyClickSend,
        told=field("messages", 0, "body"),
    ),
    "plivo": Service(
        url=f"plivo://MA{'X' * 18}@{'s3cret' * 6}/{FROM}/{TO}",
        path=f"/v1/Account/MA{'X' * 18}/Message/",
        yes={"message": "message(s) queued", "message_uuid": ["1"]},
        yes_status=202,
        no={"error": "authentication failed"},
        plugin=NotifyPlivo,
        base="notify_url",
        told=field("text"),
    ),
    "messagebird": Service(
        url=f"msgbird://{'s3cre' * 5}/{FROM}/{TO}",
        path="/messages",
        yes={"id": "1", "recipients": {"totalSentCount": 1}},
        yes_status=201,
        no={"errors": [{"code": 2, "description": "Request not allowed"}]},
        plugin=NotifyMessageBird,
        told=form("body"),
    ),
    "slack": Service(
        url="slack://T1JJ3T3L2/A1BRTD4JD/s3cretS3cretS3cretS3cret/#alarms",
        path="/services/T1JJ3T3L2/A1BRTD4JD/s3cretS3cretS3cretS3cret",
        yes="ok",
        no="invalid_token",
        no_status=403,
        plugin=NotifySlack,
        base="webhook_url",
        told=field("attachments", 0, "text"),
    ),
    "telegram": Service(
        url="tgram://123456789:s3cretS3cretS3cret/12315544/",
        path="/bot123456789:s3cretS3cretS3cret/sendMessage",
        yes={"ok": True, "result": {"message_id": 1}},
        no={"ok": False, "error_code": 400, "description": "chat not found"},
        no_status=400,
        plugin=NotifyTelegram,
        told=field("text"),
    ),
    "ntfy": Service(
        url="ntfy://owner:s3cretS3cret@127.0.0.1:{port}/alarms",
        path="/",
        yes={"id": "1", "event": "message"},
        no={"code": 40301, "http": 403, "error": "forbidden"},
        no_status=403,
        told=field("message"),
    ),
    "pushover": Service(
        url=f"pover://{'u' * 30}@{'s3cret' * 5}",
        path="/1/messages.json",
        yes={"status": 1, "request": "1"},
        no={"status": 0, "errors": ["user identifier is invalid"]},
        no_status=400,
        plugin=NotifyPushover,
        told=form("message"),
    ),
}
BASES = {
    "vonage": "/sms/json",
    "clicksend": "/v3/sms/send",
    "plivo": "/v1/Account/{auth_id}/Message/",
    "messagebird": "/messages",
    "slack": "/services",
    "telegram": "/bot",
    "pushover": "/1/messages.json",
}
PHONES = {"vonage", "clicksend", "plivo", "messagebird"}


@pytest.fixture(params=sorted(SERVICES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def at_home(
    name: str, site: Site, keep: Keep, patch: pytest.MonkeyPatch
) -> AppriseSettings:
    """Let apprise believe that the service is at `site`."""
    service = SERVICES[name]
    if service.plugin is not None:
        patch.setattr(service.plugin, service.base, f"{site.url}{BASES[name]}")
    port = site.url.rpartition(":")[2]
    return AppriseSettings(url=keep(service.url.replace("{port}", port)))


def said(body: Mapping[str, Any] | str, status: int) -> bytes:
    text = body if isinstance(body, str) else json.dumps(body)
    kind = "text/html" if isinstance(body, str) else "application/json"
    return answer(text, "Connection: close", status=status, kind=kind)


async def test_the_service_is_told_as_much_as_it_takes(
    name: str, site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = SERVICES[name]
    site.says[service.path] = said(service.yes, service.yes_status)

    sent = await push.send(at_home(name, site, keep, monkeypatch), NOTICE)

    (heard,) = site.posts
    told = service.told(heard)
    if name in PHONES:
        assert told == NOTICE.short
    else:
        assert "do not reach you" in told
        assert "Grüße" in told
    assert "took it" in sent.words


async def test_a_refusal_is_final_and_gives_no_secret_away(
    name: str, site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = SERVICES[name]
    site.says[service.path] = said(service.no, service.no_status)

    with pytest.raises(Refused, match=f"error={service.no_status}") as trouble:
        await push.send(at_home(name, site, keep, monkeypatch), NOTICE)

    assert trouble.value.permanent
    assert "s3cre" not in str(trouble.value)
    assert TO not in str(trouble.value)


@pytest.mark.parametrize("status", [429, 503])
async def test_a_service_in_trouble_may_be_asked_again(
    name: str, site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    site.says[SERVICES[name].path] = said("Busy", status)

    with pytest.raises(Refused, match="did not take the alarm") as trouble:
        await push.send(at_home(name, site, keep, monkeypatch), NOTICE)

    assert not trouble.value.permanent


async def test_what_apprise_cannot_see_is_said(
    site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.says["/sms/json"] = said(VONAGE_NO, 200)

    sent = await push.send(at_home("vonage", site, keep, monkeypatch), NOTICE)

    assert sent.words == "Vonage took it, or refused it in words that we do not see."


async def test_told_to_some_only_counts_as_not_told(
    site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def once(_: Heard, writer: asyncio.StreamWriter) -> None:
        writer.write(said("", 200 if len(site.posts) == 1 else 400))
        await writer.drain()

    site.says["/messages"] = once
    settings = at_home("messagebird", site, keep, monkeypatch)
    monkeypatch.setattr(NotifyMessageBird, "request_rate_per_sec", 0)
    url = await settings.url.reveal()

    with pytest.raises(Refused, match="error=400"):
        await push.send(AppriseSettings(url=keep(f"{url}/15550003333")), NOTICE)

    assert len(site.posts) == 2


async def test_an_optional_service_that_fails_has_failed(
    site: Site, keep: Keep, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.says["/"] = said("", 500)
    url = await at_home("ntfy", site, keep, monkeypatch).url.reveal()

    with pytest.raises(Refused, match="error=500"):
        await push.send(AppriseSettings(url=keep(f"{url}?optional=yes")), NOTICE)


async def test_a_silent_service_is_waited_for_no_longer_than_allowed(
    site: Site, keep: Keep
) -> None:
    let_go = asyncio.Event()

    async def silent(_: Heard, __: asyncio.StreamWriter) -> None:
        await let_go.wait()

    site.says["/"] = silent
    url = f"ntfy://{site.url.removeprefix('http://')}/alarms"
    async with asyncio.timeout(20):
        with pytest.raises(Unreachable, match="ntfy did not answer in time"):
            await push.send(AppriseSettings(url=keep(url)), NOTICE, seconds=0.2)
    let_go.set()


async def test_a_service_that_is_away_may_be_asked_again(keep: Keep) -> None:
    (port,) = free_ports(1)
    url = f"ntfy://127.0.0.1:{port}/s3cret-topic"

    with pytest.raises(Refused, match=r"(?i)connection error") as trouble:
        await push.send(AppriseSettings(url=keep(url)), NOTICE)

    assert not trouble.value.permanent
    assert "s3cret" not in str(trouble.value)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("nonsense://s3cret", "none that apprise understands"),
        ("slack://s3cret", "none that apprise understands"),
        ("ntfy://127.0.0.1:1/s3cret ntfy://127.0.0.1:1/b", "several"),
        ("ntfys://127.0.0.1:1/s3cret?verify=no", "verify=no"),
    ],
)
async def test_addresses_that_cannot_be_trusted_to_tell_are_refused(
    keep: Keep, url: str, words: str
) -> None:
    with pytest.raises(Refused, match=words) as trouble:
        await push.send(AppriseSettings(url=keep(url)), NOTICE)

    assert trouble.value.permanent
    assert "s3cret" not in str(trouble.value)


def test_without_its_extra_it_says_what_to_install() -> None:
    program = (
        "import asyncio, sys; sys.modules['apprise'] = None\n"
        "from probes.channels import push\n"
        "from probes.errors import Refused\n"
        "from probes.secrets import Secret\n"
        "from probes.settings import AppriseSettings\n"
        "from tests.loopback.channels.notices import NOTICE\n"
        "settings = AppriseSettings(url=Secret(env='HOME'))\n"
        "try: asyncio.run(push.send(settings, NOTICE))\n"
        "except Refused as error: print(error)"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert "pip install 'contact-form-watchdog[notify]'" in run.stdout
