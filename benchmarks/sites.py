"""Thousands of websites in one process: each has a form, whose mail goes by LMTP.

    python -m benchmarks.sites LMTP_PORT

Prints the port at which it listens on every loopback address, so that each check
can have a host of its own; ends with its standard input.  The form at /NAME/ is
mailed to NAME, straight to Dovecot: no Postfix is measured with us.
"""

import asyncio
import socket
import sys
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import parse_qs

from benchmarks.world import address_of
from tests.world.process import LOOPBACK

AT_ONCE = 4
"""Connections to the mail host."""

PAGE = """\
<!DOCTYPE html>
<html lang="en"><head><title>Riverside Studio: contact</title></head>
<body>
<nav><a href="/">Home</a> <a href="/work">Our work</a> <a href="/about">About</a></nav>
<h1>Write to us</h1>
<form action="" method="post">
<label>Your name <input name="name" required></label>
<label>Your email <input type="email" name="email" required></label>
<label>Message <textarea name="message" required></textarea></label>
<button>Send message</button>
</form>
</body></html>
"""
THANKS = """\
<!DOCTYPE html>
<html lang="en"><head><title>Riverside Studio: contact</title></head>
<body><h1>Thank you</h1><p>Your message has been sent.</p></body></html>
"""


@dataclass(frozen=True, slots=True)
class Postman:
    """One connection to the mail host, for many messages (RFC 2033)."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def deliver(self, message: EmailMessage, address: str) -> None:
        """Hand over a message, or raise `ConnectionError`."""
        raw = message.as_bytes().replace(b"\r\n", b"\n").replace(b"\n.", b"\n..")
        await self.ask(f"MAIL FROM:<{address_of('website')}>".encode())
        await self.ask(f"RCPT TO:<{address}>".encode())
        await self.ask(b"DATA")
        await self.ask(raw.replace(b"\n", b"\r\n") + b".")

    async def ask(self, words: bytes) -> None:
        """Say something that the mail host must agree to."""
        self.writer.write(words + b"\r\n")
        await self.agreed()

    async def agreed(self) -> None:
        """Read an answer of any number of lines."""
        while (line := await self.reader.readline())[3:4] == b"-":
            pass
        if line[:1] not in {b"2", b"3"}:
            raise ConnectionError(f"The mail host says {line!r}.")


async def _postman(port: int) -> Postman:
    postman = Postman(*await asyncio.open_connection(LOOPBACK, port))
    await postman.agreed()
    await postman.ask(b"LHLO website.example.test")
    return postman


@dataclass(frozen=True, slots=True)
class Sites:
    """All the websites: what a visitor asks of any of them."""

    postmen: asyncio.Queue[Postman]

    async def serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Answer one visitor's requests until he goes."""
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                page = await self._answer(head, reader)
                writer.write(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
                    b"Content-Length: %d\r\n\r\n%b" % (len(page), page.encode())
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def _answer(self, head: str, reader: asyncio.StreamReader) -> str:
        request, *lines = head.splitlines()
        method, path, _ = request.split()
        if method != "POST":
            return PAGE
        headers = dict(line.lower().split(": ", 1) for line in lines if line)
        posted = await reader.readexactly(int(headers["content-length"]))
        await self._mail(path.strip("/"), parse_qs(posted.decode()))
        return THANKS

    async def _mail(self, name: str, fields: dict[str, list[str]]) -> None:
        message = EmailMessage()
        message["From"] = address_of("website")
        message["To"] = address_of(name)
        message["Reply-To"] = fields["email"][0]
        message["Subject"] = "Message from your website"
        message.set_content("\n".join(f"{key}: {fields[key][0]}" for key in fields))
        postman = await self.postmen.get()
        try:
            await postman.deliver(message, address_of(name))
        finally:
            self.postmen.put_nowait(postman)


async def _live(lmtp_port: int) -> None:
    sites = Sites(asyncio.Queue())
    for _ in range(AT_ONCE):
        sites.postmen.put_nowait(await _postman(lmtp_port))
    with socket.socket() as listener:
        # All of 127.0.0.0/8, and nothing that comes from elsewhere.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, b"lo")
        listener.bind(("", 0))
        async with await asyncio.start_server(sites.serve, sock=listener, backlog=500):
            print(listener.getsockname()[1], flush=True)
            await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(_live(int(sys.argv[1])))
