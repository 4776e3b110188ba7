"""What fails for days is tried at a steady pace, and breaks nothing by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchdog.rules.backoff import pause_after


@pytest.mark.parametrize(("failures", "pause"), [(1, 1), (2, 2), (3, 4), (9, 30)])
def test_each_failure_doubles_the_pause_up_to_its_bound(failures, pause):
    assert pause_after(failures, first=1.0, most=30.0) == pause


@given(st.integers(1, 10**9))
def test_however_often_it_fails_the_pause_stays_within_its_bounds(failures):
    assert 1.0 <= pause_after(failures, first=1.0, most=60.0) <= 60.0
