"""A server on a free loopback port that hangs up on everybody when it ends."""

import asyncio
from asyncio import StreamReader, StreamWriter, Task
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager

HOST = "127.0.0.1"

PATIENCE = 3.0
"""Seconds a conversation may take to end after we have hung up."""

Converse = Callable[[StreamReader, StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(converse: Converse) -> AsyncIterator[int]:
    """Hold `converse` with every caller; yield the port.

    On leaving we hang up first and wait then: since Python 3.12.1 a server's
    `wait_closed` waits for its last client, and clients may stay for ever.
    """
    talks: dict[Task[None], StreamWriter] = {}

    async def talk(reader: StreamReader, writer: StreamWriter) -> None:
        try:
            await converse(reader, writer)
        finally:
            writer.close()

    def answer(reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(talk(reader, writer))
        talks[task] = writer
        task.add_done_callback(talks.pop)

    server = await asyncio.start_server(answer, HOST, 0)
    try:
        yield port_of(server)
    finally:
        server.close()
        for writer in talks.values():
            writer.transport.abort()
        await ended(talks)


def port_of(server: asyncio.Server) -> int:
    """Return the port on which `server` listens."""
    port: int = server.sockets[0].getsockname()[1]
    return port


async def ended(tasks: Collection[Task[None]]) -> None:
    """Return when all `tasks` are over; cancel those that outstay `PATIENCE`."""
    if not tasks:
        return
    _, stubborn = await asyncio.wait(tasks, timeout=PATIENCE)
    for task in stubborn:
        task.cancel()
    if stubborn:
        await asyncio.wait(stubborn, timeout=PATIENCE)
