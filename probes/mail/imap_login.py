"""Opens an IMAP connection: network, encryption, greeting and login."""

import asyncio
import base64
import errno
import socket
import ssl

from probes.errors import Refused, Unreachable
from probes.mail.imap_answer import Bounds
from probes.mail.imap_grammar import cleaned
from probes.mail.imap_wire import Wire
from probes.settings import ImapSettings
from probes.trust import is_loopback, trust

KEEPALIVE = (
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 60),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 10),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 30_000),
)
"""A peer that is gone without a word is noticed within 90 s (tcp(7))."""

PORTS = {"tls": 993, "starttls": 143, "none": 143}


async def log_in(settings: ImapSettings, bounds: Bounds) -> Wire:
    """Return a connection that is logged in, or raise why there is none."""
    host = settings.host
    if settings.security == "none" and not (
        settings.insecure_login or is_loopback(host)
    ):
        raise Refused(
            f"The password for {host} would travel unencrypted: "
            'set security = "tls" or "starttls".'
        )
    context = trust(settings.ca)
    wire = Wire(host, bounds)
    try:
        async with asyncio.timeout(bounds.connect_within):
            await _connect(wire, settings, context)
        await _authenticate(wire, settings)
        await wire.learn_capabilities()
    except BaseException as error:
        wire.lose(Unreachable(f"The login at {host} was not completed."))
        if isinstance(error, OSError):
            raise _unreachable(host, error) from error
        raise
    return wire


async def _connect(wire: Wire, settings: ImapSettings, context: ssl.SSLContext) -> None:
    transport, _ = await wire.loop.create_connection(
        lambda: wire,
        settings.host,
        settings.port or PORTS[settings.security],
        ssl=context if settings.security == "tls" else None,
        happy_eyeballs_delay=0.25,
    )
    for option in KEEPALIVE:
        transport.get_extra_info("socket").setsockopt(*option)
    await wire.greeted()
    if settings.security == "starttls":
        await wire.encrypt(context)
    await wire.learn_capabilities()


async def _authenticate(wire: Wire, settings: ImapSettings) -> None:
    method = settings.auth or ("login" if settings.token is None else "xoauth2")
    source = settings.password if method == "login" else settings.token
    if source is None:
        missing = "password" if method == "login" else "token"
        raise Refused(f"There is no {missing} for the mailbox of {settings.user}.")
    user, secret = settings.user, await source.reveal()
    try:
        if method == "login":
            await _by_password(wire, user, secret)
        else:
            await _by_token(wire, method.upper(), user, secret)
    except Refused as error:
        # Some servers repeat what they were told.
        told = error.message.replace(secret, "…") if secret else error.message
        raise Refused(told, permanent=error.permanent) from None


async def _by_password(wire: Wire, user: str, password: str) -> None:
    """Log in by LOGIN (RFC 3501 section 6.2.3).

    Both go as literals: these hold any sign, and stay out of the command's line.
    """
    if "LOGINDISABLED" in wire.capabilities:
        raise Refused(
            f"The mail server {wire.host} takes no password here: "
            'set security = "tls" or "starttls", or use a token.'
        )
    name, word = user.encode(), password.encode()
    turns = [b"%b {%d}" % (name, len(word)), word]
    login = f"the login of {user}"
    await wire.ask("LOGIN", f"{{{len(name)}}}", turns=turns, refused=login)


async def _by_token(wire: Wire, mechanism: str, user: str, token: str) -> None:
    """Log in by an OAuth 2 token (Google's and Microsoft's XOAUTH2; RFC 7628).

    A refusal comes as one more question, and wants an answer before it is said.
    """
    if mechanism == "XOAUTH2":
        who, after = f"user={user}", b""
    else:
        name = user.replace("=", "=3D").replace(",", "=2C")
        who, after = f"n,a={name},", b"AQ=="
    words = f"{who}\1auth=Bearer {token}\1\1".encode()
    turns = [base64.b64encode(words), after]
    login = f"the login of {user}"
    await wire.ask("AUTHENTICATE", mechanism, turns=turns, refused=login)


def _unreachable(host: str, error: OSError) -> Unreachable:
    """Return the error in words; `answered` where it was the other side that spoke."""
    server = f"The mail server {host}"
    match error:
        case ssl.SSLCertVerificationError():
            words = f"{server} has no valid certificate: {error.verify_message}."
            return Unreachable(words, answered=True)
        case ssl.SSLError():
            words = f"{server} does not speak TLS as we do: {error.reason}."
            return Unreachable(words, answered=True)
        case socket.gaierror(errno=socket.EAI_NONAME | socket.EAI_NODATA):
            return Unreachable(f"There is no mail server {host}.", answered=True)
        case TimeoutError():
            return Unreachable(f"{server} does not answer.")
    # Several addresses that refuse are one error without a number.
    if f"[Errno {errno.ECONNREFUSED}]" in str(error):
        return Unreachable(f"{server} does not take connections.", answered=True)
    return Unreachable(f"{server} cannot be reached: {cleaned(str(error).encode())}.")
