"""Who may send in a domain's name, asked on a name server of our own (RFC 7208)."""

import pytest

from probes.errors import Unreachable
from probes.sender import spf
from probes.sender.spf import Spf
from tests.world.nameserver import Nameserver

IP = "192.0.2.7"
SIX = "2001:db8::7"


async def result(server: Nameserver, record: str, ip: str = IP) -> Spf:
    server.say("shop.test", record)
    return await spf.check(
        ip, "shop.test", sender="web@shop.test", nameservers=[server.address]
    )


@pytest.mark.parametrize(
    ("record", "told"),
    [
        ("v=spf1 ip4:192.0.2.0/24 -all", Spf.PASS),
        ("v=spf1 ip4:198.51.100.1 -all", Spf.FAIL),
        ("v=spf1 ip4:198.51.100.1 ~all", Spf.SOFTFAIL),
        ("v=spf1 ip4:198.51.100.1", Spf.NEUTRAL),
        ("v=spf1 ip6:2001:db8::/32 ?all", Spf.NEUTRAL),
        ("V=SPF1 A -ALL", Spf.PASS),
        ("v=spf1 a/24 -all", Spf.PASS),
        ("v=spf1 a:other.test -all", Spf.FAIL),
        ("v=spf1 mx -all", Spf.PASS),
        ("v=spf1 ptr -all", Spf.PASS),
        ("v=spf1 ptr:other.test -all", Spf.FAIL),
        ("v=spf1 include:relay.test -all", Spf.PASS),
        ("v=spf1 -include:strict.test ?all", Spf.NEUTRAL),
        ("v=spf1 redirect=relay.test", Spf.PASS),
        ("v=spf1 exists:%{ir}.%{v}.list.%{d} -all", Spf.PASS),
        ("v=spf1 exists:%{l}.%{o1}.people.test -all", Spf.PASS),
        ("v=spf1 exists:%{i}.unknown.test -all exp=why.test", Spf.FAIL),
        ("v=spf1 other=anything +all", Spf.PASS),
        ("google-site-verification=1", Spf.NONE),
        ("v=spf10 +all", Spf.NONE),
    ],
)
async def test_the_record_decides(server: Nameserver, record: str, told: Spf) -> None:
    server.records["shop.test", "A"] = ["192.0.2.9"] if "/24" in record else [IP]
    server.records["other.test", "A"] = ["198.51.100.9"]
    server.records["shop.test", "MX"] = ["10 mx.other.test.", "20 mail.shop.test."]
    server.records["mx.other.test", "A"] = ["198.51.100.8"]
    server.records["mail.shop.test", "A"] = [IP]
    server.records["7.2.0.192.in-addr.arpa", "PTR"] = ["mail.shop.test."]
    server.say("relay.test", "v=spf1 ip4:192.0.2.7 -all")
    server.say("strict.test", "v=spf1 -all")
    server.records["7.2.0.192.in-addr.list.shop.test", "A"] = ["127.0.0.2"]
    server.records["web.test.people.test", "A"] = ["127.0.0.2"]

    assert await result(server, record) is told


async def test_ip_version_6_is_compared_alike(server: Nameserver) -> None:
    server.records["shop.test", "AAAA"] = ["2001:db8::1"]

    assert await result(server, "v=spf1 a//64 -all", SIX) is Spf.PASS
    assert await result(server, "v=spf1 a -all", SIX) is Spf.FAIL
    assert await result(server, "v=spf1 ip4:192.0.2.7 -all", f"::ffff:{IP}") is Spf.PASS


@pytest.mark.parametrize(
    "record",
    [
        "v=spf1 ip4:192.0.2.300 -all",
        "v=spf1 ip4:2001:db8::1 -all",
        "v=spf1 ip4:192.0.2.0/024 -all",
        "v=spf1 a/33 -all",
        "v=spf1 a:not-a-name -all",
        "v=spf1 ipv4:192.0.2.7 -all",
        "v=spf1 include -all",
        "v=spf1 include:nothing-there.test -all",
        "v=spf1 redirect=nothing-there.test",
        "v=spf1 redirect=a.test redirect=b.test",
        "v=spf1 all:shop.test",
        "v=spf1 exists:%{x}.test -all",
        "v=spf1 exists:%{d0}.test -all",
        "v=spf1 exists:100%.shop.test -all",
        "v=spf1 +all \u2026",
        "v=spf1 include:shop.test -all",
        "v=spf1 a:1.test a:2.test a:3.test -all",
    ],
)
async def test_a_record_with_a_mistake_proves_nothing(
    server: Nameserver, record: str
) -> None:
    assert await result(server, record) is Spf.PERMERROR


async def test_no_more_is_asked_than_a_mail_host_would(server: Nameserver) -> None:
    for number in range(12):
        server.say(f"{number}.test", f"v=spf1 include:{number + 1}.test -all")
    server.say("12.test", f"v=spf1 ip4:{IP} -all")

    assert await result(server, "v=spf1 include:0.test -all") is Spf.PERMERROR
    assert await result(server, "v=spf1 include:4.test -all") is Spf.PASS


async def test_several_records_are_as_bad_as_a_mistake(server: Nameserver) -> None:
    server.records["two.test", "TXT"] = ['"v=spf1 +all"', '"v=spf1 -all"']

    told = await spf.check(IP, "two.test", nameservers=[server.address])

    assert told is Spf.PERMERROR


async def test_a_record_in_pieces_is_one(server: Nameserver) -> None:
    server.records["long.test", "TXT"] = ['"v=spf1 ip4:192." "0.2.7 -all"']

    assert await spf.check(IP, "long.test", nameservers=[server.address]) is Spf.PASS
    assert await spf.has_record("long.test", nameservers=[server.address])


async def test_a_dns_that_fails_is_no_verdict(server: Nameserver) -> None:
    server.failing.add("broken.test")

    with pytest.raises(Unreachable):
        await result(server, "v=spf1 include:broken.test -all")
