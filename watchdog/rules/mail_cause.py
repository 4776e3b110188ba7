"""Where a message was lost that went by mail alone, why, and what its owner can do."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from watchdog.model import Facts, Leg, Outcome
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.explanation import Explanation

ADVICE: Mapping[Outcome, str] = {
    Outcome.DELIVERED: "Nothing to do.",
    Outcome.LATE: (
        "Once is no harm. If it lasts, ask whoever runs the mail server why mail waits"
        " there, or your mail provider whether it delays unknown senders (greylisting)."
    ),
    Outcome.JUNKED: (
        "Look through that folder for messages to you now, mark them as not spam, and"
        " see that the sender's domain vouches for the server that sends its mail (SPF,"
        " DKIM)."
    ),
    Outcome.MISFILED: (
        "Look for a filter rule or a mail program that moves such mail, and look"
        " through “{folder}” for messages to you."
    ),
    Outcome.MISSING: (
        "Ask whoever runs the mail server to look for this message in its log, by its"
        " time and its addresses."
    ),
    Outcome.REFUSED: (
        "Correct user, password, `sender` and `to` under [check.smtp]. If they are"
        " right, tell whoever runs the mail server: it takes no mail from you."
    ),
    Outcome.UNREACHABLE: (
        "Nobody can send mail by this server now: tell whoever runs it, and check that"
        " its name and its certificate have not run out."
    ),
    Outcome.BLOCKED: (
        "Mail servers would try again later, and may get through. If it lasts, ask"
        " whoever runs this one why it puts mail off: unknown senders (greylisting),"
        " too many messages, a full mailbox."
    ),
    Outcome.BLIND: (
        "Mend that on the machine of the watchdog, or check its connection to the"
        " internet: until then it cannot test the mail."
    ),
}

RETURNED: Mapping[str, str] = {
    "5.1": "Correct `to` under [check.smtp]: that address does not exist.",
    "5.7": (
        "Send from an address whose domain lets this server send for it (SPF, DKIM):"
        " the mail host does not trust its mail."
    ),
}
"""By the beginning of an enhanced status code (RFC 3463); others as for a form."""


UNPROVEN = frozenset({Leg.SITE, Leg.PAGE, Leg.FORM, Leg.ANSWER})
"""The legs of a form's way, in whose place there is the mail server."""


def told_of_mail(
    form: Explanation, outcome: Outcome, facts: Facts, texts: Catalogue
) -> Explanation:
    """Return what would be told of a `form`, in words for a way without one."""
    leg = Leg.SERVER if form.leg in UNPROVEN else form.leg
    told = replace(form, leg=leg, cause=_CAUSE.get(outcome, _same)(form, facts, texts))
    if outcome is Outcome.BOUNCED:
        status = facts.bounce.status if facts.bounce else ""
        advice = next((RETURNED[one] for one in RETURNED if status.startswith(one)), "")
    elif outcome is Outcome.BLIND and not facts.failure:
        advice = ""
    else:
        advice = ADVICE.get(outcome, "")
    folder = facts.arrival.folder if facts.arrival else "?"
    return replace(told, advice=texts.say(advice, folder=folder)) if advice else told


def _same(form: Explanation, _: Facts, __: Catalogue) -> str:
    return form.cause


def _delivered(_: Explanation, __: Facts, texts: Catalogue) -> str:
    return texts.say("The message came by mail into the inbox.")


def _missing(_: Explanation, facts: Facts, texts: Catalogue) -> str:
    is_taken = facts.answered and facts.answered.answer == "accepted"
    return texts.say(
        "The mail server took the message, but it is in no folder of the mailbox after"
        " {deadline}: it was lost between that server and the mailbox."
        if is_taken
        else "The mail server's answer to the message was lost, and it is in no folder"
        " of the mailbox after {deadline}: nobody can tell whether the server took it.",
        deadline=texts.span(facts.submission.due_at - facts.submission.submitted_at),
    )


def _bounced(_: Explanation, facts: Facts, texts: Catalogue) -> str:
    bounce = facts.bounce
    said = texts.say(
        "The mail server took the message, but the mail for {recipient} was returned"
        if bounce and bounce.recipient
        else "The mail server took the message, but the mail was returned",
        recipient=bounce.recipient if bounce else "",
    )
    return f"{said}: {bounce.words}" if bounce and bounce.words else f"{said}."


_CAUSE: Mapping[Outcome, Callable[[Explanation, Facts, Catalogue], str]] = {
    Outcome.DELIVERED: _delivered,
    Outcome.MISSING: _missing,
    Outcome.BOUNCED: _bounced,
}
