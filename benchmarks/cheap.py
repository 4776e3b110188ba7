"""Cheap: the CPU time of a whole check, beside Debian's `check_email_delivery`.

The rival only sends a mail and fetches it; we load a page, fill in its form, see
the mail arrive, tidy it away and keep a ledger.  Same Postfix, same Dovecot, TLS.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cpu import Command, cpu_of
from benchmarks.measure import Measure, by_turns
from benchmarks.resident import resident
from benchmarks.world import World, address_of
from tests.world.dovecot import PASSWORD
from tests.world.process import LOOPBACK

PROGRAM = Path(sys.executable).with_name("contact-watchdog")
PLUGINS = Path("/usr/lib/nagios/plugins")
"""Of Debian's monitoring-plugins-contrib, with libmail-imapclient-perl and
libio-socket-ssl-perl, which its plugins want."""

ROUNDS = 12
RESIDENT_BUDGET = 0.1
ONCE_BUDGET = 1.0


async def measure(world: World) -> Sequence[Measure]:
    """Measure the daemon's check and the one-off command, by turns with the rival."""
    rival = _rival(world)
    once: Command = [PROGRAM, "--config", world.configure("once"), "check"]
    async with resident(world.configure("resident")) as household:
        daemon_costs, rival_costs, once_costs = await by_turns(
            "cheap",
            ROUNDS,
            household.check,
            lambda: cpu_of(rival),
            lambda: cpu_of([*once, "--output", "nagios"]),
        )
    return [
        Measure(
            claim="CPU of a whole check in the daemon, beside check_email_delivery",
            unit="ms",
            ours=daemon_costs,
            beside=rival_costs,
            budget=RESIDENT_BUDGET,
        ),
        Measure(
            claim="CPU of `contact-watchdog check`, beside check_email_delivery",
            unit="ms",
            ours=once_costs,
            beside=rival_costs,
            budget=ONCE_BUDGET,
        ),
    ]


def _rival(world: World) -> Command:
    """Return the rival's quickest setting: by default it waits five seconds."""
    dovecot, address = world.host.dovecot, address_of("rival")
    send = (
        f"{PLUGINS}/check_smtp_send -H {LOOPBACK} -p {world.host.postfix.smtp_port}"
        f" --mailto {address} --mailfrom {address_of('website')}"
        " --header 'Subject: %TOKEN1%' --body 'Delivery test'"
    )
    receive = (
        f"{PLUGINS}/check_imap_receive -H localhost -p {dovecot.imaps_port}"
        f" --ssl --ssl-ca-file {dovecot.ca} -U {address} -P {PASSWORD}"
        " -s SUBJECT -s %TOKEN1% --imap-check-interval 1"
    )
    program = PLUGINS / "check_email_delivery"
    return [program, "--wait", "1", "-p", send, "-p", receive]
