"""Where a page comes from: one on the internet is not followed into a network of ours.

What its scripts ask for by themselves, Chromium keeps out of such a network.
https://developer.chrome.com/blog/local-network-access
"""

import asyncio
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from probes.forms.inside import leads_inside, led_inside
from probes.forms.labels import clean

if TYPE_CHECKING:
    from playwright.async_api import Response


async def home_of(response: "Response") -> str:
    """Return the address of whom we asked first; raise `Refused` if led inside."""
    request = response.request
    addresses = [(response.url, await _address(response))]
    while request.redirected_from is not None:
        request = request.redirected_from
        if before := await request.response():
            addresses.append((before.url, await _address(before)))
    home = addresses[-1][1]
    for url, address in addresses:
        if home and address:
            _check(home, url, address)
    return home


async def check_outside(home: str, url: str) -> None:
    """Raise `Refused` where what came from `home` would post to inside."""
    host = urlsplit(url).hostname
    if not home or not host:
        return
    try:
        found = await asyncio.get_running_loop().getaddrinfo(
            host, None, type=socket.SOCK_STREAM
        )
    except OSError:  # whoever is not found is not reached
        return
    for *_, (address, *_) in found:
        _check(home, url, str(address))


def _check(home: str, url: str, address: str) -> None:
    if leads_inside(home, address):
        raise led_inside(clean(urlsplit(url).hostname or url), address)


async def _address(response: "Response") -> str:
    told = await response.server_addr()
    return told["ipAddress"].strip("[]") if told else ""
