"""The door to the notification library apprise: every way that we do not speak.

Wants the extra `notify`, and is imported when used: it is slow to load.  Success is
as apprise sees it, which for many services is an HTTP status alone; it keeps no
message id, so there is no delivery report.
"""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from probes.channels.message import Notice, Sent
from probes.channels.sms_text import fit
from probes.channels.words import encodable, one_line, shown
from probes.errors import ProbeError, Refused, Unreachable
from probes.settings import AppriseSettings

if TYPE_CHECKING:
    from apprise import AppriseResult, NotifyBase

SECONDS = 30.0

PHONE_BODY = 160
"""A service that takes no more than this sends SMS."""

MOST_TITLE = 200
ROOM = 10
"""Kept free beside subject and text, for what apprise puts between them."""

PERMANENT = re.compile(r"\berror=4(?!08|25|29)\d\d(?:\d\d)?\b")
"""How apprise's plugins quote an HTTP status (ntfy: and two digits) in warnings."""

HEARSAY = ("Vonage", "ClickSend")
"""These answer 200 also where they refuse, in words that apprise does not read.

https://developer.vonage.com/en/api/sms, https://developers.clicksend.com/docs/
"""

PART_OF_URL = re.compile(r"[:/?#@&=,]+")

MISSING = (
    "This channel needs the library apprise: "
    "pip install 'contact-form-watchdog[notify]'"
)


async def send(
    settings: AppriseSettings, notice: Notice, *, seconds: float = SECONDS
) -> Sent:
    """Hand the notice to the one service that the secret address names.

    The length is chosen by what it can carry.  Raises `ProbeError` unless all those
    whom the address names were told: apprise does not say who was not.
    """
    try:
        import apprise  # noqa: PLC0415
        from apprise.plugins.plivo import NotifyPlivo  # noqa: PLC0415
    except ImportError:
        raise Refused(MISSING) from None
    address = await settings.url.reveal()
    caller = apprise.Apprise()
    caller.add(address)
    service = _only(list(caller))
    if isinstance(service, NotifyPlivo):
        # apprise 2.2.0 asks for the account `{auth_id}`, to the letter.
        account = quote(service.auth_id, safe="")
        service.notify_url = service.notify_url.replace("{auth_id}", account)
    title, body = _fitting(service, notice)
    result = await caller.async_notify(
        body=body,
        title=title,
        body_format=apprise.NotifyFormat.TEXT,
        notify_type=apprise.NotifyType.WARNING,
        timeout=seconds,
    )
    name = str(service.service_name)
    if not _is_success(result):
        raise _trouble(name, result, address)
    doubt = ", or refused it in words that we do not see" if name in HEARSAY else ""
    return Sent(reference="", words=f"{name} took it{doubt}.")


def _only(services: Sequence["NotifyBase"]) -> "NotifyBase":
    """Return the service, if it is the only one and its certificate is verified."""
    if not services:
        raise Refused("The channel's address is none that apprise understands.")
    if len(services) > 1:
        raise Refused("The channel's address names several services: make it several.")
    if not services[0].verify_certificate:
        raise Refused("The channel's address must not say verify=no.")
    return services[0]


def _fitting(service: "NotifyBase", notice: Notice) -> tuple[str, str]:
    """Return title and body as long as the service takes them."""
    most = service.body_maxlen
    if most <= PHONE_BODY:
        return "", fit(notice.short, most=most)
    title = one_line(encodable(notice.subject))[:MOST_TITLE]
    return title, encodable(notice.text)[: most - len(title) - ROOM]


def _is_success(result: "AppriseResult") -> bool:
    """Return whether every last attempt succeeded.

    The status alone does not tell: `optional=yes` in an address turns it to success.
    """
    last = [service.attempts[-1] for service in result if service.attempts]
    return bool(last) and all(last)


def _trouble(name: str, result: "AppriseResult", address: str) -> ProbeError:
    """Return what apprise noted of the failure; no part of the address is shown."""
    from apprise import AppriseResultStatus  # noqa: PLC0415  as above

    notes = " ".join(entry.message for entry in result.logs())
    _, _, parts = unquote(address).partition("://")
    secrets = [*PART_OF_URL.split(parts), *PART_OF_URL.split(address)[1:]]
    if result.status is AppriseResultStatus.TIMEOUT:
        return Unreachable(f"{name} did not answer in time.")
    return Refused(
        f"{name} did not take the alarm: {shown(notes, secrets=secrets)}",
        permanent=PERMANENT.search(notes) is not None,
    )
