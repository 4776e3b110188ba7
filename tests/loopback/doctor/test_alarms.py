"""What the doctor finds that alarms share with what they tell of."""

from pathlib import Path

from tests.loopback.doctor.examine import diagnosed, examine
from tests.world.nameserver import Nameserver

NO_SMS = ('[[ladder.owner]]\nchannel  = "owner-sms"\n', "")
TO_HOME = ('["owner@riverside.example"]', '["me@home.test"]')


def know_home(dns: Nameserver, *, address: str = "198.51.100.25") -> None:
    """Let the DNS know who takes mail for another domain, and where."""
    dns.records["home.test", "MX"] = ["10 mx.provider.test."]
    dns.records["mx.provider.test", "A"] = [address]


async def test_alarms_that_need_what_is_watched_are_told(
    config: Path, dns: Nameserver
) -> None:
    told = await examine(config, dns, NO_SMS)

    assert told.startswith("Alarms|warning|Every alarm about it may be lost with what")


async def test_where_a_text_message_is_left_it_is_only_said(
    config: Path, dns: Nameserver
) -> None:
    (said,) = [
        finding.sentence
        for section, finding in await diagnosed(config, dns)
        if section == "Alarms"
    ]

    assert said.startswith("The channel “owner-mail” needs mail to riverside.example")
    assert await examine(config, dns) == ""


async def test_an_alarm_to_another_mail_host_is_good_enough(
    config: Path, dns: Nameserver
) -> None:
    know_home(dns)
    both = (TO_HOME[0], '["owner@riverside.example", "me@home.test"]')

    assert await examine(config, dns, NO_SMS, both) == ""


async def test_another_domain_with_the_same_mail_host_is_seen_through(
    config: Path, dns: Nameserver
) -> None:
    know_home(dns, address="192.0.2.25")

    told = await examine(config, dns, NO_SMS, TO_HOME)

    assert told.startswith("Alarms|warning|")


async def test_a_relay_on_the_machine_of_the_mail_host_is_seen_through(
    config: Path, dns: Nameserver
) -> None:
    know_home(dns)
    dns.records["mail.riverside.example", "A"] = ["127.0.0.1"]

    told = [
        finding.sentence
        for section, finding in await diagnosed(config, dns, NO_SMS, TO_HOME)
        if section == "Alarms"
    ]

    assert (
        "needs the server 127.0.0.1, which is at the same address, this machine,"
        in (told[1])
    )


async def test_what_the_dns_does_not_tell_could_not_be_compared(
    config: Path, dns: Nameserver
) -> None:
    know_home(dns)
    dns.failing.add("mx.provider.test")

    told = await examine(config, dns, NO_SMS, TO_HOME)

    assert told.startswith("Alarms|unknown|The channel “owner-mail” could not be comp")
    assert "The DNS fails on mx.provider.test" in told
