"""Whether a server's certificate is trusted, and for how long."""

import asyncio
import errno
import re
import ssl
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from probes.errors import Refused, Unreachable
from probes.forms.trouble import unreachable

SECONDS = 10.0
MOST_SHOWN = 80
"""Characters of a name in a certificate, which anybody may have written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """A certificate that is trusted, for this host, today."""

    not_before: datetime
    not_after: datetime
    subject: str
    issuer: str


class Fault(StrEnum):
    """Why a certificate is not trusted."""

    EXPIRED = "expired"
    EARLY = "early"
    """Its time has not begun: often it is our own clock that is wrong."""
    UNKNOWN_AUTHORITY = "unknown authority"
    OTHER_NAME = "other name"
    OTHER = "other"


FAULTS: Mapping[int, Fault] = {
    9: Fault.EARLY,
    10: Fault.EXPIRED,
    18: Fault.UNKNOWN_AUTHORITY,  # self-signed
    19: Fault.UNKNOWN_AUTHORITY,  # self-signed, in the chain
    20: Fault.UNKNOWN_AUTHORITY,
    21: Fault.UNKNOWN_AUTHORITY,  # often an intermediate certificate is missing
    62: Fault.OTHER_NAME,
    64: Fault.OTHER_NAME,  # an IP address
}
"""X509_V_ERR_… (https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/)."""

SENTENCES: Mapping[Fault, str] = {
    Fault.EXPIRED: "The certificate of {host} has expired.",
    Fault.EARLY: "The certificate of {host} is not valid yet.",
    Fault.UNKNOWN_AUTHORITY: (
        "The certificate of {host} is signed by nobody whom browsers know."
    ),
    Fault.OTHER_NAME: "The certificate at {host} was made out to another name.",
}


class Opening(StrEnum):
    """What is spoken on a port that begins without encryption."""

    IMAP = "imap"
    SMTP = "smtp"


TALKS: Mapping[Opening, Sequence[tuple[bytes, bytes]]] = {
    Opening.IMAP: ((b"", b"* OK"), (b"a STARTTLS\r\n", b"a OK")),
    Opening.SMTP: (
        (b"", b"220 "),
        (b"EHLO localhost\r\n", b"250 "),
        (b"STARTTLS\r\n", b"220 "),
    ),
}
"""What we say, and how the last line of the answer begins where the answer is yes
(RFC 3501 section 6.2.1, RFC 3207)."""

MOST_LINES = 100
"""Of an answer; those before its last one begin otherwise."""

NO = re.compile(rb"[45]\d\d |a |\* BYE")


class Untrusted(Unreachable):
    """The host answered, with a certificate that nobody should trust."""

    def __init__(self, message: str, /, *, fault: Fault) -> None:
        super().__init__(message, answered=True)
        self.fault = fault


async def certificate(
    host: str, port: int, ca: Path | None = None, *, opening: Opening | None = None
) -> Certificate:
    """Return the certificate that `host` shows on a port.

    The port begins with TLS, or goes over to it (STARTTLS) where an `opening` is
    given.  The system's authorities are trusted, and that in the file `ca`.  Raises
    `Untrusted`, `Unreachable`, and `Refused` where `ca` cannot be read, or the host
    does not go over.
    """
    trust = _trust(ca)
    try:
        async with asyncio.timeout(SECONDS):
            shown = await _shown(host, port, trust, opening)
    except ssl.SSLCertVerificationError as error:
        raise _untrusted(error, host) from error
    except OSError as error:
        raise unreachable(_first_cause(error), host, connected=False) from error
    except UnicodeError as error:
        raise Unreachable(f"{host} is no name of a host.", answered=True) from error
    return Certificate(
        not_before=_moment(shown["notBefore"]),
        not_after=_moment(shown["notAfter"]),
        subject=_name(shown["subject"], "commonName"),
        issuer=_name(shown["issuer"], "organizationName", "commonName"),
    )


async def _shown(
    host: str, port: int, trust: ssl.SSLContext, opening: Opening | None
) -> Mapping[str, Any]:
    """Return a certificate as the standard library tells it."""
    reader, writer = await asyncio.open_connection(
        host, port, ssl=None if opening else trust
    )
    transport: asyncio.Transport | None = writer.transport  # type: ignore[assignment]
    try:
        if opening:
            for words, yes in TALKS[opening]:
                writer.write(words)
                await _hear(reader, yes, f"{host}:{port}")
            # Not the writer's own `start_tls`: it stumbles over who hangs up then.
            protocol, loop = writer.transport.get_protocol(), asyncio.get_running_loop()
            transport = await loop.start_tls(
                writer.transport, protocol, trust, server_hostname=host
            )
        if transport is None:
            raise ConnectionResetError
        return transport.get_extra_info("peercert")  # type: ignore[no-any-return]
    finally:
        writer.transport.abort()


async def _hear(reader: asyncio.StreamReader, yes: bytes, name: str) -> None:
    """Return when the peer has said yes, or raise `Refused`."""
    for _ in range(MOST_LINES):
        try:
            line = await reader.readline()
        except ValueError:  # a line without end
            break
        if line.startswith(yes):
            return
        if not line or NO.match(line):
            break
    raise Refused(f"{name} does not go over to encryption (STARTTLS).")


def _moment(words: str) -> datetime:
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(words), UTC)


def _first_cause(error: OSError) -> OSError:
    """Several addresses that refuse are, to asyncio, one error without a number."""
    refused = f"[Errno {errno.ECONNREFUSED}]" in str(error)
    return ConnectionRefusedError() if refused else error


def _trust(ca: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if ca is not None:
        try:
            context.load_verify_locations(ca)
        except OSError as error:  # also ssl.SSLError: no certificate in it
            raise Refused(f"The authority in {ca} cannot be read.") from error
    return context


def _untrusted(error: ssl.SSLCertVerificationError, host: str) -> Untrusted:
    fault = FAULTS.get(error.verify_code, Fault.OTHER)
    sentence = SENTENCES.get(fault, "The certificate of {host} is not trusted.")
    return Untrusted(sentence.format(host=host), fault=fault)


def _name(distinguished: tuple[tuple[tuple[str, Any], ...], ...], *kinds: str) -> str:
    """Return the first of `kinds` in a distinguished name, fit to be shown."""
    parts = {kind: str(value) for pairs in distinguished for kind, value in pairs}
    name = next((parts[kind] for kind in kinds if kind in parts), "")
    return "".join(sign for sign in name if sign.isprintable())[:MOST_SHOWN]
