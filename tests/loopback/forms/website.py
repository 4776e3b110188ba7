"""A small website on 127.0.0.1 that answers as each test wants, and remembers."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Heard:
    """One request, as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Act = Callable[[Heard, asyncio.StreamWriter], Awaitable[None]]
"""A way to answer that no well-formed bytes can tell."""


@dataclass
class Site:
    """A website: what it says at each path, and what it has heard."""

    url: str = ""
    says: dict[str, bytes | Act] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    talks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def posts(self) -> list[Heard]:
        """The forms that were sent here."""
        return [heard for heard in self.heard if heard.method == "POST"]

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer one connection's requests, until the site is closed."""
        if talk := asyncio.current_task():
            self.talks.add(talk)
        try:
            while heard := await _read(reader):
                self.heard.append(heard)
                said = self._answer(heard)
                if isinstance(said, bytes):
                    writer.write(said)
                    await writer.drain()
                else:
                    await said(heard, writer)
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            return
        finally:
            writer.close()

    def _answer(self, heard: Heard) -> bytes | Act:
        path = heard.path.partition("?")[0]
        for key in (f"{heard.method} {path}", path):
            if key in self.says:
                return self.says[key]
        return answer("<h1>Not found</h1>", status=404)


async def _read(reader: asyncio.StreamReader) -> Heard | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *rest = head.decode("latin-1").rstrip().split("\r\n")
    method, path, _ = first.split(" ")
    headers = {
        name.lower(): value.strip()
        for name, _, value in (line.partition(":") for line in rest)
    }
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return Heard(method, path, headers, body)


def answer(
    said: str | bytes,
    *headers: str,
    status: int = 200,
    kind: str = "text/html; charset=utf-8",
) -> bytes:
    """Return a whole HTTP answer; `headers` as `Name: value`."""
    body = said.encode() if isinstance(said, str) else said
    lines = [
        f"HTTP/1.1 {status} Said",
        f"Content-Type: {kind}",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def moved(to: str, status: int = 302, *headers: str) -> bytes:
    return answer("", f"Location: {to}", *headers, status=status)


@asynccontextmanager
async def opened(tls: ssl.SSLContext | None = None) -> AsyncIterator[Site]:
    site = Site()
    async with await asyncio.start_server(
        site.serve, "127.0.0.1", 0, ssl=tls
    ) as server:
        port = server.sockets[0].getsockname()[1]
        site.url = f"{'https' if tls else 'http'}://127.0.0.1:{port}"
        try:
            yield site
        finally:
            for talk in site.talks:
                talk.cancel()
