"""On which lists an address stands, where the lists are a name server of our own."""

import pytest

from probes.sender import blocklists
from probes.sender.blocklists import Listings
from tests.world.nameserver import Nameserver

ZONE = "bl.test"
IP = "192.0.2.7"
LISTING = "7.2.0.192.bl.test"
ALWAYS = "2.0.0.127.bl.test"
NEVER = "1.0.0.127.bl.test"


async def look(server: Nameserver, ip: str = IP) -> Listings:
    return await blocklists.look(ip, zones=[ZONE], nameservers=[server.address])


@pytest.fixture(autouse=True)
def healthy(server: Nameserver) -> None:
    server.records[ALWAYS, "A"] = ["127.0.0.2"]


async def test_an_address_that_is_listed_is_named_with_the_list(
    server: Nameserver,
) -> None:
    server.records[LISTING, "A"] = ["127.0.0.3"]

    assert await look(server) == Listings(listed=[ZONE], unknown=[])


async def test_an_address_that_is_not_is_on_none(server: Nameserver) -> None:
    assert await look(server) == Listings(listed=[], unknown=[])


async def test_addresses_of_version_6_are_asked_digit_by_digit(
    server: Nameserver,
) -> None:
    digits = "7.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2"
    server.records[f"{digits}.bl.test", "A"] = ["127.0.0.4"]

    assert (await look(server, "2001:db8::7")).listed == [ZONE]


@pytest.mark.parametrize("answer", ["127.255.255.254", "198.51.100.1"])
async def test_a_list_that_does_not_answer_us_has_not_listed_anybody(
    server: Nameserver, answer: str
) -> None:
    for name in (LISTING, ALWAYS, NEVER):
        server.records[name, "A"] = [answer]

    assert await look(server) == Listings(listed=[], unknown=[ZONE])


async def test_a_list_of_everything_lists_nobody(server: Nameserver) -> None:
    for name in (LISTING, ALWAYS, NEVER):
        server.records[name, "A"] = ["127.0.0.2"]

    assert await look(server) == Listings(listed=[], unknown=[ZONE])


async def test_a_list_that_is_dead_is_not_known_to_say_no(server: Nameserver) -> None:
    del server.records[ALWAYS, "A"]

    assert await look(server) == Listings(listed=[], unknown=[ZONE])


async def test_a_list_that_fails_is_unknown(server: Nameserver) -> None:
    server.failing.add(LISTING)

    assert await look(server) == Listings(listed=[], unknown=[ZONE])


@pytest.mark.parametrize("ip", ["127.0.0.1", "10.1.2.3", "fd00::1"])
async def test_nobody_is_asked_about_an_address_inside(
    server: Nameserver, ip: str
) -> None:
    assert await look(server, ip) == Listings(listed=(), unknown=())
    assert not server.asked
