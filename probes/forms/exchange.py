"""Asking a web server as a visitor's browser would: bounded, verified, with cookies."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from probes.errors import ProbeError, Refused, Unintelligible
from probes.forms.errors import PageGone
from probes.forms.exemption import NAME, Exemption
from probes.forms.inside import leads_inside, led_inside
from probes.forms.labels import clean
from probes.forms.reply import Lost, Reply
from probes.forms.trouble import unreachable
from probes.trust import web_trust

if TYPE_CHECKING:
    import httpcore2

FOREIGN = (httpx2.HTTPError, httpx2.InvalidURL, OSError)
"""All that httpx2 raises over the world's faults; `OSError` holds `TimeoutError`."""

MOST_PORT = 65_535


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What we bear with; seconds and bytes (after decompression)."""

    connect: float = 10.0
    quiet: float = 15.0
    """Without a byte either way, while the page is fetched."""
    exchange: float = 30.0
    """One question with all its redirects, from the name's look-up to the last byte."""
    page_bytes: int = 5_000_000
    answer_bytes: int = 2_000_000
    redirects: int = 10
    linger: float = 6.0
    """Between page and message, where the form takes hurry for a robot's."""
    widget: float = 20.0
    """Until a CAPTCHA has drawn itself."""


BOUNDS = Bounds()


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A filled form on its way: GET carries it in the address, POST in the body."""

    method: str
    url: str
    body: bytes
    content_type: str
    page_url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    """What the page's script adds."""


class Visit:
    """One visitor's visit to a site: from question to question, cookies are kept."""

    def __init__(
        self,
        client: httpx2.AsyncClient,
        bounds: Bounds,
        exemption: Exemption | None = None,
    ) -> None:
        self._client = client
        self._bounds = bounds
        self._exemption = exemption
        self.home = ""
        """The address of whom we spoke to first."""

    async def fetch(self, url: str) -> Reply:
        """Return the page at `url`, or raise `ProbeError`."""
        progress = _Progress(self)
        request = self._client.build_request(
            "GET", _address(url), extensions={"trace": progress}
        )
        try:
            return await self._follow(request, progress, most=self._bounds.page_bytes)
        except FOREIGN as error:
            raise unreachable(
                error, progress.host, connected=progress.connected
            ) from error

    async def send(self, post: Post) -> Reply | Lost:
        """Send a filled form, signed if that is agreed, and return what came back.

        Raises `ProbeError` only where nothing has left us.  Once the first byte
        of the message is out, whatever goes wrong is `Lost`: the server may have
        understood us all the same (PHP works on when the visitor has gone).
        """
        progress = _Progress(self)
        request = self._client.build_request(
            post.method,
            _address(post.url),
            content=post.body if post.method == "POST" else None,
            headers=_visitor_headers(post),
            timeout=httpx2.Timeout(self._bounds.exchange, connect=self._bounds.connect),
            extensions={"trace": progress},
        )
        self._sign(request)
        try:
            return await self._follow(request, progress, most=self._bounds.answer_bytes)
        except ProbeError as error:
            if not progress.asked:
                raise
            return Lost(words=error.message)
        except FOREIGN as error:
            trouble = unreachable(error, progress.host, connected=progress.connected)
            if not progress.asked:
                raise trouble from error
            return Lost(words=trouble.message)

    async def _follow(
        self, request: httpx2.Request, progress: "_Progress", *, most: int
    ) -> Reply:
        """Follow redirects as browsers do: 301, 302, 303 by GET; 307, 308 repeat."""
        async with asyncio.timeout(self._bounds.exchange):
            for _ in range(self._bounds.redirects + 1):
                progress.host = request.url.host
                response = await self._client.send(request, stream=True)
                try:
                    reply = await _read(response, most=most)
                finally:
                    await response.aclose()
                if response.next_request is None:
                    return reply
                _check_hop(request, response.next_request)
                request = self._after(request, response.next_request)
        raise PageGone(
            f"{request.url.host} sent us from address to address without an end."
        )

    def _after(self, before: httpx2.Request, after: httpx2.Request) -> httpx2.Request:
        """Return the next request: signed anew if it repeats one that was signed.

        httpx2 would take the header along, wherever it is sent on to.
        """
        was_signed = after.headers.pop(NAME, None) is not None
        if was_signed and after.method == before.method:
            self._sign(after)
        return after

    def _sign(self, request: httpx2.Request) -> None:
        if self._exemption:
            signed = self._exemption.headers(request.method, str(request.url))
            request.headers.update(signed)


class _Progress:
    """How far an exchange came, by the trace events of httpx2's transport."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self.host = ""
        """Whom we speak to now: a redirect may lead elsewhere."""
        self.connected = False
        self.asked = False

    async def __call__(self, event: str, told: Mapping[str, Any]) -> None:
        self.asked |= event.endswith("send_request_headers.started")
        self.connected |= self.asked
        if event == "connection.connect_tcp.complete":
            self.connected = True
            await self._check_address(told["return_value"])

    async def _check_address(self, stream: "httpcore2.AsyncNetworkStream") -> None:
        """Hang up, and raise `Refused`, where a public site leads us inside.

        Only the connection itself tells for certain where a name has led.
        """
        address, *_ = stream.get_extra_info("server_addr")
        self._visit.home = self._visit.home or address
        if leads_inside(self._visit.home, address):
            await stream.aclose()
            raise led_inside(self.host, address)


@asynccontextmanager
async def visiting(
    ca: Path | None, bounds: Bounds, exemption: Exemption | None = None
) -> AsyncIterator[Visit]:
    """Open a visit that trusts the system's authorities, and that in `ca`."""
    async with httpx2.AsyncClient(
        verify=web_trust(ca),
        http2=False,
        timeout=httpx2.Timeout(bounds.quiet, connect=bounds.connect),
        headers={
            "User-Agent": _agent(),
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "en,*;q=0.5",
        },
    ) as client:
        yield Visit(client, bounds, exemption)


@cache
def _agent() -> str:
    release = version("contact-form-watchdog")
    return f"contact-form-watchdog/{release} (+automatic delivery test)"


def _address(url: str) -> httpx2.URL:
    try:
        address = httpx2.URL(url)
    except httpx2.InvalidURL as error:
        raise Unintelligible(
            f"{clean(url)} is not the address of a web page."
        ) from error
    _check_address(address)
    return address


def _check_address(address: httpx2.URL) -> None:
    """Raise `Unintelligible` unless a browser would open this as a web page."""
    on_the_web = address.scheme in ("http", "https") and address.host
    if not on_the_web or (address.port or 1) > MOST_PORT:
        raise Unintelligible(f"{address} is not the address of a web page.")


def _visitor_headers(post: Post) -> dict[str, str]:
    """Return what a browser adds when a form is sent from a page.

    Referer as by the default policy of browsers, strict-origin-when-cross-origin
    (https://www.w3.org/TR/referrer-policy/); Origin with POST only.
    """
    page, target = httpx2.URL(post.page_url), httpx2.URL(post.url)
    origin = f"{page.scheme}://{page.netloc.decode('ascii')}"
    headers = {}
    if _origin(page) == _origin(target):
        headers["Referer"] = str(page.copy_with(fragment=None, userinfo=b""))
    elif page.scheme == target.scheme:
        headers["Referer"] = f"{origin}/"
    if post.method == "POST":
        headers |= {"Origin": origin, "Content-Type": post.content_type}
    return {**headers, **post.headers}


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port


def _check_hop(before: httpx2.Request, after: httpx2.Request) -> None:
    _check_address(after.url)
    unveils = (before.url.scheme, after.url.scheme) == ("https", "http")
    if unveils and after.method == "POST":
        raise Refused(
            f"{before.url.host} sent our message on to an unencrypted address."
        )


async def _read(response: httpx2.Response, *, most: int) -> Reply:
    body = bytearray()
    fault = ""
    try:
        async for chunk in response.aiter_bytes():
            body += chunk
            if len(body) > most:
                fault = f"it is larger than {most / 1e6:g} MB"
                break
    except httpx2.DecodingError:
        fault = "its compression is broken"
    return Reply(
        status=response.status_code,
        url=str(response.url.copy_with(userinfo=b"")),
        content_type=response.headers.get("Content-Type", ""),
        body=bytes(body[:most]),
        fault=fault,
        headers=dict(response.headers),
    )
