"""Trust is shared by many connections, and none of them marks it for another."""

import asyncio
import ssl
from pathlib import Path

import httpx2
import pytest
import trustme

from probes.errors import Refused
from probes.trust import trust, web_trust
from tests.world.process import LOOPBACK


@pytest.fixture
def ca(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_text("not a certificate")
    return path


async def test_a_visit_to_a_site_offers_no_http_to_mail_hosts(ca: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.set_alpn_protocols(["http/1.1"])
    authority.issue_cert(LOOPBACK).configure_cert(context)

    async def answer(reader: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        to.write(b"HTTP/1.1 204 No Content\r\n\r\n")
        to.close()

    async with await asyncio.start_server(answer, LOOPBACK, 0, ssl=context) as server:
        port = server.sockets[0].getsockname()[1]
        async with httpx2.AsyncClient(verify=web_trust(ca)) as client:
            await client.get(f"https://{LOOPBACK}:{port}/")

        _, mail = await asyncio.open_connection(LOOPBACK, port, ssl=trust(ca))

        agreed = mail.get_extra_info("ssl_object").selected_alpn_protocol()
        mail.write(b"\r\n\r\n")
        mail.close()
    assert agreed is None


def test_a_file_without_a_certificate_is_refused(ca: Path) -> None:
    with pytest.raises(Refused, match=r"ca\.pem"):
        trust(ca)
