"""Why a host could not be reached, told from the exception that says so."""

import errno
import socket
import ssl
from collections.abc import Iterator

from probes.errors import Unreachable

NO_WAY = (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL)


def unreachable(error: BaseException, host: str, *, connected: bool) -> Unreachable:
    """Return `error` as a sentence about `host`, and whether anybody spoke to us.

    `connected`: the host had taken our connection before the error came.  Where
    several addresses failed, each its own way, one that spoke to us counts most.
    """
    told = [
        sentence
        for cause in _causes(error)
        if (sentence := _sentence(cause, host, connected=connected))
    ]
    nothing_better = (
        f"{host} gave no usable answer: {str(error)[:200].rstrip('.')}.",
        connected,
    )
    words, answered = max(told, key=lambda one: one[1], default=nothing_better)
    return Unreachable(words, answered=answered)


def _sentence(
    cause: BaseException, host: str, *, connected: bool
) -> tuple[str, bool] | None:
    told: tuple[str, bool] | None = None
    match cause:
        case ssl.SSLCertVerificationError(verify_message=words):
            told = f"The certificate of {host} is not trusted: {words}.", True
        case ssl.SSLError():
            told = f"{host} speaks no TLS that we understand: {cause}.", True
        case socket.gaierror(errno=socket.EAI_NONAME | socket.EAI_NODATA):
            told = f"There is no such name as {host} in the DNS.", True
        case socket.gaierror():
            told = f"The name {host} was not found: the DNS gave no answer.", False
        case ConnectionRefusedError():
            told = f"{host} refused the connection.", True
        case TimeoutError():
            told = f"{host} did not answer in time.", connected
        case ConnectionError():
            told = f"{host} broke off the connection.", True
        case OSError(errno=number) if number in NO_WAY:
            told = f"There is no way through the network to {host}.", False
        # Several addresses that refuse are, to asyncio, one error without a number.
        case OSError() if f"[Errno {errno.ECONNREFUSED}]" in str(cause):
            told = f"{host} refused the connection.", True
    return told


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Walk down to the first causes, through exception groups (one an address)."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from _causes(inner)
    else:
        yield error
    deeper = error.__cause__ or error.__context__
    if deeper is not None:
        yield from _causes(deeper)
