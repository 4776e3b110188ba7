"""An IMAP server that says what its script says: for what no real one would do."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping

from tests.world.process import LOOPBACK

ANSWERS = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1\r\nTAG OK\r\n",
    "LOGIN": "TAG OK\r\n",
    "LIST": '* LIST () "/" INBOX\r\nTAG OK\r\n',
    "EXAMINE": (
        "* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\n* OK [UIDNEXT 6]\r\n"
        "TAG OK [READ-ONLY]\r\n"
    ),
    "SELECT": "* 1 EXISTS\r\n* OK [UIDVALIDITY 1]\r\nTAG OK [READ-WRITE]\r\n",
    "STATUS": "* STATUS INBOX (UIDVALIDITY 1 UIDNEXT 6)\r\nTAG OK\r\n",
    "UID SEARCH": "* SEARCH 5\r\nTAG OK\r\n",
    "UID FETCH": (
        '* 1 FETCH (UID 5 INTERNALDATE "01-Nov-2026 10:00:00 +0000" '
        "RFC822.SIZE 11 BODY[]<0> {11}\r\nSubject: x\n)\r\nTAG OK\r\n"
    ),
    "LOGOUT": "* BYE\r\nTAG OK\r\n",
}
"""What a plain old server of one message says: no IDLE, MOVE, UIDPLUS, SPECIAL-USE."""


class ScriptedImap:
    """Answers each command (`UID …` by two words) from `answers`, else by OK.

    In an answer TAG stands for the command's tag, and HANG UP for the end of the
    connection.  `heard` holds the commands without their tags.
    """

    def __init__(
        self,
        answers: Mapping[str, str | bytes] | None = None,
        *,
        greeting: str = "* OK hello\r\n",
    ) -> None:
        self.answers = {**ANSWERS, **(answers or {})}
        self.greeting = greeting
        self.heard: list[str] = []
        self.port = 0
        self._writers: list[asyncio.StreamWriter] = []

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator["ScriptedImap"]:
        """Serve until the end of the block."""
        server = await asyncio.start_server(self._serve, LOOPBACK, 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            for writer in self._writers:
                writer.transport.abort()
            server.close()
            await server.wait_closed()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self._writers.append(writer)
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            writer.write(self.greeting.encode())
            while line := _text(await reader.readline()):
                if line == "DONE":  # the only line without a tag
                    self.heard.append(line)
                    continue
                tag, _, command = line.partition(" ")
                while command.endswith("}"):
                    command = await self._take_literal(command, reader, writer)
                self.heard.append(command)
                if not self._answer(tag, command, writer):
                    break
        writer.close()

    async def _take_literal(
        self, command: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> str:
        size = int(command[command.rindex("{") + 1 : -1])
        writer.write(b"+ go on\r\n")
        literal = (await reader.readexactly(size)).decode()
        rest = _text(await reader.readline())
        return command[: command.rindex("{")] + literal + rest

    def _answer(self, tag: str, command: str, writer: asyncio.StreamWriter) -> bool:
        """Answer one command; return whether the connection goes on."""
        words = command.upper().split()
        name = " ".join(words[:2]) if words[0] == "UID" else words[0]
        answer = self.answers.get(name, "TAG OK\r\n")
        octets = answer if isinstance(answer, bytes) else answer.encode()
        octets, hang_up, _ = octets.replace(b"TAG", tag.encode()).partition(b"HANG UP")
        writer.write(octets)
        return not hang_up


def _text(line: bytes) -> str:
    return line.decode("utf-8", "surrogateescape").rstrip("\r\n")
