"""A TCP relay on loopback that counts, cuts, stalls and breaks what passes."""

import asyncio
import contextlib
from collections.abc import AsyncIterator

from tests.world.process import LOOPBACK


class Relay:
    """Passes bytes between its clients and one server, until told otherwise."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._flowing = asyncio.Event()
        self._flowing.set()
        self._stranded: list[asyncio.Event] = []
        self._heard = asyncio.Condition()
        self._writers: list[asyncio.StreamWriter] = []
        self.port = 0
        self.asked = bytearray()
        """All that clients have said."""
        self.told = 0
        """Bytes that the server has said."""
        self.piece = 65536
        """The server's words are cut into pieces of so many bytes."""

    @property
    def commands(self) -> int:
        """How many lines clients have said."""
        return self.asked.count(b"\r\n")

    def forget(self) -> None:
        """Count from nothing again."""
        self.asked.clear()
        self.told = 0

    async def hears(self, words: bytes) -> None:
        """Return when clients have said `words` since the last `forget`."""
        async with self._heard:
            await self._heard.wait_for(lambda: words in self.asked)

    def stall(self) -> None:
        """Let nothing pass any more, while every connection stays open."""
        self._flowing.clear()

    def strand(self) -> None:
        """Let nothing pass on open connections any more; new ones are served."""
        self._flowing.clear()
        self._stranded.append(self._flowing)
        self._flowing = asyncio.Event()
        self._flowing.set()

    def cut(self) -> None:
        """End every connection without a word."""
        for writer in self._writers:
            writer.transport.abort()

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["Relay"]:
        """Relay until the end of the block."""
        server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            for flowing in [self._flowing, *self._stranded]:
                flowing.set()
            self.cut()
            server.close()
            await server.wait_closed()

    async def _serve(
        self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter
    ) -> None:
        server, to_server = await asyncio.open_connection(LOOPBACK, self._server_port)
        self._writers += [to_client, to_server]
        flowing = self._flowing
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._ask(client, to_server, flowing))
            tasks.create_task(self._tell(server, to_client, flowing))

    async def _ask(
        self,
        client: asyncio.StreamReader,
        to: asyncio.StreamWriter,
        flowing: asyncio.Event,
    ) -> None:
        with contextlib.suppress(OSError):  # either side may be cut at any time
            while octets := await client.read(65536):
                await flowing.wait()
                self.asked += octets
                async with self._heard:
                    self._heard.notify_all()
                to.write(octets)
                await to.drain()
        to.close()

    async def _tell(
        self,
        server: asyncio.StreamReader,
        to: asyncio.StreamWriter,
        flowing: asyncio.Event,
    ) -> None:
        with contextlib.suppress(OSError):
            while octets := await server.read(self.piece):
                await flowing.wait()
                self.told += len(octets)
                to.write(octets)
                await to.drain()
        to.close()
