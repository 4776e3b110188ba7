"""Hosts of one domain are thought to fail together."""

import pytest

from watchdog.rules.fate import share_fate


@pytest.mark.parametrize(
    ("host", "watched", "shared"),
    [
        ("riverside.example", "riverside.example", True),
        ("Riverside.Example.", "riverside.example", True),
        ("mail.riverside.example", "www.riverside.example", True),
        ("alarms.riverside.example", "www.riverside.example", True),
        ("gmail.com", "imap.gmail.com", True),
        ("gmail.com", "riverside.example", False),
        ("riverside.co.uk", "hillside.co.uk", False),
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
