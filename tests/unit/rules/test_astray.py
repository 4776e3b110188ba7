"""Real inquiries where nobody looks are a warning, each kind of place its own."""

from tests.world.facts import RIVERSIDE
from watchdog.model import InquiryStatus
from watchdog.rules.astray import signs_of_astray


def test_inquiries_in_the_spam_folder_are_told_with_the_number_of_all() -> None:
    counts = {InquiryStatus.JUNKED: 2, InquiryStatus.ARRIVED: 9, InquiryStatus.LATE: 1}

    [sign] = signs_of_astray("riverside", RIVERSIDE, counts)

    assert sign.key == "junked-inquiries:riverside"
    assert sign.words == (
        "Real inquiries from riverside land in the spam folder: 2 of the 12 that came"
        " in a week."
    )
    assert "“contact-watchdog missed” shows who they are." in sign.advice


def test_those_in_another_folder_are_a_sign_of_their_own() -> None:
    counts = {InquiryStatus.JUNKED: 1, InquiryStatus.MISFILED: 3}

    keys = [one.key for one in signs_of_astray("riverside", RIVERSIDE, counts)]

    assert keys == ["junked-inquiries:riverside", "misfiled-inquiries:riverside"]


def test_what_is_lost_or_well_is_no_such_sign() -> None:
    counts = {InquiryStatus.MISSING: 2, InquiryStatus.ARRIVED: 9}

    assert list(signs_of_astray("riverside", RIVERSIDE, counts)) == []
