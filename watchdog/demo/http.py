"""As much of an HTTP server as a demonstration needs: small, bounded, no keep-alive."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qsl, urlsplit

from watchdog.demo.listener import listening

MOST_BYTES = 64 * 1024
"""Of a request's head (asyncio's own bound on a line), and of its body."""

MOST_FIELDS = 100

PATIENCE = 10.0
"""Seconds that a caller has to say what he wants."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a caller wants.  Names of headers are in lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    form: Mapping[str, str]
    """The fields of a posted form; of several with one name, the last."""

    def cookie(self, name: str) -> str:
        """Return the value of a cookie, or nothing."""
        try:
            cookies = SimpleCookie(self.headers.get("cookie", ""))
        except CookieError:
            return ""
        return cookies[name].value if name in cookies else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What we answer."""

    status: HTTPStatus = HTTPStatus.OK
    body: str = ""
    kind: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)


Answer = Callable[[Request], Awaitable[Response]]


def serving(answer: Answer) -> AbstractAsyncContextManager[int]:
    """Answer requests on a free loopback port, which is yielded."""
    return listening(partial(_converse, answer))


async def _converse(answer: Answer, reader: StreamReader, writer: StreamWriter) -> None:
    try:
        async with asyncio.timeout(PATIENCE):
            request = await _request(reader)
    except (OSError, EOFError, asyncio.LimitOverrunError):
        return  # They went away, said nothing for too long, or never came to an end.
    except ValueError:
        response = Response(status=HTTPStatus.BAD_REQUEST)
    else:
        response = await answer(request)
    writer.write(_written(response))
    try:
        await writer.drain()
    except ConnectionError:
        return  # They did not wait for the answer.


async def _request(reader: StreamReader) -> Request:
    """Read one request, or raise `ValueError` if it is none."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip("\r\n").split("\r\n")
    method, target, _version = first.split(" ")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    length = int(headers.get("content-length", "0"))
    if not 0 <= length <= MOST_BYTES:
        raise ValueError("the body is too long")
    body = (await reader.readexactly(length)).decode(errors="replace")
    fields = parse_qsl(body, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    path = urlsplit(target).path
    return Request(method=method, path=path, headers=headers, form=dict(fields))


def _written(response: Response) -> bytes:
    body = response.body.encode()
    headers = {
        "Content-Type": response.kind,
        "Content-Length": str(len(body)),
        "Connection": "close",
        **response.headers,
    }
    lines = [f"HTTP/1.1 {response.status.value} {response.status.phrase}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body
