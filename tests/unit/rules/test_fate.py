"""Hosts of one domain are thought to fail together."""

import pytest

from watchdog.rules.fate import Station, bond, share_fate


@pytest.mark.parametrize(
    ("host", "watched", "shared"),
    [
        ("riverside.example", "riverside.example", True),
        ("Riverside.Example.", "riverside.example", True),
        ("mail.riverside.example", "www.riverside.example", True),
        ("alarms.riverside.example", "www.riverside.example", True),
        ("alt1.aspmx.l.google.com", "gmail-smtp-in.l.google.com", True),
        ("gmail.com", "imap.gmail.com", True),
        ("gmail.com", "riverside.example", False),
        ("riverside.co.uk", "hillside.co.uk", False),
        ("mail.riverside.co.uk", "riverside.co.uk", True),
        ("mx0.web.de", "mx1.web.de", True),
        ("notriverside.example", "riverside.example", False),
        ("mail.com", "gmx.com", False),
        ("localhost", "riverside.example", False),
    ],
)
def test_a_host_shares_the_fate_of_its_domain(
    host: str, watched: str, *, shared: bool
) -> None:
    assert share_fate(host, [watched]) is shared
    assert share_fate(watched, [host]) is shared


def test_where_nothing_is_watched_nothing_is_shared() -> None:
    assert not share_fate("riverside.example", [])


def test_addresses_are_of_no_domain() -> None:
    one = Station(
        name="one", hosts=frozenset({"192.0.2.1", "localhost", "2001:db8::1"})
    )
    other = Station(name="other", hosts=frozenset({"198.51.2.1", "localhost"}))

    assert bond(one, [other]) == ""
