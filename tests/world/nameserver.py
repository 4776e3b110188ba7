"""A name server on loopback that knows what a test tells it, and nothing else."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dns import flags, message, rcode, rdatatype, rrset

from tests.world.process import LOOPBACK

TTL = 60


@dataclass
class Nameserver(asyncio.DatagramProtocol):
    """Answers by UDP.  Names without a record do not exist."""

    records: dict[tuple[str, str], Sequence[str]] = field(default_factory=dict)
    """Name and type to the data, as `("a.test", "MX")` to `["10 mail.a.test."]`."""
    asked: list[str] = field(default_factory=list)
    """About which names, in order."""
    failing: set[str] = field(default_factory=set)
    """Names for which it answers SERVFAIL."""
    silent: bool = False
    address: tuple[str, int] = (LOOPBACK, 0)
    transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:
        """Keep the way back."""
        self.transport = transport
        self.address = transport.get_extra_info("sockname")

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        """Answer one question."""
        assert self.transport is not None
        if not self.silent:
            self.transport.sendto(self._answer(data).to_wire(), addr)

    def say(self, name: str, text: str) -> None:
        """Let a name have this text, and no other."""
        self.records[name, "TXT"] = [f'"{text}"']

    def _answer(self, data: bytes) -> message.Message:
        query = message.from_wire(data)
        answer = message.make_response(query)
        answer.flags |= flags.RA
        question = query.question[0]
        name = question.name.to_text(omit_final_dot=True)
        kind = rdatatype.to_text(question.rdtype)
        self.asked.append(name)
        if name in self.failing:
            answer.set_rcode(rcode.SERVFAIL)
        elif known := self.records.get((name, kind)):
            answer.answer.append(
                rrset.from_text(question.name, TTL, "IN", kind, *known)
            )
        elif not any(name == there for there, _ in self.records):
            answer.set_rcode(rcode.NXDOMAIN)
        return answer


@asynccontextmanager
async def nameserver() -> AsyncIterator[Nameserver]:
    """Run a name server that knows nothing yet."""
    transport, server = await asyncio.get_running_loop().create_datagram_endpoint(
        Nameserver, local_addr=(LOOPBACK, 0)
    )
    try:
        yield server
    finally:
        transport.close()
