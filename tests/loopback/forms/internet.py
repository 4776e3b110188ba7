"""A small internet on 127.0.0.1: hosts of any name, by HTTPS, behind a proxy."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache

import trustme

from tests.loopback.forms.website import Site


@cache
def _tls(authority: trustme.CA, host: str) -> ssl.SSLContext:
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(host).configure_cert(tls)
    return tls


def _sites() -> defaultdict[str, Site]:
    return defaultdict(Site)


@dataclass
class Internet:
    """Whoever asks through `proxy` finds each host as it is set up here, by HTTPS."""

    authority: trustme.CA
    proxy: str = ""
    sites: defaultdict[str, Site] = field(default_factory=_sites)

    def says(self, url: str, said: bytes, *, method: str = "GET") -> None:
        """Let the host of `url` say `said` there."""
        host, _, path = url.removeprefix("https://").partition("/")
        self.sites[host].says[f"{method} /{path}"] = said

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Take one connection through the proxy, to the host that is asked for."""
        head = await reader.readuntil(b"\r\n\r\n")
        host = head.split()[1].decode("ascii").rpartition(":")[0]
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await writer.drain()
        try:
            await writer.start_tls(_tls(self.authority, host))
        except (ConnectionError, ssl.SSLError):
            writer.close()
        else:
            await self.sites[host].serve(reader, writer)


@asynccontextmanager
async def connected(authority: trustme.CA) -> AsyncIterator[Internet]:
    internet = Internet(authority)
    async with await asyncio.start_server(internet.serve, "127.0.0.1", 0) as server:
        internet.proxy = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield internet
        finally:
            for site in internet.sites.values():
                for talk in site.talks:
                    talk.cancel()
