"""What domains want done with forgeries, asked on a name server of our own."""

import pytest

from probes.sender import dmarc
from probes.sender.dmarc import Dmarc, Policy
from tests.world.nameserver import Nameserver


async def look(server: Nameserver, domain: str) -> Dmarc | None:
    return await dmarc.look(domain, nameservers=[server.address])


@pytest.mark.parametrize(
    ("record", "policy"),
    [
        ("v=DMARC1; p=reject", Policy.REJECT),
        ("v=DMARC1;p=Quarantine;rua=mailto:a@shop.test", Policy.QUARANTINE),
        ("v=DMARC1; p=none; sp=reject", Policy.NONE),
        ("v=DMARC1; p=reject; t=y", Policy.QUARANTINE),
        ("v=DMARC1; p=quarantine; pct=0", Policy.NONE),
        ("v=DMARC1; p=everything", Policy.NONE),
        ("v=DMARC1; rua=mailto:a@shop.test", Policy.NONE),
    ],
)
async def test_a_domains_own_record_decides(
    server: Nameserver, record: str, policy: Policy
) -> None:
    server.say("_dmarc.shop.test", record)

    assert await look(server, "Shop.test.") == Dmarc(policy=policy, at="shop.test")


@pytest.mark.parametrize(
    ("record", "policy"),
    [
        ("v=DMARC1; p=reject", Policy.REJECT),
        ("v=DMARC1; p=reject; sp=none", Policy.NONE),
        ("v=DMARC1; p=none; np=reject", Policy.REJECT),
    ],
)
async def test_without_one_that_of_the_domain_above_holds(
    server: Nameserver, record: str, policy: Policy
) -> None:
    server.say("_dmarc.shop.test", record)

    told = await look(server, "a.news.shop.test")

    assert told == Dmarc(policy=policy, at="shop.test")


async def test_a_registrys_record_holds_only_where_nobody_below_has_one(
    server: Nameserver,
) -> None:
    server.say("_dmarc.test", "v=DMARC1; p=reject; psd=y")
    server.say("_dmarc.shop.test", "v=DMARC1; p=none")

    assert await look(server, "a.shop.test") == Dmarc(
        policy=Policy.NONE, at="shop.test"
    )
    assert await look(server, "a.bakery.test") == Dmarc(policy=Policy.REJECT, at="test")


async def test_a_long_name_is_asked_about_but_a_few_times(server: Nameserver) -> None:
    server.say("_dmarc.g.h.shop.test", "v=DMARC1; p=reject")

    told = await look(server, "a.b.c.d.e.f.g.h.shop.test")

    assert told == Dmarc(policy=Policy.REJECT, at="g.h.shop.test")
    assert len(server.asked) <= 8


@pytest.mark.parametrize(
    "records",
    [
        [],
        ['"v=spf1 -all"'],
        ['"p=reject"'],
        ['"v=DMARC1; p=reject"', '"v=DMARC1; p=none"'],
    ],
)
async def test_nothing_said_clearly_is_nothing_said(
    server: Nameserver, records: list[str]
) -> None:
    server.records["_dmarc.shop.test", "TXT"] = records

    assert await look(server, "shop.test") is None
