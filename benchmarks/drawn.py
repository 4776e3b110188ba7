"""A website in a process of its own: one form in the page, one drawn by a script.

    python -m benchmarks.drawn

Prints its address; ends with its standard input.
"""

import asyncio
import sys

from benchmarks.sites import PAGE, THANKS
from tests.loopback.forms.browser.sites import DRAWN
from tests.loopback.forms.website import answer, opened


async def _live() -> None:
    async with opened() as site:
        site.says = {
            "/plain": answer(PAGE),
            "POST /plain": answer(THANKS),
            "/drawn": answer(DRAWN),
            "POST /api/contact": answer('{"status": "ok"}', kind="application/json"),
        }
        print(site.url, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_live())
