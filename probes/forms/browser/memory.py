"""How much memory a browser holds, with all its processes."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium


async def memory_of(chromium: "Chromium") -> int:
    """Return the bytes that its processes share with nobody; 0 where none can tell.

    Raises what Playwright does.
    https://chromedevtools.github.io/devtools-protocol/tot/SystemInfo/#method-getProcessInfo
    """
    line = await chromium.new_browser_cdp_session()
    told = await line.send("SystemInfo.getProcessInfo")
    await line.detach()
    return sum(private_bytes(int(process["id"])) for process in told["processInfo"])


def private_bytes(pid: int) -> int:
    """Return what a process alone holds in memory: resident, and not shared.

    From `statm`, which also tells of pages locked into a sandbox (proc(5)).
    """
    try:
        _, resident, shared, *_ = Path(f"/proc/{pid}/statm").read_text().split()
    except (OSError, ValueError):  # ended meanwhile, or no Linux
        return 0
    return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
