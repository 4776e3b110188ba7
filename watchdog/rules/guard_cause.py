"""What is said of a test that met a form's guard: let past it, stopped, or up to it."""

from dataclasses import replace

from watchdog.model import Facts, Leg
from watchdog.rules.catalogue import Catalogue
from watchdog.rules.explanation import Explanation

EXEMPTED = (
    "The test was let past the form's guard by a signed exemption: it proves delivery,"
    " not that the guard lets people through."
)
GUARDED = (
    "People may still get through, but no test can prove it: have the site let signed"
    " tests pass (`exemption`), test a copy of the form that has the guard's test keys,"
    ' or check up to the widget alone (`captcha = "widget"`).'
)
UP_TO_WIDGET = (
    "Nothing to do: no more can be told of this form without passing its guard. To"
    " prove delivery, have the site let signed tests pass (`exemption`)."
)
NOT_HONOURED = (
    "See that what verifies the exemption is installed on the site, with the same"
    " secret, that both clocks are right, and that nothing on the way takes the header"
    " X-Contact-Watchdog out."
)


def told_past(explanation: Explanation, facts: Facts, texts: Catalogue) -> Explanation:
    """Return what explains an arrival, with what an exempted one does not prove."""
    if not facts.arrival or not _is_exempted(facts):
        return explanation
    cause = f"{explanation.cause} {texts.say(EXEMPTED)}"
    return replace(explanation, cause=cause)


def told_before(leg: Leg, cause: str, facts: Facts, texts: Catalogue) -> Explanation:
    """Return what explains that a guard has stopped a test, by `cause`."""
    if _is_exempted(facts):
        unheeded = texts.say("The site did not honour the signed exemption.")
        cause, advice = f"{cause} {unheeded}", NOT_HONOURED
    else:
        advice = UP_TO_WIDGET if leg is Leg.WIDGET else GUARDED
    return Explanation(leg=leg, cause=cause, advice=texts.say(advice))


def _is_exempted(facts: Facts) -> bool:
    return bool(facts.answered and facts.answered.evidence.get("exempted"))
