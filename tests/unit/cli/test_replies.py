"""What became of a visitor's reply, as people, scripts and Nagios read it."""

from datetime import timedelta

import pytest

from tests.world.facts import after, submission, verdict
from watchdog.cli import verdicts
from watchdog.model import Expected, Health, Outcome, Place, Reply, Verdict
from watchdog.rules.replies import state_of, with_reply

SENT = submission()
DELIVERED = verdict(
    outcome=Outcome.DELIVERED,
    leg=None,
    latency=timedelta(seconds=5),
    arrived_at=after(seconds=5),
)


def judged(
    said: Verdict = DELIVERED, *, folder: str | None = None, looked: bool = True
) -> Verdict:
    """Return a verdict with a reply that came into `folder`, or did not come."""
    reply = Reply(
        marker=SENT.marker,
        check=SENT.check,
        mailbox=SENT.mailbox,
        submitted_at=SENT.submitted_at,
        due_at=SENT.due_at,
        folder=folder,
        place=Place.SPAM if folder == "Junk" else Place.INBOX,
        arrived_at=after(seconds=7) if folder else None,
    )
    looked_at = after(minutes=16) if looked else None
    expected = Expected(reply=reply, is_taken=True, looked_at=looked_at)
    return with_reply(said, expected, state_of(expected, now=after(hours=1)))


@pytest.mark.parametrize(
    ("told", "line", "health"),
    [
        (judged(folder="INBOX"), "in 5 s, and the visitor got a reply", Health.OK),
        (judged(), "in 5 s, but no reply came to the visitor", Health.WARNING),
        (
            judged(folder="Junk"),
            "in 5 s, but the reply to the visitor lies in “Junk”",
            Health.WARNING,
        ),
        (judged(looked=False), "delivered to the inbox in 5 s", Health.OK),
        (
            judged(verdict(outcome=Outcome.MISSING), folder="INBOX"),
            "missing, and the visitor got a reply",
            Health.CRITICAL,
        ),
    ],
)
def test_the_first_line_tells_of_both(told, line, health):
    first, *rest = verdicts.as_text(SENT, told).splitlines()

    assert first.endswith(line)
    assert verdicts.health_of([(SENT, told)]) is health
    assert verdicts.as_json(SENT, told)["health"] is health
    assert verdicts.as_json(SENT, told)["outcome"] is told.outcome
    assert any("What to do" in line for line in rest) is (health is not Health.OK)


def test_nagios_is_told_that_visitors_get_no_reply():
    summary, *_ = verdicts.as_nagios([(SENT, judged())]).splitlines()

    assert summary.startswith("CONTACT FORM WARNING - ")
    assert "but no reply came to the visitor" in summary
