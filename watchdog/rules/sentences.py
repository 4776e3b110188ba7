"""What alarms say of each outcome, kind and place: English, and keys of catalogues."""

from collections.abc import Mapping

from watchdog.model import IncidentKind, Leg, Outcome, Reason

MEANING: Mapping[Outcome, str] = {
    Outcome.DELIVERED: "Messages from {forms} reach you.",
    Outcome.LATE: "Messages from {forms} reach you late.",
    Outcome.JUNKED: "Messages from {forms} land in your spam folder.",
    Outcome.MISFILED: "Messages from {forms} do not come into your inbox.",
    Outcome.MISSING: "Messages from {forms} do not reach you.",
    Outcome.BOUNCED: "Messages from {forms} do not reach you: they are returned.",
    Outcome.REFUSED: "People cannot write to you through {forms}.",
    Outcome.UNREACHABLE: "People cannot reach {forms}: the website does not answer.",
    Outcome.BLOCKED: (
        "We cannot tell whether messages from {forms} reach you: our tests are"
        " stopped; people may still get through."
    ),
    Outcome.BLIND: "We cannot see whether messages from {forms} reach you.",
}

MEANING_BY_MAIL: Mapping[Outcome, str] = {
    **MEANING,
    Outcome.REFUSED: "The mail server does not take messages for {forms}.",
    Outcome.UNREACHABLE: "The mail server of {forms} does not answer.",
}
"""The same of checks that go through no form."""

OVER: Mapping[IncidentKind, str] = {
    IncidentKind.LOSS: "Messages from {forms} reach you again.",
    IncidentKind.REAL_LOSS: "No more messages from {forms} are known to be lost.",
    IncidentKind.WARNING: "What we warned of at {forms} is over.",
    IncidentKind.BLOCKED: "Our tests of {forms} get through again.",
    IncidentKind.BLIND: "We can see again whether messages from {forms} reach you.",
}

OVER_UP_TO_WIDGET = (
    "{forms}: up to the guard in the form all is well again. Whether messages reach you"
    " is not tested."
)
"""Of checks that go no further."""

UNWATCHED = "{forms}: no longer watched. The trouble was not seen to end."

PREFIX: Mapping[Reason, str] = {
    Reason.REMINDER: "Still so: {said}",
    Reason.WORSE: "Worse now: {said}",
    Reason.DIAGNOSED: "More is known: {said}",
}

TAG: Mapping[Reason, str] = {
    Reason.REMINDER: "[Still so] {called}",
    Reason.WORSE: "[Worse now] {called}",
    Reason.DIAGNOSED: "[Cause] {called}",
    Reason.RESOLVED: "[Resolved] {called}",
}
UNWATCHED_TAG = "[No longer watched] {called}"
"""What a later mail of the same thread is called.

A subject that differs by more than a word in brackets begins another thread: RFC
5256, section 2.1, and Gmail (https://github.com/getredash/redash/issues/1144).
"""

TRAITS: Mapping[str, str] = {
    "domain": "came from an address at {value}",
    "long": "are longer than {value} characters",
    "link": "have a link in their text",
    "phone": "give a phone number",
    "no phone": "give no phone number",
    "form": "were written in the form “{value}”",
    "page": "were written on the page {value}",
    "hours": "were written in the hours {value}",
    "script": "are written in other than Latin letters ({value})",
}
"""What lost inquiries may have in common: said of several."""

COLUMNS = ("Form", "Written", "Name", "Email", "Phone", "Subject", "Message")
"""The first row of the table of the missed."""

PLACE: Mapping[Leg, str] = {
    Leg.SITE: "On the way to the website.",
    Leg.PAGE: "At the page of the form.",
    Leg.FORM: "In the form.",
    Leg.WIDGET: "At the guard in the form.",
    Leg.ANSWER: "When the form was sent.",
    Leg.SERVER: "At the mail server that takes the message.",
    Leg.MAIL: "Between the website and the mailbox.",
    Leg.INBOX: "In the mailbox, beside the inbox.",
    Leg.MAILBOX: "At the mailbox: we could not look.",
}

PLACE_BY_MAIL: Mapping[Leg, str] = {
    **PLACE,
    Leg.MAIL: "Between the mail server and the mailbox.",
}
"""The same of checks that go through no form."""
