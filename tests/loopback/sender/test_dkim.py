"""Whether the key of a signature is there, asked on a name server of our own."""

import pytest

from probes.sender import dkim
from probes.sender.dkim import Key
from tests.world.nameserver import Nameserver

NAME = "key1._domainkey.shop.test"


@pytest.mark.parametrize(
    ("record", "key"),
    [
        ("v=DKIM1; k=rsa; p=MIIBIjANBg", Key.PRESENT),
        ("p=MIIBIjANBg", Key.PRESENT),
        ("v=DKIM1; p=", Key.REVOKED),
        ("something else", Key.ABSENT),
    ],
)
async def test_a_key_is_there_or_not(server: Nameserver, record: str, key: Key) -> None:
    server.say(NAME, record)

    assert await dkim.look(NAME, nameservers=[server.address]) is key


async def test_a_name_that_is_gone_has_no_key(server: Nameserver) -> None:
    assert await dkim.look(NAME, nameservers=[server.address]) is Key.ABSENT
