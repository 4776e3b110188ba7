"""Whether somebody at an address speaks to us at all."""

import asyncio

SECONDS = 5.0


async def answers(host: str, port: int, *, seconds: float = SECONDS) -> bool:
    """Return whether `host` lets us connect, or says no itself.

    A refused connection is an answer too: it proves that our network works.
    """
    try:
        async with asyncio.timeout(seconds):
            _, writer = await asyncio.open_connection(host, port)
    except ConnectionRefusedError:
        return True
    except OSError:
        return False
    writer.close()
    return True
