"""A conclusion in plain sentences, in any language."""

from dataclasses import replace

from watchdog.model import Conclusion, Evidence
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.diagnosis.sentences import ADVICE, NAMES, NOTHING, SURENESS
from watchdog.rules.explanation import Explanation


def is_telling(conclusion: Conclusion) -> bool:
    """Tell whether there is anything to say about why messages are lost."""
    return conclusion.words != NOTHING


def reason(conclusion: Conclusion, texts: Catalogue = ENGLISH) -> str:
    """Return why messages are lost, and how sure we are, in a sentence or two."""
    suspects = [texts.say(NAMES[cause]) for cause in conclusion.suspects]
    values = {**conclusion.values, "suspects": "; ".join(suspects)}
    words = texts.say(conclusion.words, **values).strip()
    return texts.say(SURENESS[conclusion.sureness], words=words)


def advice(conclusion: Conclusion, texts: Catalogue = ENGLISH) -> str:
    """Return what the owner can do about it; empty where the cause is not known."""
    return texts.say(ADVICE[conclusion.cause]) if conclusion.cause else ""


def refined(
    symptom: Explanation, conclusion: Conclusion | None, texts: Catalogue = ENGLISH
) -> Explanation:
    """Return what was seen together with why it is, where anything shows that."""
    if conclusion is None or not (conclusion.cause or conclusion.suspects):
        return symptom
    return replace(
        symptom,
        cause=f"{symptom.cause} {reason(conclusion, texts)}",
        advice=advice(conclusion, texts) or symptom.advice,
    )


def shown(conclusion: Conclusion | None) -> Evidence:
    """Return the cause as evidence of a verdict: a word of its own, and how sure."""
    if conclusion is None or conclusion.cause is None:
        return {}
    return {
        "cause_name": conclusion.cause.value,
        "sureness": conclusion.sureness.value,
    }
