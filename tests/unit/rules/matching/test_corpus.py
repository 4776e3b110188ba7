"""Matching on a made-up business's mail, rendered and read as real mail is."""

import pytest

from tests.world.correspondence import CHECK, Business, chatter, scope
from watchdog.model import InquiryStatus
from watchdog.rules.matching import match

MISSING = InquiryStatus.MISSING


@pytest.mark.parametrize("seed", [2, 3])
def test_of_hundreds_of_hard_cases_hardly_one_is_told_wrongly(seed: int) -> None:
    made = Business(seed).write(300)
    others = list(chatter(3000, 300, days=20, seed=seed))

    found = match(made.inquiries, [*made.mails, *others], {CHECK: scope(made)})

    told = {key for key, one in found.items() if one.status is MISSING}
    true = {key for key, status in made.truth.items() if status is MISSING}
    assert len(told & true) >= 0.99 * len(told)
    assert len(told & true) >= 0.99 * len(true)
    wrong = [key for key, one in found.items() if one.status is not made.truth[key]]
    assert len(wrong) <= 0.01 * len(found)
