"""The floor: a bare IDLE loop, which does nothing but hear that mail has come."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import perf_counter

from benchmarks.measure import NotMeasured


@dataclass(frozen=True, slots=True)
class IdleLoop:
    """A connection in IDLE (RFC 2177)."""

    reader: asyncio.StreamReader

    async def next_exists(self) -> float:
        """Return when the server next said that a message has come."""
        await _hear(self.reader, b" EXISTS")
        return perf_counter()


@asynccontextmanager
async def idling(
    port: int, *, ca: str, user: str, password: str
) -> AsyncIterator[IdleLoop]:
    """Idle in an inbox on `localhost` until the end of the block."""
    context = ssl.create_default_context(cafile=ca)
    reader, writer = await asyncio.open_connection("localhost", port, ssl=context)
    try:
        for tag, command in (
            ("a1", f'LOGIN "{user}" "{password}"'),
            ("a2", "EXAMINE INBOX"),
        ):
            writer.write(f"{tag} {command}\r\n".encode())
            await _hear(reader, f"{tag} OK".encode())
        writer.write(b"a3 IDLE\r\n")
        await _hear(reader, b"+ ")
        yield IdleLoop(reader)
    finally:
        writer.close()


async def _hear(reader: asyncio.StreamReader, words: bytes) -> None:
    while line := await reader.readline():
        if words in line:
            return
    raise NotMeasured("The mail host hung up on the bare IDLE loop.")
