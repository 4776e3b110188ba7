"""Text messages by Twilio's Messages API, or a gateway that speaks like it.

https://www.twilio.com/docs/messaging/api/message-resource
"""

import asyncio
import re
from collections.abc import Mapping
from typing import Annotated
from urllib.parse import quote

from pydantic import BaseModel, Field, ValidationError

from probes.channels.message import Delivery, Notice, Report, Sent, nobody_told
from probes.channels.sms_account import SmsAccount, sms_account
from probes.channels.sms_text import fit
from probes.channels.words import shown
from probes.errors import ProbeError, Refused, Unintelligible
from probes.settings import SmsSettings
from probes.web import SECONDS, Answer, Question, ask

SID = r"[A-Za-z0-9_-]{1,64}"
"""It becomes part of an address, so nothing else may be in it."""

BETWEEN = " "
"""Parts the references of a message to several people: one each."""

CODES: Mapping[int, str] = {
    20003: "the account or its token is wrong",
    21211: "that is no valid phone number",
    21408: "the account may not send to that country",
    21606: "the sender's number is not one of the account's",
    21608: "a trial account sends to verified numbers only",
    21610: "that person has asked for no more messages (STOP)",
    21614: "that is no mobile number",
    30003: "the phone is switched off or out of reach",
    30004: "the message was blocked",
    30005: "there is no such phone",
    30006: "that is a landline, or a carrier that cannot be reached",
    30007: "the carrier took the message for spam",
}
"""https://www.twilio.com/docs/api/errors"""

STATES: Mapping[str, Delivery] = {
    "delivered": Delivery.DELIVERED,
    "read": Delivery.DELIVERED,
    "undelivered": Delivery.FAILED,
    "failed": Delivery.FAILED,
    "canceled": Delivery.FAILED,
}
"""Every other one (queued, sending, sent…) is on its way."""


class _Message(BaseModel):
    """The gateway's record of one message; what we do not read is passed over."""

    sid: Annotated[str, Field(pattern=rf"^{SID}$")]
    status: str
    error_code: int | None = None
    error_message: str | None = None


class _Error(BaseModel):
    code: int
    message: str = ""


async def send(
    settings: SmsSettings, notice: Notice, *, seconds: float = SECONDS
) -> Sent:
    """Send the essence of `notice` to each number, as one SMS each.

    It counts as sent once the gateway took one of them; `refused` names the others.
    Raises `ProbeError` if it took none.
    """
    account = await sms_account(settings)
    to = tuple(dict.fromkeys(account.to))
    text = fit(notice.short)
    results = await asyncio.gather(
        *(_send_one(account, number, text, seconds) for number in to)
    )
    taken = [result for result in results if isinstance(result, _Message)]
    troubles = [result for result in results if isinstance(result, ProbeError)]
    if not taken:
        raise nobody_told(troubles)
    return Sent(
        reference=BETWEEN.join(message.sid for message in taken),
        words=" ".join(dict.fromkeys(shown(message.status) for message in taken)),
        refused={
            number: result.message
            for number, result in zip(to, results, strict=True)
            if isinstance(result, ProbeError)
        },
    )


async def delivery(
    settings: SmsSettings, reference: str, *, seconds: float = SECONDS
) -> Report:
    """Return how far what `send` called `reference` has come by now.

    To several people, it failed if it failed with one of them, and is delivered
    when it is with all.  Raises `ProbeError` where the gateway does not tell.
    """
    account = await sms_account(settings)
    sids = reference.split(BETWEEN)
    if not all(re.fullmatch(SID, sid) for sid in sids):
        raise Unintelligible("That is no reference of an SMS gateway.")
    messages = [
        await _exchange(account, _question(account, "GET", f"/{sid}"), seconds)
        for sid in sids
    ]
    states = [STATES.get(message.status, Delivery.SENT) for message in messages]
    words = " ".join(dict.fromkeys(_reported(message) for message in messages))
    if Delivery.FAILED in states:
        return Report(delivery=Delivery.FAILED, words=words)
    everywhere = set(states) == {Delivery.DELIVERED}
    return Report(
        delivery=Delivery.DELIVERED if everywhere else Delivery.SENT, words=words
    )


async def _send_one(
    account: SmsAccount, number: str, text: str, seconds: float
) -> _Message | ProbeError:
    form = {"To": number, "From": account.sender, "Body": text}
    try:
        message = await _exchange(
            account, _question(account, "POST", form=form), seconds
        )
    except ProbeError as error:
        return error
    if STATES.get(message.status) is Delivery.FAILED:
        return Refused(f"The SMS gateway {account.host} said: {_reported(message)}")
    return message


def _question(
    account: SmsAccount,
    method: str,
    path: str = "",
    form: Mapping[str, str] | None = None,
) -> Question:
    base = f"{account.api}/2010-04-01/Accounts/{quote(account.account, safe='')}"
    return Question(
        method=method,
        url=f"{base}/Messages{path}.json",
        form=form,
        login=(account.account, account.token),
    )


async def _exchange(
    account: SmsAccount, question: Question, seconds: float
) -> _Message:
    answer = await ask(question, seconds=seconds)
    if not answer.is_yes:
        raise _refused(account, answer)
    try:
        return _Message.model_validate_json(answer.body)
    except ValidationError:
        raise Unintelligible(
            f"The SMS gateway {account.host} answered {answer.status}, "
            "but not as Twilio would."
        ) from None


def _refused(account: SmsAccount, answer: Answer) -> Refused:
    try:
        error = _Error.model_validate_json(answer.body)
    except ValidationError:
        said = f"{answer.status}"
    else:
        told = shown(error.message, secrets=[account.token])
        said = f"{CODES.get(error.code, told)} (error {error.code})"
    return Refused(
        f"The SMS gateway {account.host} said no: {said}.", permanent=answer.is_final
    )


def _reported(message: _Message) -> str:
    """Return the gateway's word for a message's state, and why where it says so."""
    status = shown(message.status)
    if message.error_code is None:
        return f"{status}."
    why = CODES.get(message.error_code, shown(message.error_message or "no reason"))
    return f"{status}: {why} (error {message.error_code})."
