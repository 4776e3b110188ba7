"""A page on the internet leads nobody into a network of his own."""

import pytest

from probes.forms.inside import leads_inside

PUBLIC = "93.184.215.14"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1%eth0",
        "fd00::1",
    ],
)
def test_what_only_we_can_reach_is_inside(address: str) -> None:
    assert leads_inside(PUBLIC, address)
    assert leads_inside("2606:2800:21f:cb07:6820:80da:af6b:8b2c", address)
    assert not leads_inside(address, address)
    assert not leads_inside("192.168.1.1", address)


@pytest.mark.parametrize("address", [PUBLIC, "1.1.1.1", "2606:4700::1111"])
def test_the_internet_leads_to_the_internet(address: str) -> None:
    assert not leads_inside(PUBLIC, address)
    assert not leads_inside("127.0.0.1", address)
