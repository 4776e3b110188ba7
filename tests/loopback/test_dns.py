"""The DNS is asked on a name server of our own."""

from collections.abc import AsyncIterator

import pytest

from probes import dns
from probes.errors import Refused, Unreachable
from tests.world.nameserver import Nameserver, nameserver


@pytest.fixture
async def server() -> AsyncIterator[Nameserver]:
    async with nameserver() as server:
        yield server


async def test_a_name_leads_to_all_its_addresses(server: Nameserver) -> None:
    server.records["riverside.test", "A"] = ["192.0.2.1", "192.0.2.2"]
    server.records["riverside.test", "AAAA"] = ["2001:db8::1"]

    found = await dns.addresses("riverside.test", nameservers=[server.address])

    assert sorted(found) == ["192.0.2.1", "192.0.2.2", "2001:db8::1"]


async def test_the_preferred_mail_host_comes_first(server: Nameserver) -> None:
    server.records["a.test", "MX"] = ["20 second.a.test.", "10 first.a.test."]

    found = await dns.mail_hosts("a.test", nameservers=[server.address])

    assert found == ["first.a.test", "second.a.test"]


async def test_a_domain_without_mx_takes_its_mail_itself(server: Nameserver) -> None:
    server.records["a.test", "A"] = ["192.0.2.1"]

    assert await dns.mail_hosts("a.test", nameservers=[server.address]) == ["a.test"]


async def test_a_domain_may_say_that_it_takes_no_mail(server: Nameserver) -> None:
    server.records["a.test", "MX"] = ["0 ."]

    with pytest.raises(Refused, match="takes no mail"):
        await dns.mail_hosts("a.test", nameservers=[server.address])


@pytest.mark.parametrize(
    ("host", "complaint"),
    [
        ("nowhere.test", "There is no such name as nowhere.test"),
        ("mail-only.test", "leads to no address"),
        ("broken.test", "The DNS fails on broken.test"),
        ("a..test", "cannot be a name"),
        ("x" * 64 + ".test", "cannot be a name"),
    ],
)
async def test_a_name_that_leads_nowhere_is_its_owners_fault(
    server: Nameserver, host: str, complaint: str
) -> None:
    server.records["mail-only.test", "MX"] = ["10 mail.test."]
    server.failing.add("broken.test")

    with pytest.raises(Unreachable, match=complaint) as error:
        await dns.addresses(host, nameservers=[server.address])

    assert error.value.answered


async def test_a_silent_dns_may_be_our_own_fault(server: Nameserver) -> None:
    server.silent = True

    with pytest.raises(Unreachable, match="gave no answer about a") as error:
        await dns.addresses("a.test", nameservers=[server.address], seconds=0.2)

    assert not error.value.answered


async def test_a_dns_that_no_way_leads_to_may_be_our_own_fault() -> None:
    forbidden = ("255.255.255.255", 53)  # the kernel itself says no to a broadcast

    with pytest.raises(Unreachable, match="No DNS server could be asked") as error:
        await dns.addresses("a.test", nameservers=[forbidden])

    assert not error.value.answered


@pytest.mark.parametrize(
    "host", ["localhost", "site.localhost", "127.0.0.1", "192.0.2.1", "::1"]
)
def test_addresses_and_this_machine_need_no_dns(host: str) -> None:
    assert dns.needs_no_dns(host)
    assert not dns.needs_no_dns("riverside.test")
