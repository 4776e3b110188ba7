"""Who takes mail for a domain, asked on a name server of our own."""

import pytest

from probes.mail import hosting
from tests.world.nameserver import nameserver


async def test_mail_hosts_are_told_with_whose_they_are() -> None:
    async with nameserver() as server:
        server.records["shop.test", "MX"] = ["5 b.mx.test.", "1 aspmx.l.google.com."]
        server.records["aspmx.l.google.com", "A"] = ["192.0.2.1"]
        server.failing.add("b.mx.test")

        found = await hosting.look("shop.test", nameservers=[server.address])

    assert found.hosts == ["aspmx.l.google.com", "b.mx.test"]
    assert found.provider == "Google"
    assert found.addresses == {"192.0.2.1"}


async def test_a_domain_may_take_no_mail_or_be_none() -> None:
    async with nameserver() as server:
        server.records["silent.test", "MX"] = ["0 ."]

        silent = await hosting.look("silent.test", nameservers=[server.address])
        nothing = await hosting.look("nothing.test", nameservers=[server.address])

    assert silent.hosts == ()
    assert nothing.hosts == ()


@pytest.mark.parametrize(
    ("host", "provider"),
    [
        ("shop-example.mail.protection.outlook.com", "Microsoft"),
        ("mta5.am0.yahoodns.net.", "Yahoo"),
        ("mx00.ionos.com", "IONOS"),
        ("mail.shop.example", ""),
        ("notgoogle.com", ""),
    ],
)
def test_providers_are_known_by_the_ends_of_names(host: str, provider: str) -> None:
    assert hosting.provider_of(host) == provider
