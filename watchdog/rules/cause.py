"""Where a message was lost, why, and what the owner can do: in plain sentences."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from watchdog.model import Facts, Leg, Outcome, Way
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.explanation import Explanation
from watchdog.rules.guard_cause import told_before, told_past
from watchdog.rules.mail_cause import told_of_mail


def explain(outcome: Outcome, facts: Facts, texts: Catalogue = ENGLISH) -> Explanation:
    """Return what `facts` prove or suggest about `outcome`.

    What a site, a mail host or a probe has said is quoted as it is.
    """
    explanation = _EXPLAIN[outcome](facts, texts)
    if facts.submission.way is Way.MAIL:
        return told_of_mail(explanation, outcome, facts, texts)
    return told_past(explanation, facts, texts)


def span(length: timedelta) -> str:
    """Return a length of time as people say it: `0.61 s`, `2 min`, `1 h 30 min`."""
    return ENGLISH.span(length)


def _delivered(facts: Facts, texts: Catalogue) -> Explanation:
    """Visitors who are told "failed" go elsewhere, though their message came."""
    told_no = facts.failure or (
        facts.answered and facts.answered.answer in {"declined", "blocked"}
    )
    return Explanation(
        leg=None,
        cause=texts.say("The message came through the form into the inbox."),
        advice=texts.say(
            "Have the form's answer mended: it told the visitor that sending failed,"
            " although the message arrived."
            if told_no
            else "Nothing to do."
        ),
    )


def _late(facts: Facts, texts: Catalogue) -> Explanation:
    return Explanation(
        leg=Leg.MAIL,
        cause=texts.say(
            "The message reached the inbox, but later than the {expected} that are"
            " expected.",
            expected=texts.span(facts.submission.expected),
        ),
        advice=texts.say(
            "Once is no harm. If it lasts, ask your web host why outgoing mail"
            " waits in the queue, or your mail provider whether it delays unknown"
            " senders (greylisting)."
        ),
    )


def _junked(facts: Facts, texts: Catalogue) -> Explanation:
    return Explanation(
        leg=Leg.INBOX,
        cause=texts.say(
            "The message was put into the spam folder “{folder}”.",
            folder=facts.arrival.folder if facts.arrival else "spam",
        ),
        advice=texts.say(
            "Look through that folder for real inquiries now, mark them as not"
            " spam, and have the website send its mail through an authenticated"
            " account of your own domain (SPF, DKIM)."
        ),
    )


def _misfiled(facts: Facts, texts: Catalogue) -> Explanation:
    folder = facts.arrival.folder if facts.arrival else "?"
    return Explanation(
        leg=Leg.INBOX,
        cause=texts.say(
            "The message arrived, but in the folder “{folder}”, not in the inbox.",
            folder=folder,
        ),
        advice=texts.say(
            "Look for a filter rule or a mail program that moves such mail, and"
            " look through “{folder}” for real inquiries.",
            folder=folder,
        ),
    )


def _missing(facts: Facts, texts: Catalogue) -> Explanation:
    is_thanked = facts.answered and facts.answered.answer == "accepted"
    return Explanation(
        leg=Leg.MAIL,
        cause=texts.say(
            "The form thanked the visitor, but the message is in no folder of the"
            " mailbox after {deadline}: it was lost between the website and the"
            " mailbox."
            if is_thanked
            else "The form's answer was unclear, and the message is in no folder of"
            " the mailbox after {deadline}: it was lost between the website and the"
            " mailbox.",
            deadline=texts.span(
                facts.submission.due_at - facts.submission.submitted_at
            ),
        ),
        advice=texts.say(
            "Check to which address the form sends; then ask your web host to look"
            " for this message in the site's outgoing mail, and have the site send"
            " through an authenticated SMTP account."
        ),
    )


def _bounced(facts: Facts, texts: Catalogue) -> Explanation:
    bounce = facts.bounce
    words = bounce.words if bounce else ""
    return Explanation(
        leg=Leg.MAIL,
        cause=texts.say(
            "The form took the message, but the mail for {recipient} was returned"
            if bounce and bounce.recipient
            else "The form took the message, but the mail was returned",
            recipient=bounce.recipient if bounce else "",
        )
        + (f": {words}" if words else ""),
        advice=texts.say("Forward the returned mail to whoever looks after your mail."),
    )


def _refused(facts: Facts, texts: Catalogue) -> Explanation:
    if facts.failure:
        leg, words = facts.failure.leg, facts.failure.words
    else:
        leg, words = Leg.ANSWER, _answer(facts, texts)
    advice = texts.say(REFUSED.get(leg, ANSWERED_NO))
    return Explanation(leg=leg, cause=words, advice=advice)


REFUSED: Mapping[Leg, str] = {
    Leg.PAGE: (
        "Open the page in a browser. If it fails there too, tell whoever looks"
        " after the site; else correct the address under [check.form]."
    ),
    Leg.FORM: (
        "Open the page in a browser. If the form is gone, tell whoever looks"
        " after the site; if it is there, name it and its fields under"
        " [check.form]."
    ),
    Leg.WIDGET: (
        "Open the page in a browser. If the guard shows an error there too, have"
        " whoever looks after the site enter this domain, and the right keys, with the"
        " guard's maker, and let its scripts in."
    ),
}
ANSWERED_NO = (
    "Fill in the form yourself. If it says the same to you, tell whoever looks"
    " after the site: visitors cannot reach you."
)


def _answer(facts: Facts, texts: Catalogue) -> str:
    said = texts.say("The form did not take the message")
    if facts.answered is None:
        return f"{said}."
    status = f" (HTTP {facts.answered.status})" if facts.answered.status else ""
    words = facts.answered.words
    quoted = f": {texts.say('“{words}”', words=words)}" if words else "."
    return f"{said}{status}{quoted}"


def _unreachable(facts: Facts, texts: Catalogue) -> Explanation:
    return Explanation(
        leg=Leg.SITE,
        cause=_failed(facts, texts.say("The website cannot be reached.")),
        advice=texts.say(
            "Nobody can reach your website now: tell your web host, and check that"
            " the domain and its certificate have not run out."
        ),
    )


def _blocked(facts: Facts, texts: Catalogue) -> Explanation:
    leg = facts.failure.leg if facts.failure else Leg.ANSWER
    return told_before(leg, _failed(facts, _answer(facts, texts)), facts, texts)


def _blind(facts: Facts, texts: Catalogue) -> Explanation:
    if facts.failure:
        return Explanation(
            leg=facts.failure.leg,
            cause=facts.failure.words,
            advice=texts.say(
                UNEQUIPPED
                if facts.failure.leg is Leg.FORM
                else "Check this machine's own connection to the internet."
            ),
        )
    if facts.blindness:
        return Explanation(
            leg=Leg.MAILBOX,
            cause=texts.say(
                "The mailbox could not be read: {words}", words=facts.blindness.words
            ),
            advice=texts.say(
                "Check the mailbox's host, user and password in the configuration."
            ),
        )
    if facts.answered is None:
        return Explanation(
            leg=Leg.FORM,
            cause=texts.say(
                "The watchdog was stopped while it was sending this message."
            ),
            advice=texts.say("Nothing to do: the next check will tell."),
        )
    return Explanation(
        leg=Leg.MAILBOX,
        cause=texts.say("The mailbox was not read to its end after the deadline."),
        advice=texts.say("Check that the watchdog runs, and that the mailbox answers."),
    )


UNEQUIPPED = (
    "Give the machine of the watchdog what is missing: until then it cannot test this"
    " form."
)


def _failed(facts: Facts, otherwise: str) -> str:
    return facts.failure.words if facts.failure else otherwise


_EXPLAIN: Mapping[Outcome, Callable[[Facts, Catalogue], Explanation]] = {
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
