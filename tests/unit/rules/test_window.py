"""When messages were lost: proven by what is missing, ended by what arrived."""

from datetime import datetime

from hypothesis import given
from hypothesis import strategies as st

from tests.world.facts import after
from watchdog.rules.window import Message, Window, together, window, windows


def messages(written: str) -> list[Message]:
    """Return one message a minute: `+-` people's, that came or not, `gb` our tests."""
    return [
        Message(at=minute(number), came=sign in "+g", is_real=sign in "+-")
        for number, sign in enumerate(written)
        if sign != " "
    ]


def minute(number: int) -> datetime:
    return after(minutes=number)


def seen(written: str) -> tuple[int | None, ...]:
    """Return the minutes of a window: proven from and to, possible from and to."""
    found = window(messages(written))
    numbers = {minute(number): number for number in range(len(written))}
    ends = (
        found.proven_from,
        found.proven_to,
        found.possible_from,
        found.possible_to,
    )
    return tuple(None if end is None else numbers[end] for end in ends)


def test_loss_is_proven_by_the_missed_and_possible_since_the_last_that_came() -> None:
    assert seen("++--+") == (2, 4, 1, 4)


def test_without_anything_lost_there_is_no_window() -> None:
    assert seen("") == seen("++g") == seen("gbg+") == (None, None, None, None)


def test_a_loss_that_goes_on_has_no_end() -> None:
    assert seen("+  --") == (3, None, 0, None)
    assert window(messages("+-")).is_open
    assert not window(messages("+-+")).is_open


def test_a_loss_before_which_nothing_came_has_no_known_begin() -> None:
    assert seen("--+") == (0, 2, None, 2)


def test_what_came_between_two_lost_ones_does_not_end_it() -> None:
    assert seen("+-+-+") == (1, 4, 0, 4)


def test_our_tests_tell_the_ends_more_closely() -> None:
    assert seen("+ g bb- b- bg +") == (4, 12, 2, 12)


def test_tests_that_were_lost_in_another_trouble_do_not_count() -> None:
    assert seen("gbbg g-g") == (6, 7, 5, 7)


def test_our_tests_alone_tell_of_a_loss_that_goes_on() -> None:
    assert seen("+gbb") == (2, None, 1, None)


def test_each_stretch_in_which_nothing_came_is_a_window_of_its_own() -> None:
    found = windows(messages("bgg bb gg b"))

    assert [one.possible_from for one in found] == [None, minute(2), minute(8)]
    assert [one.proven_from for one in found] == [minute(0), minute(4), minute(10)]
    assert [one.possible_to for one in found] == [minute(1), minute(7), None]
    assert windows(messages("gg")) == windows([]) == []


def test_several_windows_together_are_as_wide_as_all_of_them() -> None:
    both = together([window(messages("+-+")), window(messages("  +-+")), Window()])

    assert both == Window(
        proven_from=minute(1),
        proven_to=minute(4),
        possible_from=minute(0),
        possible_to=minute(4),
    )
    assert together([Window()]) == Window()


def test_one_open_end_leaves_the_whole_open() -> None:
    both = together([window(messages("+-+")), window(messages("-"))])

    assert (both.possible_from, both.proven_to) == (None, None)


@given(st.text("+-gb "))
def test_whoever_was_missed_is_in_the_window(written: str) -> None:
    found = window(messages(written))

    for message in messages(written):
        if message.is_real and not message.came:
            assert found.proven_from
            assert found.proven_from <= message.at
            assert found.proven_to is None or message.at < found.proven_to
            assert found.possible_from is None or found.possible_from < message.at
