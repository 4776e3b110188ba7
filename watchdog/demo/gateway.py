"""An SMS gateway that speaks Twilio's Messages API and keeps what it is given.

https://www.twilio.com/docs/messaging/api/message-resource
"""

import json
from base64 import b64encode
from contextlib import AsyncExitStack
from dataclasses import dataclass
from hmac import compare_digest
from http import HTTPStatus
from typing import Self

from watchdog.demo.http import Request, Response, serving
from watchdog.demo.listener import HOST

NOT_AUTHENTICATED = 20003
INVALID_TO = 21211
BODY_REQUIRED = 21602
NOT_FOUND = 20404
"""Codes from https://www.twilio.com/docs/api/errors"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sms:
    """A text message that was handed to the gateway."""

    sid: str
    sender: str
    to: str
    body: str


class Gateway:
    """An SMS gateway for one account, while it is entered."""

    def __init__(self, account: str, token: str) -> None:
        self.messages: list[Sms] = []
        self.url = ""
        self._messages_path = f"/2010-04-01/Accounts/{account}/Messages"
        self._credentials = b"Basic " + b64encode(f"{account}:{token}".encode())
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        port = await self._open.enter_async_context(serving(self._answer))
        self.url = f"http://{HOST}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    async def _answer(self, request: Request) -> Response:
        given = request.headers.get("authorization", "").encode()
        if not compare_digest(given, self._credentials):
            return _error(HTTPStatus.UNAUTHORIZED, NOT_AUTHENTICATED, "Authenticate")
        if request.path == f"{self._messages_path}.json" and request.method == "POST":
            return self._take(request)
        if request.method == "GET":
            for sms in self.messages:
                if request.path == f"{self._messages_path}/{sms.sid}.json":
                    return _json(HTTPStatus.OK, _resource(sms, "delivered"))
        return _error(HTTPStatus.NOT_FOUND, NOT_FOUND, "There is no such resource")

    def _take(self, request: Request) -> Response:
        form = request.form
        to, body = form.get("To", ""), form.get("Body", "")
        if not (to.startswith("+") and to[1:].isdecimal()):
            words = f"Invalid 'To' Phone Number: {to}"
            return _error(HTTPStatus.BAD_REQUEST, INVALID_TO, words)
        if not body:
            words = "Message body is required."
            return _error(HTTPStatus.BAD_REQUEST, BODY_REQUIRED, words)
        sid = f"SM{len(self.messages) + 1:032x}"
        sms = Sms(sid=sid, sender=form.get("From", ""), to=to, body=body)
        self.messages.append(sms)
        return _json(HTTPStatus.CREATED, _resource(sms, "queued"))


def _resource(sms: Sms, status: str) -> dict[str, object]:
    return {
        "sid": sms.sid,
        "status": status,
        "from": sms.sender,
        "to": sms.to,
        "body": sms.body,
        "error_code": None,
        "error_message": None,
    }


def _error(status: HTTPStatus, code: int, words: str) -> Response:
    return _json(status, {"code": code, "message": words, "status": status.value})


def _json(status: HTTPStatus, content: dict[str, object]) -> Response:
    return Response(status=status, body=json.dumps(content), kind="application/json")
