"""Verdicts become incidents: not too soon, one for one cause, and none for ever."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.world.facts import NOON, OFFICE, RIVERSIDE, after, verdict
from watchdog.model import (
    CheckName,
    Health,
    Incident,
    IncidentKind,
    Leg,
    MailboxName,
    Outcome,
    Reason,
    Verdict,
)
from watchdog.rules.incident import Change, advance
from watchdog.rules.standing import Standing, wants_retry

OUTCOMES = {
    "g": (Outcome.DELIVERED, None),
    "b": (Outcome.MISSING, Leg.MAIL),
    "w": (Outcome.JUNKED, Leg.INBOX),
    "s": (Outcome.UNREACHABLE, Leg.SITE),
    "?": (Outcome.BLIND, Leg.MAILBOX),
    "c": (Outcome.BLOCKED, Leg.FORM),
    "u": (Outcome.BLOCKED, Leg.WIDGET),
    "x": (Outcome.REFUSED, Leg.WIDGET),
}
"""A letter for each verdict of a history that is written oldest first."""

OTHER = CheckName("Another form")


def said(letter: str, number: int) -> Verdict:
    outcome, leg = OUTCOMES[letter]
    sent_at = after(minutes=10 * number)
    is_good = outcome is Outcome.DELIVERED
    return verdict(
        f"m{number}",
        outcome=outcome,
        leg=leg,
        judged_at=sent_at + timedelta(minutes=1),
        arrived_at=sent_at + timedelta(seconds=30) if is_good else None,
        latency=timedelta(seconds=30) if is_good else None,
    )


def standing(letters: str, **changes: Any) -> Standing:
    verdicts = [said(letter, number) for number, letter in enumerate(letters)]
    facts: dict[str, Any] = {
        "check": RIVERSIDE,
        "site": "riverside",
        "mailbox": OFFICE,
        "history": verdicts[::-1],
        "open_after": 2,
        "resolve_after": 2,
    }
    return Standing(**(facts | changes))


def changed(
    standings: Sequence[Standing],
    incidents: Sequence[Incident] = (),
    now: datetime = NOON,
    watched: Sequence[CheckName] = (RIVERSIDE, OTHER),
) -> Sequence[Change]:
    return advance(standings, incidents, watched=watched, now=now)


def lived_through(
    histories: dict[CheckName, str], **shares: Any
) -> tuple[list[Change], list[Incident]]:
    """Let verdicts come one after the other; return all changes, and what is open."""
    changes: list[Change] = []
    incidents: list[Incident] = []
    length = max(map(len, histories.values()))
    for n in range(1, length + 1):
        now = after(minutes=10 * n)
        standings = [
            standing(history[:n], check=check, **shares)
            for check, history in histories.items()
        ]
        new = changed(standings, incidents, now)
        changes += new
        known = {(one.incident.kind, one.incident.opened_at) for one in new}
        incidents = [i for i in incidents if (i.kind, i.opened_at) not in known]
        incidents += [one.incident for one in new if not one.incident.resolved_at]
    return changes, incidents


def reasons(history: str, **shares: Any) -> list[Reason]:
    changes, _ = lived_through({RIVERSIDE: history}, **shares)
    return [change.reason for change in changes]


@pytest.mark.parametrize(
    ("history", "opens"),
    [
        ("b", False),
        ("gb", False),
        ("bgb", False),
        ("bb", True),
        ("b?b", True),
        ("bc?b", True),
        ("gww", True),
        ("wb", True),
        ("b??", False),
        ("", False),
    ],
)
def test_two_bad_in_a_row_open_an_incident_whatever_could_not_tell_between(
    history, opens
):
    assert bool(changed([standing(history)])) is opens


@pytest.mark.parametrize(
    ("history", "ends"),
    [
        ("bb", False),
        ("bbg", False),
        ("bbg?", False),
        ("bbgg", True),
        ("bbg?g", True),
        ("bb????", False),
        ("bbgbg", False),
        ("?" * 90, False),
    ],
)
def test_two_good_in_a_row_end_it_and_blindness_ends_nothing(history, ends):
    [opened] = changed([standing("bb")])
    changes = changed([standing(history)], [opened.incident], after(hours=3))
    ended = [one for one in changes if one.reason is Reason.RESOLVED]
    assert bool(ended) is ends


def test_a_captcha_that_works_is_no_trouble_however_long_nothing_is_sent():
    assert reasons("u" * 90) == []


@pytest.mark.parametrize("history", ["xxuu", "ssuu", "sxu?u", "usxuu"])
def test_a_captcha_that_works_ends_what_was_wrong_on_the_way_to_it(history):
    assert reasons(history) == [Reason.OPENED, Reason.RESOLVED]


@pytest.mark.parametrize("history", ["bbuuuu", "wwuuuu", "bbxuuuu", "gbsuuu"])
def test_a_captcha_that_works_ends_no_loss_behind_it(history):
    assert reasons(history) == [Reason.OPENED]


def test_a_captcha_that_works_again_ends_that_our_tests_were_stopped():
    assert reasons("cccuu") == [Reason.BLIND, Reason.RESOLVED]


def test_before_the_all_clear_a_captcha_is_looked_at_a_second_time():
    assert wants_retry(standing("xxu"), [IncidentKind.LOSS])
    assert not wants_retry(standing("xxuu"), [IncidentKind.LOSS])


def test_one_is_enough_where_the_owner_says_so():
    assert reasons("gbg", open_after=1, resolve_after=1) == [
        Reason.OPENED,
        Reason.RESOLVED,
    ]


def test_flapping_is_one_incident():
    assert reasons("bbgbgbbgbgbbgbgb") == [Reason.OPENED]


def test_trouble_that_comes_back_must_stay_away_for_longer_each_time():
    told = reasons("bbgg" * 12)
    assert told == [Reason.OPENED, Reason.RESOLVED, Reason.OPENED]
    assert reasons("bbgg" * 12 + "g" * 12)[-1] is Reason.RESOLVED


def test_going_blind_now_and_then_is_one_incident_too():
    told = reasons("???gg" * 6)
    assert told == [Reason.BLIND, Reason.RESOLVED, Reason.BLIND]


@pytest.mark.parametrize(
    ("history", "kind"),
    [("???", IncidentKind.BLIND), ("gccc", IncidentKind.BLOCKED)],
)
def test_what_cannot_tell_is_an_incident_of_its_own_kind_once_it_lasts(history, kind):
    assert changed([standing(history[:-1])]) == []

    [change] = changed([standing(history)])

    assert (change.incident.kind, change.reason) == (kind, Reason.BLIND)
    assert change.incident.health is Health.UNKNOWN


def test_blindness_during_a_loss_is_told_beside_it_and_ends_alone():
    _, incidents = lived_through({RIVERSIDE: "bb???"})
    assert {one.kind for one in incidents} == {IncidentKind.LOSS, IncidentKind.BLIND}

    changes = changed([standing("bb???bb")], incidents, after(hours=2))

    [over] = changes
    assert (over.incident.kind, over.reason) == (IncidentKind.BLIND, Reason.RESOLVED)
    assert over.incident.window_to is None


def test_forms_that_lose_into_one_mailbox_are_one_incident():
    standings = [
        standing("gbb"),
        standing("gbb", check=OTHER, site="elsewhere"),
    ]
    [change] = changed(standings)
    assert change.incident.checks == {RIVERSIDE, OTHER}
    assert change.reason is Reason.OPENED


def test_forms_of_one_site_that_lose_into_two_mailboxes_are_one_incident():
    standings = [
        standing("gbb"),
        standing("gbb", check=OTHER, mailbox=MailboxName("sales")),
    ]
    [change] = changed(standings)
    assert change.incident.checks == {RIVERSIDE, OTHER}


def test_forms_that_share_nothing_are_two_incidents():
    standings = [
        standing("bb"),
        standing("bb", check=OTHER, site="elsewhere", mailbox=MailboxName("sales")),
    ]
    assert len(changed(standings)) == 2


def test_a_mailbox_that_takes_anothers_messages_is_not_to_blame():
    came_after = after(hours=9)
    standings = [
        standing("gbb", mates_delivered_at=came_after),
        standing("gbb", check=OTHER, site="b", mates_delivered_at=came_after),
    ]
    shared = {change.incident.shared for change in changed(standings)}
    assert shared == {"site:riverside", "site:b"}


def test_what_came_before_our_message_was_lost_proves_nothing_of_the_mailbox():
    [change] = changed([standing("gbb", mates_delivered_at=after(minutes=10))])
    assert change.incident.shared == f"mailbox:{OFFICE}"


def test_our_own_network_down_is_one_incident_for_all_sites():
    lost = [
        verdict(f"m{n}", outcome=Outcome.BLIND, leg=Leg.SITE, judged_at=after(hours=n))
        for n in range(3)
    ]
    standings = [
        standing("", history=lost),
        standing("", history=lost, check=OTHER, site="b", mailbox=MailboxName("sales")),
    ]
    [change] = changed(standings)
    assert change.incident.shared == "ourselves"
    assert len(change.incident.checks) == 2


def test_a_check_that_joins_is_told_as_a_beginning_and_does_not_make_it_worse():
    [opened] = changed([standing("gbb")])
    joined = standing("gbb", check=OTHER, site="elsewhere")

    [change] = changed([joined], [opened.incident])

    assert change.reason is Reason.OPENED
    assert change.incident.checks == {RIVERSIDE, OTHER}
    assert change.incident.opened_at == opened.incident.opened_at


def test_a_warning_that_turns_critical_is_worse_and_never_better_again():
    changes, [incident] = lived_through({RIVERSIDE: "gwwbwbw"})
    assert [change.reason for change in changes] == [Reason.OPENED, Reason.WORSE]
    assert (incident.outcome, incident.health) == (Outcome.MISSING, Health.CRITICAL)


def test_the_window_of_doubt_is_from_the_last_good_to_the_first_that_stayed_good():
    changes, _ = lived_through({RIVERSIDE: "ggbbgbgggg"})
    over = changes[-1].incident
    assert changes[-1].reason is Reason.RESOLVED
    assert over.window_from == after(minutes=10)
    assert over.window_to == after(minutes=60)


def test_a_shared_incident_is_over_when_its_last_check_is_well():
    histories = {RIVERSIDE: "gbbgggg", OTHER: "gbbbbgg"}
    changes, incidents = lived_through(histories)
    assert incidents == []
    assert [change.reason for change in changes] == [Reason.OPENED, Reason.RESOLVED]
    assert changes[-1].incident.window_to == after(minutes=50)


def test_a_check_of_which_nothing_is_said_keeps_its_incident_open():
    [opened] = changed([standing("bb"), standing("bb", check=OTHER)])
    assert changed([standing("bbgg")], [opened.incident]) == []


def test_a_check_that_is_watched_no_more_keeps_nothing_open():
    [opened] = changed([standing("bb")])
    [change] = changed([], [opened.incident], watched=[OTHER])
    assert change.reason is Reason.RESOLVED
    assert change.incident.window_to is None


def test_incidents_of_kinds_that_verdicts_do_not_show_are_left_alone():
    [opened] = changed([standing("bb")])
    warning = Incident(
        kind=IncidentKind.WARNING,
        shared="certificate",
        checks=frozenset({RIVERSIDE}),
        outcome=Outcome.DELIVERED,
        health=Health.WARNING,
        opened_at=NOON,
        window_from=None,
    )
    changes = changed([standing("bbgg")], [warning, opened.incident])
    assert [change.incident.kind for change in changes] == [IncidentKind.LOSS]


@pytest.mark.parametrize(
    ("history", "is_open", "soon"),
    [
        ("g", False, False),
        ("b", False, True),
        ("gb?", False, True),
        ("?", False, True),
        ("??", False, True),
        ("bb", True, False),
        ("bbg", True, True),
        ("bbgg", True, False),
        ("bbggbbgg", True, True),
        ("", False, False),
    ],
)
def test_before_an_alarm_and_before_the_all_clear_we_look_again_soon(
    history, is_open, soon
):
    kinds = {IncidentKind.LOSS} if is_open else set()
    assert wants_retry(standing(history), kinds) is soon


HISTORIES = st.text(alphabet="".join(OUTCOMES), max_size=30)


@settings(max_examples=25)
@given(HISTORIES, HISTORIES, st.booleans())
def test_no_history_opens_two_incidents_for_one_check(mine, others, is_shared):
    site = {} if is_shared else {"site": "elsewhere", "mailbox": MailboxName("sales")}
    incidents: list[Incident] = []
    for n in range(max(len(mine), len(others)) + 1):
        standings = [standing(mine[:n]), standing(others[:n], check=OTHER, **site)]
        after_it = {id(one): one for one in incidents}
        for change in changed(standings, incidents, after(minutes=10 * n)):
            old = [
                one
                for one in incidents
                if (one.kind, one.shared)
                == (change.incident.kind, change.incident.shared)
            ]
            for one in old:
                del after_it[id(one)]
            after_it[id(change.incident)] = change.incident
        incidents = [one for one in after_it.values() if not one.resolved_at]
        for kind in IncidentKind:
            members = [
                check for one in incidents if one.kind is kind for check in one.checks
            ]
            assert len(members) == len(set(members))
        keys = [(one.kind, one.shared) for one in incidents]
        assert len(keys) == len(set(keys))


@settings(max_examples=25)
@given(HISTORIES)
def test_a_decision_made_twice_changes_nothing_the_second_time(history):
    _, incidents = lived_through({RIVERSIDE: history or "g"})
    assert changed([standing(history)], incidents, after(days=1)) == []


@settings(max_examples=50)
@given(st.text("gbws?cx", max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_resolving_and_reopening_loses_no_verdict(history, open_after, resolve_after):
    """Enough bad ones in a row are an incident, whatever was resolved before them."""
    shares = {"open_after": open_after, "resolve_after": resolve_after}
    telling = [letter for letter in history if letter not in "?c"]
    _, incidents = lived_through({RIVERSIDE: history or "g"}, **shares)
    is_open = any(one.kind is IncidentKind.LOSS for one in incidents)
    if len(telling) >= open_after and "g" not in telling[-open_after:]:
        assert is_open
    if "g" * max(resolve_after, 12) in "".join(telling[-max(resolve_after, 12) :]):
        assert not is_open


class Counted(list[Verdict]):
    """A history that counts how often it is read."""

    readings = 0

    def __iter__(self) -> Iterator[Verdict]:
        self.readings += 1
        return super().__iter__()


def test_of_forms_that_fail_together_none_is_looked_at_once_for_each_other() -> None:
    names = [CheckName(f"Form {number}") for number in range(200)]
    history = Counted(standing("gbb").history)
    standings = [standing("gbb", check=n, site=n, history=history) for n in names]

    [change] = changed(standings, watched=names)

    assert change.incident.checks == set(names)
    assert history.readings < 20 * len(names)
