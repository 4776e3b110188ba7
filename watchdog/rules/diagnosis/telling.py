"""A conclusion in plain sentences, in any language."""

from collections.abc import Mapping

from watchdog.model import Conclusion, Sureness
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.diagnosis.sentences import ADVICE, NAMES

SURENESS: Mapping[Sureness, str] = {
    Sureness.PROVEN: "Proven: {words}",
    Sureness.LIKELY: "Likely: {words}",
    Sureness.UNKNOWN: "The cause is not known. {words}",
}


def reason(conclusion: Conclusion, texts: Catalogue = ENGLISH) -> str:
    """Return why messages are lost, and how sure we are, in a sentence or two."""
    suspects = [texts.say(NAMES[cause]) for cause in conclusion.suspects]
    values = {**conclusion.values, "suspects": "; ".join(suspects)}
    words = texts.say(conclusion.words, **values).strip()
    return texts.say(SURENESS[conclusion.sureness], words=words)


def advice(conclusion: Conclusion, texts: Catalogue = ENGLISH) -> str:
    """Return what the owner can do about it; empty where the cause is not known."""
    return texts.say(ADVICE[conclusion.cause]) if conclusion.cause else ""
