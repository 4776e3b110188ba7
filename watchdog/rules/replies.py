"""Whether visitors still get what the form sends them: never a loss of the owner's."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from watchdog.model import CheckName, Expected, Health, Place, Reply, Verdict
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.standing import LASTING
from watchdog.rules.verdict import PATIENCE
from watchdog.rules.warning import Sign

IN_A_ROW = 2
"""Submissions without a reply before anybody is warned: once is an accident."""

DEPTH = 20
"""How many of a check's newest replies these rules need."""


class ReplyState(StrEnum):
    """What is known of one reply."""

    PENDING = "pending"
    CAME = "came"
    JUNKED = "junked"
    """It came into the visitor's spam folder."""
    ABSENT = "absent"
    """We have looked everywhere after its deadline, and it was nowhere."""
    UNSEEN = "unseen"
    """We could not look, or the form had not taken the message."""


BAD = frozenset({ReplyState.JUNKED, ReplyState.ABSENT})
DECIDED = frozenset({ReplyState.CAME, *BAD})

REPLY_ADVICE: Mapping[str, str] = {
    ReplyState.ABSENT: (
        "See in the form's settings that the mail to visitors is switched on and goes"
        " to the address they give, and let the website send through an authenticated"
        " account of your domain: many mail hosts refuse mail from a web server."
    ),
    ReplyState.JUNKED: (
        "Let the website send through an authenticated account of your own domain"
        " (SPF, DKIM), and keep advertising, links and pictures out of that mail: what"
        " your spam filter says of it, others will say, too."
    ),
}
"""What to do about a reply that did not come as it should."""


def state_of(
    expected: Expected, *, now: datetime, patience: timedelta = PATIENCE
) -> ReplyState:
    """Return what is known of a reply; only a look can show that it is absent."""
    reply, looked_at = expected.reply, expected.looked_at
    if reply.arrived_at:
        is_junked = reply.place is Place.SPAM
        return ReplyState.JUNKED if is_junked else ReplyState.CAME
    if not expected.is_taken:
        return ReplyState.UNSEEN
    # A look from the future: our clock was wrong then, and proves nothing now.
    if looked_at and reply.due_at <= looked_at <= now:
        return ReplyState.ABSENT
    is_over = now >= reply.due_at + patience
    return ReplyState.UNSEEN if is_over else ReplyState.PENDING


def with_reply(verdict: Verdict, expected: Expected, state: ReplyState) -> Verdict:
    """Return a verdict whose evidence tells what became of the reply, too."""
    reply = expected.reply
    seen = {
        "reply": state.value,
        "reply_at": reply.arrived_at.isoformat() if reply.arrived_at else None,
        "reply_folder": reply.folder,
    }
    return replace(verdict, evidence={**verdict.evidence, **seen})


@dataclass(frozen=True, slots=True, kw_only=True)
class Replies:
    """What a check's visitors got of late."""

    newest: ReplyState | None
    """What became of the newest one of which that is known."""
    came: Reply | None
    """The newest one that came."""


def summary(history: Sequence[Expected], *, now: datetime) -> Replies:
    """Return what `history`, newest first, shows."""
    states = [state_of(one, now=now) for one in history]
    came = [one.reply for one in history if one.reply.arrived_at]
    return Replies(
        newest=next((state for state in states if state in DECIDED), None),
        came=next(iter(came), None),
    )


def is_pending(verdict: Verdict) -> bool:
    """Return whether a verdict's reply may still come."""
    return verdict.evidence.get("reply") == ReplyState.PENDING


def health_with_reply(verdict: Verdict) -> Health:
    """Return how well a submission went, with what became of its reply."""
    is_bad = verdict.evidence.get("reply") in BAD
    health = verdict.outcome.health
    return Health.WARNING if is_bad and health is Health.OK else health


def signs_of_replies(
    check: CheckName,
    history: Sequence[Expected],
    known: Collection[str],
    *,
    is_lossy: bool,
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Iterator[Sign]:
    """Yield a sign if replies stay away, or one if they land in the spam folder.

    `history` is newest first; `known` are the keys of warnings that the check is in.
    While messages are lost, nobody is warned anew.
    """
    states = [state_of(one, now=now) for one in history]
    newest = [state for state in states if state in DECIDED][:IN_A_ROW]
    if len(newest) < IN_A_ROW or not BAD.issuperset(newest):
        return
    told = _absent if ReplyState.ABSENT in newest else _junked
    sign = told(check, texts)
    if sign.key in known or not is_lossy:
        yield sign


def signs_of_blindness(
    check: CheckName,
    history: Sequence[Expected],
    *,
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Iterator[Sign]:
    """Yield a sign if of so many replies nobody could see whether they came."""
    taken = [state_of(one, now=now) for one in history if one.is_taken]
    over = [state for state in taken if state is not ReplyState.PENDING]
    if over[:LASTING] == [ReplyState.UNSEEN] * LASTING:
        mailbox = history[0].reply.mailbox
        yield Sign(
            key=f"reply-unseen:{check}",
            checks=frozenset({check}),
            words=texts.say(
                "We cannot see whether visitors of “{check}” get a confirmation: the"
                " mailbox {mailbox} was not read after their deadline.",
                check=check,
                mailbox=mailbox,
            ),
            advice=texts.say(
                "Check the mailbox's host, user and password in the configuration."
            ),
        )


def _absent(check: CheckName, texts: Catalogue) -> Sign:
    return Sign(
        key=f"reply-absent:{check}",
        checks=frozenset({check}),
        words=texts.say(
            "Visitors get no confirmation any more: the mail that “{check}” used to"
            " send them did not come.",
            check=check,
        ),
        advice=texts.say(REPLY_ADVICE[ReplyState.ABSENT]),
    )


def _junked(check: CheckName, texts: Catalogue) -> Sign:
    return Sign(
        key=f"reply-junked:{check}",
        checks=frozenset({check}),
        words=texts.say(
            "The confirmation that “{check}” sends its visitors lands in their spam"
            " folder.",
            check=check,
        ),
        advice=texts.say(REPLY_ADVICE[ReplyState.JUNKED]),
    )
