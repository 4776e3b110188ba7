"""Flat: a check costs the same whether the mailbox holds 100 messages or 100,000."""

import imaplib
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from benchmarks.measure import Measure, NotMeasured, by_turns, tell
from benchmarks.resident import Household, resident
from benchmarks.world import World, address_of
from tests.world.dovecot import PASSWORD, Dovecot
from tests.world.process import LOOPBACK
from tests.world.relay import Relay

SMALL, LARGE = 100, 100_000
ROUNDS = 12
BUDGET = 1.3


@dataclass
class Counted:
    """A resident, and what passes between it and its mail host."""

    household: Household
    relay: Relay
    commands: list[float] = field(default_factory=list)
    octets: list[float] = field(default_factory=list)

    async def check(self) -> float:
        """Let it do one check, count its IMAP, and return its CPU time."""
        self.relay.forget()
        cost = await self.household.check()
        self.commands.append(self.relay.commands)
        self.octets.append(len(self.relay.asked) + self.relay.told)
        return cost


async def measure(world: World) -> Sequence[Measure]:
    """Watch two mailboxes by turns; see, too, that nobody's mail is marked read."""
    dovecot = world.host.dovecot
    async with AsyncExitStack() as stack:
        counted = []
        for count in (SMALL, LARGE):
            name = f"flat{count}"
            tell(f"flat mailbox: making {count:,} messages")
            _fill(dovecot, address_of(name), count)
            relay = await stack.enter_async_context(Relay(dovecot.imap_port).running())
            config = world.configure(name, imap_port=relay.port)
            household = await stack.enter_async_context(resident(config))
            counted.append(Counted(household, relay))
        small, large = counted
        large_costs, small_costs = await by_turns(
            "flat mailbox", ROUNDS, large.check, small.check
        )
    for count in (SMALL, LARGE):
        _check_unseen(dovecot, address_of(f"flat{count}"), count)
    of_what = f"a check with {LARGE:,} unseen messages in the mailbox, beside {SMALL}"
    return [
        Measure(
            claim=f"{what} of {of_what}", unit=unit, ours=a, beside=b, budget=BUDGET
        )
        for what, unit, a, b in (
            ("CPU", "ms", large_costs, small_costs),
            ("IMAP commands", "", large.commands, small.commands),
            ("IMAP traffic", "bytes", large.octets, small.octets),
        )
    ]


def _fill(dovecot: Dovecot, user: str, count: int) -> None:
    """Put unseen mail into an inbox, and open it once, so that Dovecot has an index."""
    dovecot.fill(user, count)
    with imaplib.IMAP4(LOOPBACK, dovecot.imap_port) as imap:
        imap.login(user, PASSWORD)
        imap.select()


def _check_unseen(dovecot: Dovecot, user: str, count: int) -> None:
    said = dovecot.doveadm("mailbox", "status", "-u", user, "unseen", "INBOX")
    if said.split() != ["INBOX", f"unseen={count}"]:
        raise NotMeasured(f"Of {count} unseen messages are left: {said}")
