"""What is well has no cause, and what shows nothing proves nothing."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.world.clues import clues
from watchdog.model import Experiment, Health, Outcome, Sureness, Way
from watchdog.rules.diagnosis.clues import (
    Clues,
    NameClues,
    PageClues,
    RecipientClues,
    SiteClues,
    Tried,
)
from watchdog.rules.diagnosis.decide import decide
from watchdog.rules.diagnosis.telling import advice, reason

# Words that rules look for, beside any others.
WORDS = st.text(max_size=60) | st.sampled_from(
    ["535 5.7.139", "5.1.1 No such user", "over quota {x}", "spam", "DMARC", "nonce"]
)
VALUES = st.none() | st.booleans() | st.floats(allow_nan=False) | WORDS
KEYS = st.sampled_from(
    [
        "answer",
        "answer_words",
        "answer_status",
        "bounce_words",
        "bounce_recipient",
        "browser",
        "console_errors",
        "dkim",
        "dmarc",
        "failure",
        "from_visitor",
        "slowest_hop",
        "slowest_seconds",
        "spam_verdict",
        "spf",
    ]
)
EVIDENCE = st.dictionaries(KEYS, VALUES | st.lists(WORDS, max_size=2))
TRIALS = st.dictionaries(
    st.sampled_from(Experiment),
    st.builds(Tried, outcome=st.sampled_from(Outcome), words=WORDS),
)
MAYBE = st.none() | st.booleans()
ANY = st.builds(
    Clues,
    outcome=st.sampled_from(Outcome),
    way=st.sampled_from(Way),
    evidence=EVIDENCE,
    before=st.none() | EVIDENCE,
    recipient=WORDS,
    trials=TRIALS,
    reply_came=MAYBE,
    names=st.builds(NameClues, visitor_policy=WORDS, is_sender_in_spf=MAYBE),
    page=st.builds(PageClues, cached=WORDS, is_token_stale=MAYBE, challenge=WORDS),
    asked=st.builds(RecipientClues, taken=MAYBE, words=WORDS, is_taken_by_site=MAYBE),
    site=st.builds(SiteClues, is_stored=MAYBE, mail_failed=MAYBE, mail_error=WORDS),
    room_used=st.none() | st.floats(0, 2),
)


@given(ANY)
def test_whatever_was_seen_can_be_told(seen: Clues) -> None:
    conclusion = decide(seen)

    if conclusion is not None:
        assert reason(conclusion)
        assert bool(advice(conclusion)) is (conclusion.cause is not None)
        is_known = conclusion.sureness is not Sureness.UNKNOWN
        assert is_known is (conclusion.cause is not None)
        assert len(conclusion.suspects) != 1


@given(ANY)
def test_what_is_well_has_no_cause(seen: Clues) -> None:
    for outcome in (Outcome.DELIVERED, Outcome.BLIND):
        assert decide(replace(seen, outcome=outcome)) is None


@given(st.sampled_from(Outcome))
def test_without_a_clue_nothing_is_proven_of_what_is_lost(outcome: Outcome) -> None:
    conclusion = decide(replace(clues(outcome), evidence={}))

    if outcome.health in {Health.CRITICAL, Health.UNKNOWN} and conclusion:
        assert conclusion.cause is None


@given(ANY)
def test_the_order_in_which_things_were_seen_is_of_no_account(seen: Clues) -> None:
    other = replace(
        seen,
        evidence=dict(reversed(seen.evidence.items())),
        trials=dict(reversed(seen.trials.items())),
    )

    assert decide(other) == decide(seen)
