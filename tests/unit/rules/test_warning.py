"""Early warnings begin once, hold on a little, and end once."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import NOON, RIVERSIDE, after
from watchdog.model import CheckName, Health, Incident, IncidentKind, Outcome, Reason
from watchdog.rules import warning
from watchdog.rules.incident import Change
from watchdog.rules.warning import Sign, advance

OTHER = CheckName("Another form")
FORMS = frozenset({RIVERSIDE})


def sign(key: str = "quota:office", *checks: CheckName) -> Sign:
    return Sign(
        key=key,
        checks=frozenset(checks or FORMS),
        words="The mailbox office is 91 % full.",
        advice="Make room.",
    )


def begun(*signs: Sign) -> list[Incident]:
    return [change.incident for change in advance(signs, [], now=NOON)]


def certificate(*, left: float, lived: float = 0) -> list[Sign]:
    """Return the signs of a certificate by its days left and gone."""
    return list(
        warning.of_certificate(
            "riverside.example",
            FORMS,
            not_before=after(days=-lived),
            not_after=after(days=left),
            now=NOON,
        )
    )


def domain(*, left: float) -> list[Sign]:
    return list(
        warning.of_domain(
            "riverside.example", FORMS, expires_at=after(days=left), now=NOON
        )
    )


def quota(used: int, *, is_open: bool = False) -> list[Sign]:
    return list(
        warning.of_quota("office", FORMS, used=used, limit=100, is_open=is_open)
    )


def test_a_sign_begins_a_warning_with_its_words() -> None:
    [change] = advance([sign()], [], now=NOON)

    assert change.reason is Reason.WARNING
    assert change.incident == Incident(
        kind=IncidentKind.WARNING,
        shared="quota:office",
        checks=FORMS,
        outcome=Outcome.DELIVERED,
        health=Health.WARNING,
        opened_at=NOON,
        window_from=None,
        words="The mailbox office is 91 % full.",
        advice="Make room.",
    )


def test_what_is_known_is_not_told_again() -> None:
    assert advance([sign()], begun(sign()), now=after(days=1)) == []


def test_what_shows_no_more_is_over() -> None:
    [incident] = begun(sign())

    [change] = advance([], [incident], now=after(days=1))

    assert change.reason is Reason.RESOLVED
    assert change.incident.resolved_at == after(days=1)
    assert change.incident.words == incident.words


def test_forms_that_share_a_sign_share_its_warning() -> None:
    [incident] = begun(sign("certificate:a"), sign("certificate:a", OTHER))

    assert incident.checks == {RIVERSIDE, OTHER}


def test_a_form_that_comes_to_share_it_joins() -> None:
    [change] = advance([sign("quota:office", OTHER)], begun(sign()), now=NOON)

    assert change.incident.checks == {RIVERSIDE, OTHER}


def test_incidents_of_other_kinds_are_left_alone() -> None:
    loss = Incident(
        kind=IncidentKind.LOSS,
        shared="site:riverside",
        checks=FORMS,
        outcome=Outcome.MISSING,
        health=Health.CRITICAL,
        opened_at=NOON,
        window_from=None,
    )

    assert advance([], [loss], now=NOON) == []


@given(st.lists(st.sets(st.sampled_from("abc")), max_size=12))
def test_each_warning_is_told_once_when_it_begins_and_once_when_it_ends(
    hours: list[set[str]],
) -> None:
    incidents: dict[str, Incident] = {}
    told: dict[str, list[Reason]] = {}
    for hour, keys in enumerate(hours):
        now = after(hours=hour)
        changes = advance([sign(key) for key in keys], [*incidents.values()], now=now)
        for change in changes:
            _keep(incidents, change)
            told.setdefault(change.incident.shared, []).append(change.reason)

        assert incidents.keys() == keys
    for reasons in told.values():
        begins, ends = set(reasons[::2]), set(reasons[1::2])
        assert begins == {Reason.WARNING}
        assert ends <= {Reason.RESOLVED}


def _keep(incidents: dict[str, Incident], change: Change) -> None:
    incidents[change.incident.shared] = change.incident
    if change.incident.resolved_at:
        del incidents[change.incident.shared]


@pytest.mark.parametrize(
    ("left", "lived", "warns"),
    [
        pytest.param(14, 76, False, id="two weeks left of three months"),
        pytest.param(13.9, 76, True, id="less than two weeks"),
        pytest.param(-1, 91, True, id="ended"),
        pytest.param(12, 35, False, id="12 days of 47: it is renewed at a third"),
        pytest.param(11, 36, True, id="11 days of 47"),
        pytest.param(2, 4, False, id="2 days of 6"),
        pytest.param(1, 5, True, id="1 day of 6"),
    ],
)
def test_a_certificate_that_should_have_been_renewed_is_warned_of(
    left: float, lived: float, *, warns: bool
) -> None:
    assert bool(certificate(left=left, lived=lived)) is warns


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (13.5, "ends on 2026-12-06, in 13 days."),
        (1.2, "ends on 2026-11-23, in 1 day."),
        (0.2, "ends on 2026-11-22, in less than a day."),
        (-0.2, "ended on 2026-11-22."),
        (-40, "ended on 2026-10-13."),
    ],
)
def test_a_certificate_tells_its_last_day(left: float, words: str) -> None:
    [told] = certificate(left=left, lived=90)

    assert told.key == "certificate:riverside.example"
    assert told.words == f"The certificate of riverside.example {words}"


@pytest.mark.parametrize(
    ("left", "warns"), [(400, False), (30, False), (29, True), (-5, True)]
)
def test_a_domain_that_runs_out_within_a_month_is_warned_of(
    left: float, *, warns: bool
) -> None:
    assert [one.key for one in domain(left=left)] == (
        ["domain:riverside.example"] if warns else []
    )


def test_a_mailbox_that_is_nearly_full_is_warned_of_until_it_is_roomy() -> None:
    assert quota(90) == []
    assert quota(91)[0].words == "The mailbox office is 91 % full."
    assert quota(85, is_open=True) != []
    assert quota(84, is_open=True) == []
    assert quota(120)[0].words == "The mailbox office is 120 % full."


@given(st.integers(0, 200))
def test_what_begins_a_warning_never_ends_it(used: int) -> None:
    if quota(used):
        assert quota(used, is_open=True)


@pytest.mark.parametrize(
    ("evidence", "key"),
    [
        (
            {
                "not_before": after(days=-90).isoformat(),
                "not_after": after(days=1).isoformat(),
            },
            "certificate:mail",
        ),
        (
            {"domain": "a.example", "expires_at": after(days=1).isoformat()},
            "domain:a.example",
        ),
        ({"used": 95, "limit": 100}, "quota:mail"),
    ],
)
def test_what_was_measured_tells_its_sign(evidence: dict[str, str], key: str) -> None:
    [told] = warning.of_evidence("mail", FORMS, evidence, known=(), now=NOON)

    assert told.key == key


def test_what_was_never_found_is_no_sign() -> None:
    assert not warning.of_evidence("mail", FORMS, {}, known=(), now=NOON)


def test_a_mailbox_known_to_be_full_is_so_until_it_is_roomy() -> None:
    evidence = {"used": 88, "limit": 100}

    assert not warning.of_evidence("office", FORMS, evidence, known=(), now=NOON)
    assert warning.of_evidence(
        "office", FORMS, evidence, known={"quota:office"}, now=NOON
    )


@given(st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001
def test_once_warned_of_a_certificate_is_warned_of_until_it_is_another(
    later: datetime,
) -> None:
    now = later.replace(tzinfo=NOON.tzinfo)
    end = after(days=1)

    def warned_at(moment: datetime) -> bool:
        told = warning.of_certificate(
            "a", FORMS, not_before=after(days=-90), not_after=end, now=moment
        )
        return bool(told)

    if warned_at(now):
        assert warned_at(now + timedelta(hours=1))
