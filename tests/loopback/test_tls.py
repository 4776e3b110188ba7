"""Certificates are looked at on real TLS servers."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import trustme

from probes import tls
from probes.errors import Refused, Unreachable
from probes.tls import Fault, Opening, Untrusted
from tests.loopback.forms.website import opened
from tests.world.process import free_ports
from watchdog.demo.listener import listening

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA(organization_name="Riverside Authority")


@pytest.fixture
def ca(authority: trustme.CA, tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(path)
    return path


@asynccontextmanager
async def showing(certificate: trustme.LeafCert) -> AsyncIterator[int]:
    """Listen with a certificate; yield the port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    async with opened(context) as site:
        yield urlsplit(site.url).port or 0


async def test_a_good_certificate_tells_its_time_and_its_authority(
    authority: trustme.CA, ca: Path
) -> None:
    leaf = authority.issue_cert(
        "127.0.0.1",
        common_name="riverside.test",
        not_before=NOW - DAY,
        not_after=NOW + 5 * DAY,
    )

    async with showing(leaf) as port:
        shown = await tls.certificate("127.0.0.1", port, ca)

    assert shown.not_before == NOW - DAY
    assert shown.not_after == NOW + 5 * DAY
    assert shown.subject == "riverside.test"
    assert shown.issuer == "Riverside Authority"


@asynccontextmanager
async def going_over(
    certificate: trustme.LeafCert, greeting: bytes, answers: Mapping[bytes, bytes]
) -> AsyncIterator[int]:
    """Listen unencrypted, and go over to TLS unless we say `What?`; yield the port."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer := greeting)
        for asked, answer in answers.items():
            if await reader.readline() != asked:
                return
            writer.write(answer)
        if answer.endswith(b"What?\r\n"):
            return
        with suppress(OSError):  # the caller may have seen enough
            await asyncio.get_running_loop().start_tls(
                writer.transport,
                writer.transport.get_protocol(),
                context,
                server_side=True,
            )

    async with listening(serve) as port:
        yield port


TALKS = {
    Opening.IMAP: (
        b"* OK [CAPABILITY IMAP4rev1 STARTTLS] Hello\r\n",
        {b"a STARTTLS\r\n": b"* CAPABILITY IMAP4rev1\r\na OK Begin\r\n"},
    ),
    Opening.SMTP: (
        b"220-mail.test\r\n220 ESMTP\r\n",
        {
            b"EHLO localhost\r\n": b"250-mail.test\r\n250 STARTTLS\r\n",
            b"STARTTLS\r\n": b"220 Begin\r\n",
        },
    ),
}


@pytest.mark.parametrize("opening", Opening)
async def test_a_port_that_goes_over_to_tls_shows_its_certificate(
    authority: trustme.CA, ca: Path, opening: Opening
) -> None:
    leaf = authority.issue_cert("127.0.0.1", not_after=NOW + 5 * DAY)

    async with going_over(leaf, *TALKS[opening]) as port:
        shown = await tls.certificate("127.0.0.1", port, ca, opening=opening)

        assert shown.not_after == NOW + 5 * DAY
        with pytest.raises(Untrusted, match="signed by nobody"):
            await tls.certificate("127.0.0.1", port, opening=opening)


@pytest.mark.parametrize(
    ("opening", "greeting", "answers"),
    [
        (Opening.IMAP, b"* BYE What?\r\n", {}),
        (Opening.IMAP, b"* OK\r\n", {b"a STARTTLS\r\n": b"a BAD What?\r\n"}),
        (Opening.SMTP, b"554 What?\r\n", {}),
        (Opening.SMTP, b"220 x\r\n", {b"EHLO localhost\r\n": b"502 What?\r\n"}),
        (Opening.SMTP, b"x" * 100_000 + b"What?\r\n", {}),
        (Opening.SMTP, b"220-What?\r\n" * 1000, {}),
    ],
)
async def test_a_port_that_does_not_go_over_is_told(
    authority: trustme.CA,
    ca: Path,
    opening: Opening,
    greeting: bytes,
    answers: Mapping[bytes, bytes],
) -> None:
    leaf = authority.issue_cert("127.0.0.1")

    async with going_over(leaf, greeting, answers) as port:
        with pytest.raises(Refused, match="does not go over to encryption"):
            await tls.certificate("127.0.0.1", port, ca, opening=opening)


async def test_an_authority_that_nobody_knows_is_told(authority: trustme.CA) -> None:
    async with showing(authority.issue_cert("127.0.0.1")) as port:
        with pytest.raises(Untrusted, match="signed by nobody") as error:
            await tls.certificate("127.0.0.1", port)

    assert error.value.fault is Fault.UNKNOWN_AUTHORITY


@pytest.mark.parametrize(
    ("name", "begin", "end", "fault", "complaint"),
    [
        ("127.0.0.1", -2 * DAY, -DAY, Fault.EXPIRED, "has expired"),
        ("127.0.0.1", DAY, 2 * DAY, Fault.EARLY, "is not valid yet"),
        ("other.test", -DAY, DAY, Fault.OTHER_NAME, "to another name"),
    ],
)
async def test_a_certificate_that_is_no_good_says_why(
    authority: trustme.CA,
    ca: Path,
    name: str,
    begin: timedelta,
    end: timedelta,
    fault: Fault,
    complaint: str,
) -> None:
    leaf = authority.issue_cert(name, not_before=NOW + begin, not_after=NOW + end)

    async with showing(leaf) as port:
        with pytest.raises(Untrusted, match=complaint) as error:
            await tls.certificate("127.0.0.1", port, ca)

    assert error.value.fault is fault
    assert error.value.answered


async def test_a_name_made_out_to_another_is_no_match(
    authority: trustme.CA, ca: Path
) -> None:
    async with showing(authority.issue_cert("other.test")) as port:
        with pytest.raises(Untrusted) as error:
            await tls.certificate("localhost", port, ca)

    assert error.value.fault is Fault.OTHER_NAME


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_closed_port_refuses(host: str) -> None:
    (port,) = free_ports(1)

    with pytest.raises(Unreachable, match="refused the connection") as error:
        await tls.certificate(host, port)

    assert error.value.answered


async def test_a_server_without_tls_is_told() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    async with listening(greet) as port:
        with pytest.raises(Unreachable, match="speaks no TLS") as error:
            await tls.certificate("127.0.0.1", port)

    assert error.value.answered


async def test_an_authority_file_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="cannot be read"):
        await tls.certificate("127.0.0.1", 1, tmp_path / "gone.pem")


async def test_what_can_be_no_host_is_told() -> None:
    with pytest.raises(Unreachable, match="no name of a host"):
        await tls.certificate("a..test", 443)
