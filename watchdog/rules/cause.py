"""Where a message was lost, why, and what the owner can do: in plain sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from watchdog.model import Facts, Leg, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One sentence each for a shop owner; `leg` is the first without proof."""

    leg: Leg | None
    cause: str
    advice: str


SHORT = 10
"""Seconds below which their fractions are told."""


def explain(outcome: Outcome, facts: Facts) -> Explanation:
    """Return what `facts` prove or suggest about `outcome`."""
    return _EXPLAIN[outcome](facts)


def span(length: timedelta) -> str:
    """Return a length of time as people say it: `0.61 s`, `2 min`, `1 h 30 min`."""
    seconds = length.total_seconds()
    if seconds < 60:  # noqa: PLR2004
        return f"{round(seconds, 2 if seconds < SHORT else None):g} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "h"), (minutes, "min"), (0 if hours else rest, "s")]
    return " ".join(f"{count} {unit}" for count, unit in parts if count)


def _delivered(facts: Facts) -> Explanation:
    return Explanation(
        leg=None,
        cause="The message came through the form into the inbox.",
        advice=_after_doubtful_answer(facts) or "Nothing to do.",
    )


def _after_doubtful_answer(facts: Facts) -> str | None:
    """Visitors who are told "failed" go elsewhere, though their message came."""
    told_no = facts.failure or (
        facts.answered and facts.answered.answer in {"declined", "blocked"}
    )
    if not told_no:
        return None
    return (
        "Have the form's answer mended: it told the visitor that sending failed,"
        " although the message arrived."
    )


def _late(facts: Facts) -> Explanation:
    return Explanation(
        leg=Leg.MAIL,
        cause=(
            "The message reached the inbox, but later than the"
            f" {span(facts.submission.expected)} that are expected."
        ),
        advice=(
            "Once is no harm. If it lasts, ask your web host why outgoing mail"
            " waits in the queue, or your mail provider whether it delays unknown"
            " senders (greylisting)."
        ),
    )


def _junked(facts: Facts) -> Explanation:
    folder = facts.arrival.folder if facts.arrival else "spam"
    return Explanation(
        leg=Leg.INBOX,
        cause=f"The message was put into the spam folder “{folder}”.",
        advice=(
            "Look through that folder for real inquiries now, mark them as not"
            " spam, and have the website send its mail through an authenticated"
            " account of your own domain (SPF, DKIM)."
        ),
    )


def _misfiled(facts: Facts) -> Explanation:
    folder = facts.arrival.folder if facts.arrival else "another folder"
    return Explanation(
        leg=Leg.INBOX,
        cause=f"The message arrived, but in the folder “{folder}”, not in the inbox.",
        advice=(
            "Look for a filter rule or a mail program that moves such mail, and"
            f" look through “{folder}” for real inquiries."
        ),
    )


def _missing(facts: Facts) -> Explanation:
    deadline = span(facts.submission.due_at - facts.submission.submitted_at)
    is_thanked = facts.answered and facts.answered.answer == "accepted"
    said = (
        "The form thanked the visitor, but the message"
        if is_thanked
        else "The form's answer was unclear, and the message"
    )
    return Explanation(
        leg=Leg.MAIL,
        cause=(
            f"{said} is in no folder of the mailbox after {deadline}: it was lost"
            " between the website and the mailbox."
        ),
        advice=(
            "Check to which address the form sends; then ask your web host to look"
            " for this message in the site's outgoing mail, and have the site send"
            " through an authenticated SMTP account."
        ),
    )


def _bounced(facts: Facts) -> Explanation:
    bounce = facts.bounce
    said = f": {bounce.words}" if bounce and bounce.words else ""
    to = f" for {bounce.recipient}" if bounce and bounce.recipient else ""
    return Explanation(
        leg=Leg.MAIL,
        cause=f"The form took the message, but the mail{to} was returned{said}",
        advice=_bounce_advice(bounce.status if bounce else ""),
    )


def _bounce_advice(status: str) -> str:
    """Enhanced status codes: RFC 3463, sections 3.2 to 3.8."""
    kinds = {
        "5.1": "Correct the address to which the form sends: it does not exist.",
        "5.2.2": "Make room in the mailbox: it is full.",
        "4.2.2": "Make room in the mailbox: it is full.",
        "5.7": (
            "Have the website send from an address of your own domain, through an"
            " authenticated account: the mail host does not trust its mail."
        ),
    }
    for beginning, advice in kinds.items():
        if status.startswith(beginning):
            return advice
    return "Forward the returned mail to whoever looks after your mail."


def _refused(facts: Facts) -> Explanation:
    if facts.failure:
        leg, words = facts.failure.leg, facts.failure.words
    else:
        leg, words = Leg.ANSWER, _answer(facts)
    advice = {
        Leg.PAGE: (
            "Open the page in a browser. If it fails there too, tell whoever looks"
            " after the site; else correct the address under [check.form]."
        ),
        Leg.FORM: (
            "Open the page in a browser. If the form is gone, tell whoever looks"
            " after the site; if it is there, name it and its fields under"
            " [check.form]."
        ),
    }.get(
        leg,
        "Fill in the form yourself. If it says the same to you, tell whoever looks"
        " after the site: visitors cannot reach you.",
    )
    return Explanation(leg=leg, cause=words, advice=advice)


def _answer(facts: Facts) -> str:
    answered = facts.answered
    if answered is None:
        return "The form did not take the message."
    status = f" (HTTP {answered.status})" if answered.status else ""
    said = f": “{answered.words}”" if answered.words else "."
    return f"The form did not take the message{status}{said}"


def _unreachable(facts: Facts) -> Explanation:
    return Explanation(
        leg=Leg.SITE,
        cause=_failed(facts, "The website cannot be reached."),
        advice=(
            "Nobody can reach your website now: tell your web host, and check that"
            " the domain and its certificate have not run out."
        ),
    )


def _blocked(facts: Facts) -> Explanation:
    return Explanation(
        leg=facts.failure.leg if facts.failure else Leg.ANSWER,
        cause=_failed(facts, _answer(facts)),
        advice=(
            "People may still get through, but no test can prove it: have the site"
            " let signed tests pass, or test a copy of the form without the guard."
        ),
    )


def _blind(facts: Facts) -> Explanation:
    if facts.failure:
        return Explanation(
            leg=Leg.SITE,
            cause=facts.failure.words,
            advice="Check this machine's own connection to the internet.",
        )
    if facts.blindness:
        return Explanation(
            leg=Leg.MAILBOX,
            cause=f"The mailbox could not be read: {facts.blindness.words}",
            advice="Check the mailbox's host, user and password in the configuration.",
        )
    if facts.answered is None:
        return Explanation(
            leg=Leg.FORM,
            cause="The watchdog was stopped while it was sending this message.",
            advice="Nothing to do: the next check will tell.",
        )
    return Explanation(
        leg=Leg.MAILBOX,
        cause="The mailbox was not read to its end after the deadline.",
        advice="Check that the watchdog runs, and that the mailbox answers.",
    )


def _failed(facts: Facts, otherwise: str) -> str:
    return facts.failure.words if facts.failure else otherwise


_EXPLAIN: Mapping[Outcome, Callable[[Facts], Explanation]] = {
    Outcome.DELIVERED: _delivered,
    Outcome.LATE: _late,
    Outcome.JUNKED: _junked,
    Outcome.MISFILED: _misfiled,
    Outcome.MISSING: _missing,
    Outcome.BOUNCED: _bounced,
    Outcome.REFUSED: _refused,
    Outcome.UNREACHABLE: _unreachable,
    Outcome.BLOCKED: _blocked,
    Outcome.BLIND: _blind,
}
