"""Visitors without a confirmation: warned of by evidence alone, and never a loss."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import M1, NOON, OFFICE, RIVERSIDE, after, verdict
from watchdog.model import Expected, Health, Outcome, Place, Reply
from watchdog.rules.replies import (
    IN_A_ROW,
    ReplyState,
    health_with_reply,
    is_pending,
    signs_of_blindness,
    signs_of_replies,
    state_of,
    summary,
    with_reply,
)

AWAITED = Reply(
    marker=M1,
    check=RIVERSIDE,
    mailbox=OFFICE,
    submitted_at=NOON,
    due_at=after(minutes=15),
)
LATER = after(hours=1)
PENDING = Expected(reply=AWAITED, is_taken=True, looked_at=None)
ABSENT = replace(PENDING, looked_at=after(minutes=15))
CAME = replace(
    PENDING,
    reply=replace(
        AWAITED, folder="INBOX", place=Place.INBOX, arrived_at=NOON, seen_at=NOON
    ),
)
JUNKED = replace(CAME, reply=replace(CAME.reply, folder="Junk", place=Place.SPAM))
UNSEEN = PENDING
LETTERS = {"c": CAME, "j": JUNKED, "a": ABSENT, "?": UNSEEN}


def told(history: str, *known: str, is_lossy: bool = False) -> list[str]:
    """Return the keys of the signs in a history, its newest letter first."""
    signs = signs_of_replies(
        RIVERSIDE,
        [LETTERS[letter] for letter in history],
        [f"reply-{one}:{RIVERSIDE}" for one in known],
        is_lossy=is_lossy,
        now=LATER,
    )
    return [sign.key.removesuffix(f":{RIVERSIDE}") for sign in signs]


@pytest.mark.parametrize(
    ("expected", "now", "state"),
    [
        pytest.param(PENDING, NOON, ReplyState.PENDING, id="in time"),
        pytest.param(CAME, NOON, ReplyState.CAME, id="in the inbox"),
        pytest.param(JUNKED, NOON, ReplyState.JUNKED, id="in the spam folder"),
        pytest.param(ABSENT, LATER, ReplyState.ABSENT, id="looked everywhere"),
        pytest.param(
            replace(PENDING, looked_at=after(minutes=14)),
            LATER,
            ReplyState.UNSEEN,
            id="looked before its deadline, and then no more",
        ),
        pytest.param(
            ABSENT, after(minutes=14), ReplyState.PENDING, id="a look of the future"
        ),
        pytest.param(
            replace(ABSENT, is_taken=False),
            LATER,
            ReplyState.UNSEEN,
            id="the form had not taken the message",
        ),
        pytest.param(
            replace(CAME, is_taken=False),
            LATER,
            ReplyState.CAME,
            id="it came all the same",
        ),
    ],
)
def test_only_a_look_after_the_deadline_shows_that_a_reply_is_absent(
    expected, now, state
):
    assert state_of(expected, now=now) is state


@pytest.mark.parametrize(
    ("history", "signs"),
    [
        ("", []),
        ("a", []),
        ("ac", []),
        ("ca", []),
        ("aa", ["reply-absent"]),
        ("a?a", ["reply-absent"]),
        ("?aa", ["reply-absent"]),
        ("a???", []),
        ("jj", ["reply-junked"]),
        ("ja", ["reply-absent"]),
        ("caa", []),
        ("cjj", []),
    ],
)
def test_two_bad_replies_in_a_row_are_a_sign_until_one_comes_again(history, signs):
    assert told(history) == signs


def test_while_messages_are_lost_nobody_is_warned_anew_of_replies():
    assert told("aa", is_lossy=True) == []
    assert told("aa", "absent", is_lossy=True) == ["reply-absent"]


@given(history=st.text(alphabet="cja?", max_size=9), is_lossy=st.booleans())
def test_what_nobody_could_see_changes_nothing(history, is_lossy):
    decided = history.replace("?", "")

    signs = told(history, is_lossy=is_lossy)

    assert signs == told(decided, is_lossy=is_lossy)
    assert len(signs) <= 1
    if "c" in decided[:IN_A_ROW]:
        assert signs == []


@pytest.mark.parametrize(
    ("history", "signs"),
    [("??", []), ("???", ["unseen"]), ("a???", []), ("??c?", []), ("????", ["unseen"])],
)
def test_that_nobody_can_see_is_told_when_it_lasts(history, signs):
    found = signs_of_blindness(RIVERSIDE, [LETTERS[one] for one in history], now=LATER)

    assert [sign.key for sign in found] == [f"reply-{one}:{RIVERSIDE}" for one in signs]


def test_of_what_was_not_taken_nobody_expects_to_see_anything():
    untaken = [replace(UNSEEN, is_taken=False)] * 9

    assert [*signs_of_blindness(RIVERSIDE, untaken, now=LATER)] == []
    assert [*signs_of_blindness(RIVERSIDE, [UNSEEN] * 9, now=NOON)] == []


def test_a_sign_names_the_form_and_says_what_to_do():
    [sign] = signs_of_replies(
        RIVERSIDE, [ABSENT, ABSENT], [], is_lossy=False, now=LATER
    )

    assert sign.checks == {RIVERSIDE}
    assert sign.words == (
        "Visitors get no confirmation any more: the mail that “Riverside Studio contact"
        " form” used to send them did not come."
    )
    assert "switched on" in sign.advice


@pytest.mark.parametrize(
    ("expected", "outcome", "health"),
    [
        (CAME, Outcome.DELIVERED, Health.OK),
        (UNSEEN, Outcome.DELIVERED, Health.OK),
        (ABSENT, Outcome.DELIVERED, Health.WARNING),
        (JUNKED, Outcome.DELIVERED, Health.WARNING),
        (ABSENT, Outcome.MISSING, Health.CRITICAL),
        (ABSENT, Outcome.BLIND, Health.UNKNOWN),
    ],
)
def test_a_reply_that_stays_away_is_a_warning_and_hides_nothing_worse(
    expected, outcome, health
):
    state = state_of(expected, now=LATER)
    told = with_reply(verdict(outcome=outcome), expected, state)

    assert health_with_reply(told) is health
    assert told.outcome is outcome
    assert told.evidence["reply"] == state
    assert told.evidence["reply_folder"] == expected.reply.folder
    assert not is_pending(told)


def test_a_summary_tells_of_the_newest_that_is_known_and_the_newest_that_came():
    older = replace(
        CAME, reply=replace(CAME.reply, arrived_at=NOON - timedelta(days=1))
    )

    shown = summary([UNSEEN, ABSENT, CAME, older], now=LATER)

    assert (shown.newest, shown.came) == (ReplyState.ABSENT, CAME.reply)
    assert summary([UNSEEN], now=LATER) == summary([], now=LATER)
