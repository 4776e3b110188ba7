"""One IMAP connection: aioimaplib, cured of what a watchdog cannot live with.

The only file that knows aioimaplib.  Its parser recurses, drops news that ride on
another command's answer, and wakes nobody when the connection is lost; so the
bytes are read here, and one command runs at a time.  Nothing secret is ever part
of a command's line: it is only said when the server asks to go on, and never
logged.
"""

import asyncio
import re
import ssl
from collections import deque
from collections.abc import Sequence

from aioimaplib import aioimaplib

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable
from probes.mail.imap_answer import Answer, Bounds, refusal
from probes.mail.imap_frames import Framer, Response
from probes.mail.imap_grammar import cleaned, code_and_words

GREETING = re.compile(rb"\* OK\b", re.IGNORECASE)
FAREWELL = re.compile(rb"\* BYE\b", re.IGNORECASE)
ALERT = re.compile(rb"\* (?:OK|NO|BAD) \[ALERT\]", re.IGNORECASE)
EXISTS = re.compile(rb"\* \d+ EXISTS\b", re.IGNORECASE)
STATE_AFTER = {
    ("LOGIN", b"OK"): aioimaplib.AUTH,
    ("AUTHENTICATE", b"OK"): aioimaplib.AUTH,
    ("SELECT", b"OK"): aioimaplib.SELECTED,
    ("EXAMINE", b"OK"): aioimaplib.SELECTED,
    # What was selected before is selected no more (RFC 3501 section 6.3.1).
    ("SELECT", b"NO"): aioimaplib.AUTH,
    ("EXAMINE", b"NO"): aioimaplib.AUTH,
}
INJECTED = "The mail server said too much before the encryption began."
TAGGED = re.compile(rb"[A-Z0-9]+ (?:OK|NO|BAD)\b", re.IGNORECASE)


class _Question(aioimaplib.Command):  # type: ignore[misc]  # untyped
    """A command, what we say each time the server asks to go on, and its answer."""

    def __init__(
        self,
        name: str,
        tag: str,
        *args: str,
        prefix: str | None,
        turns: Sequence[bytes],
    ) -> None:
        super().__init__(name, tag, *args, prefix=prefix)
        self.turns = deque(turns)
        self.data: list[Response] = []
        self.size = 0
        self.limit = asyncio.timeout(None)

    def keep(self, response: Response, *, most: int) -> None:
        self.size += sum(len(part) for part in response) + 100
        if self.size > most:
            raise Unintelligible("The mail server sent an answer without end.")
        self.data.append(response)

    @property
    def answer(self) -> Answer:
        result, lines = self.response
        return Answer(result=result, text=lines[-1], data=self.data)

    def fail(self, error: ProbeError) -> None:
        self._exception = error
        self.close(b"", "KO")


class Wire(aioimaplib.IMAP4ClientProtocol):  # type: ignore[misc]  # untyped
    """A connection, from its greeting to its end.

    After an error, a time-out or a cancelled call it is closed: a late answer
    must not meet the next question.  `news` tells that the selected folder got a
    message since it was last set to False, whichever command it rode on.
    """

    transport: asyncio.Transport

    def __init__(self, host: str, bounds: Bounds) -> None:
        super().__init__(asyncio.get_running_loop())
        self.host = host
        self.bounds = bounds
        self.news = False
        self.alert = ""
        self._farewell = ""
        self._framer = Framer(
            most_literal=bounds.most_literal, most_response=bounds.most_response
        )
        self._greeted = asyncio.Event()
        self._turn = asyncio.Lock()
        self._encrypting = False
        self._enough = False
        self._lost: ProbeError | None = None

    @property
    def lost(self) -> bool:
        """Whether the connection has ended."""
        return self._lost is not None

    async def greeted(self) -> None:
        """Return when the server has greeted us, or raise why it did not."""
        await self._greeted.wait()
        if self._lost is not None:
            raise self._lost

    async def encrypt(self, context: ssl.SSLContext) -> None:
        """Go over to TLS by STARTTLS (RFC 3501 section 6.2.1)."""
        await self.ask("STARTTLS")
        if self._framer.has_rest:
            raise Unintelligible(INJECTED)
        self.transport = await self.loop.start_tls(
            self.transport, self, context, server_hostname=self.host
        )
        self._encrypting = False

    async def learn_capabilities(self) -> None:
        """Ask what the server can do; it changes with TLS and with the login."""
        answer = await self.ask("CAPABILITY")
        self.capabilities = {
            word.decode("ascii", "replace").upper()
            for response in answer.data
            for word in response[0].split()[2:]
            if response[0].upper().startswith(b"* CAPABILITY ")
        }

    async def ask(
        self,
        name: str,
        *args: str,
        prefix: str | None = None,
        turns: Sequence[bytes] = (),
        within: float | None = None,
        refused: str = "",
    ) -> Answer:
        """Give a command; return the answer, or raise `Refused` if it is NO or BAD.

        `turns` are said one by one when the server asks to go on; `refused` tells
        in the error what it was that the server refused.
        """
        question = _Question(name, self.new_tag(), *args, prefix=prefix, turns=turns)
        try:
            async with asyncio.timeout(within or self.bounds.answer_within) as limit:
                question.limit = limit
                await self.execute(question)
        except TimeoutError as error:
            words = f"The mail server {self.host} stopped answering."
            raise Unreachable(words) from error
        answer = question.answer
        if answer.result == "OK":
            return answer
        begins = f"The mail server {self.host} refused {refused or name}"
        raise refusal(answer, begins, alert=self.alert)

    async def idle(self, seconds: float) -> None:
        """Return at the first news, or after `seconds` (IDLE, RFC 2177)."""
        self._enough = self.news
        timer = self.loop.call_later(seconds, self._stop_idling)
        try:
            await self.ask("IDLE", within=seconds + self.bounds.idle_ends_within)
        finally:
            timer.cancel()
        if not self._enough:
            raise Unintelligible(f"The mail server {self.host} does not go on pushing.")

    def lose(self, error: ProbeError) -> None:
        """Close the connection; whoever waits for anything on it hears `error`."""
        if self._lost is None:
            self._lost = error
        if (question := self._end_question()) is not None:
            question.fail(self._lost)
        self._greeted.set()
        if self.transport is not None:  # it is, before there was a connection
            self.transport.abort()

    # What aioimaplib or the event loop calls:

    async def execute(
        self, command: aioimaplib.Command, scrub: str | None = None
    ) -> object:
        """Run one command, after the one before it."""
        async with self._turn:
            if self._lost is not None:
                raise self._lost
            try:
                return await super().execute(command, scrub)
            except BaseException:
                self.lose(Unreachable(f"We gave up on the mail server {self.host}."))
                raise

    def send(self, line: str, scrub: str | None = None) -> None:
        """Write a line, and never log it."""
        del scrub
        self.transport.write(line.encode("utf-8", "surrogateescape") + b"\r\n")

    def data_received(self, data: bytes) -> None:
        """Take in bytes; what makes no sense ends the connection."""
        try:
            for response in self._framer.feed(data):
                self._hear(response)
        except ProbeError as error:
            self.lose(error)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wake whoever waits."""
        why = self._farewell or (cleaned(str(exc).encode()) if exc else "")
        self.lose(
            Unreachable(
                f"The mail server {self.host} ended the connection"
                + (f": {why}" if why else "."),
                answered=bool(self._farewell),
            )
        )

    def _hear(self, response: Response) -> None:
        line = response[0]
        if self._encrypting:
            raise Unintelligible(INJECTED)
        if self.state == aioimaplib.CONNECTED:
            self._take_greeting(line)
        elif line.startswith(b"* "):
            self._take_data(response)
        elif line.startswith(b"+"):
            self._go_on()
        elif line:  # some servers send empty lines
            self._take_result(line)

    def _take_greeting(self, line: bytes) -> None:
        if FAREWELL.match(line):
            words = code_and_words(line[6:])[1]
            raise Refused(
                f"The mail server {self.host} turned us away: {words}", permanent=False
            )
        if not GREETING.match(line):  # nor PREAUTH: whose mailbox would that be?
            raise Unintelligible(f"{self.host} does not greet as a mail server does.")
        self.state = aioimaplib.NONAUTH
        self._greeted.set()

    def _take_data(self, response: Response) -> None:
        line = response[0]
        if FAREWELL.match(line):
            self._farewell = code_and_words(line[6:])[1]
        elif match := ALERT.match(line):
            self.alert = cleaned(line[match.end() :])
        elif EXISTS.match(line):
            self.news = True
            self._stop_idling()
        question = self._question
        if question is not None and question.name != "IDLE":
            question.keep(response, most=self.bounds.most_answer)

    def _take_result(self, line: bytes) -> None:
        question = self._question
        tag = line.partition(b" ")[0]
        if question is None or tag != question.tag.encode() or not TAGGED.match(line):
            raise Unintelligible(f"{self.host} answered what nobody had asked.")
        self._end_question()
        result, _, text = line[len(tag) + 1 :].partition(b" ")
        if question.name in {"SELECT", "EXAMINE"}:
            self.news = False  # what a folder begins with is no news
        self.state = STATE_AFTER.get((question.name, result.upper()), self.state)
        self._encrypting = question.name == "STARTTLS"
        question.close(text, result.decode().upper())

    def _go_on(self) -> None:
        question = self._question
        if question is not None and question.turns:
            self.transport.write(question.turns.popleft() + b"\r\n")
        elif self.has_pending_idle_command():
            self._idle_event.set()
            if self._enough:
                self._stop_idling()
        else:
            raise Unintelligible(f"{self.host} wants to hear more than there is.")

    def _stop_idling(self) -> None:
        self._enough = True
        question = self._question
        # DONE only once, and only after the server has said that it idles.
        if question is not None and self._idle_event.is_set():
            self._idle_event.clear()
            self.idle_done()
            if not question.limit.expired():
                within = self.bounds.idle_ends_within
                question.limit.reschedule(self.loop.time() + within)

    @property
    def _question(self) -> _Question | None:
        sync: _Question | None = self.pending_sync_command
        return sync or next(iter(self.pending_async_commands.values()), None)

    def _end_question(self) -> _Question | None:
        question = self._question
        self.pending_sync_command = None
        self.pending_async_commands.clear()
        return question
