"""A web server on loopback that answers as a test tells it to, and remembers."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer: JSON, or raw bytes."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    never_ends: bool = False

    @property
    def raw(self) -> bytes:
        """The bytes that go over the wire."""
        return (
            self.body
            if isinstance(self.body, bytes)
            else json.dumps(self.body).encode()
        )


Answers = Callable[[Asked], Told]


@dataclass
class ServiceSite:
    """Where the service is, and what it was asked."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)


@asynccontextmanager
async def service_site(answers: Answers) -> AsyncIterator[ServiceSite]:
    """Run the server for a while."""
    site = ServiceSite()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            request, *lines = head.split("\r\n")
            target = urlsplit(request.split(" ")[1])
            pairs = (line.partition(":") for line in lines if line)
            asked = Asked(
                path=target.path,
                query=dict(parse_qsl(target.query)),
                headers={name.lower(): text.strip() for name, _, text in pairs},
            )
            site.asked.append(asked)
            told = answers(asked)
            extra = "".join(
                f"{name}: {text}\r\n" for name, text in told.headers.items()
            )
            length = "" if told.never_ends else f"Content-Length: {len(told.raw)}\r\n"
            first = f"HTTP/1.1 {told.status} X\r\nConnection: close\r\n"
            writer.write(f"{first}{length}{extra}\r\n".encode())
            writer.write(told.raw)
            while told.never_ends:
                writer.write(b" " * 65_536)
                await writer.drain()
            await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    site.address = f"http://{host}:{port}"
    async with server:
        yield site
