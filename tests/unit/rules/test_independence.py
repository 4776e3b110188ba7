"""What one failure would take together, and what nobody could compare."""

import pytest

from watchdog.model import ChannelName, Health
from watchdog.rules.fate import HERE, Station
from watchdog.rules.finding import Finding
from watchdog.rules.independence import Way, of_independence


def station(name: str, *places: str, fault: str = "") -> Station:
    hosts = frozenset(
        place for place in places if place[-1].isalpha() and place != HERE
    )
    return Station(
        name=name, hosts=hosts, addresses=frozenset({*places} - hosts), fault=fault
    )


SITE = station("the site www.riverside.example", "www.riverside.example", "192.0.2.1")
MAIL = station("mail to riverside.example", "mx1.provider.example", "192.0.2.25")
GATEWAY = station("the SMS gateway api.twilio.com", "api.twilio.com", "198.51.100.9")
TO_GMAIL = station("mail to gmail.com", "mx.google.com", "198.51.100.25")
RELAY = station("the server smtp.mailer.example", "smtp.mailer.example", "203.0.113.5")


def way(name: str, *parts: list[Station]) -> Way:
    return Way(channel=ChannelName(name), parts=parts)


def found(*ways: Way, watched: tuple[Station, ...] = (SITE, MAIL)) -> list[Finding]:
    return list(of_independence("form", ways, watched))


def test_alarms_that_share_nothing_are_not_spoken_of() -> None:
    assert found(way("mail", [TO_GMAIL], [RELAY]), way("sms", [GATEWAY])) == []
    assert found() == []


@pytest.mark.parametrize(
    ("shared", "words"),
    [
        (
            station("mail to studio.example", "mx2.provider.example"),
            (
                "mail to studio.example, which is of the same domain, "
                "provider.example, as mail to riverside.example"
            ),
        ),
        (
            station("the server out.example", "out.example", "192.0.2.1"),
            (
                "the server out.example, which is at the same address, 192.0.2.1, "
                "as the site www.riverside.example"
            ),
        ),
    ],
)
def test_what_is_shared_is_told_and_a_doubt_where_nothing_else_is_left(
    shared: Station, words: str
) -> None:
    alone, note = found(way("mail", [TO_GMAIL], [shared]))

    assert (alone.health, note.health) == (Health.WARNING, Health.OK)
    assert alone.mend
    both = "one failure would take both."
    assert note.sentence == f"The channel “mail” needs {words}: {both}"

    (beside,) = found(way("mail", [TO_GMAIL], [shared]), way("sms", [GATEWAY]))
    assert beside == note


def test_a_second_server_or_address_elsewhere_is_enough() -> None:
    own = station("the server mail.riverside.example", "mail.riverside.example")

    assert found(way("mail", [MAIL, TO_GMAIL], [own, RELAY])) == []


def test_our_own_machine_is_one_place_by_whatever_address() -> None:
    here = station("the site a.example", "a.example", HERE)
    relay = station("the server localhost", HERE)

    alone, note = found(way("mail", [TO_GMAIL], [relay]), watched=(here,))

    assert alone.health is Health.WARNING
    assert "at the same address, this machine, as the site a.example" in note.sentence


def test_what_could_not_be_compared_is_never_fine() -> None:
    fault = "The DNS gave no answer about gmail.com in time."
    unknown = station("mail to gmail.com", "gmail.com", fault=fault)

    (finding,) = found(way("mail", [unknown], [RELAY]))

    assert finding.health is Health.UNKNOWN
    assert finding.sentence.endswith(
        f"could not be compared with what it tells of. {fault}"
    )


def test_nor_is_what_is_watched_and_could_not_be_found() -> None:
    lost = station("the site riverside.example", "riverside.example", fault="Lost.")

    (finding,) = found(way("sms", [GATEWAY]), watched=(lost,))

    assert finding.health is Health.UNKNOWN


def test_what_is_shared_by_name_needs_no_dns_to_be_told() -> None:
    lost = station("mail to riverside.example", "riverside.example", fault="Lost.")

    alone, note = found(way("mail", [lost]), watched=(SITE,))

    assert (alone.health, note.health) == (Health.WARNING, Health.OK)
