"""A site's store that cannot be read: whoever is missed then, nobody can tell."""

from watchdog.model import CheckName
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.warning import Sign


def of_store(check: CheckName, words: str, texts: Catalogue = ENGLISH) -> Sign:
    """Return the sign that a check's store cannot be read; `words` say why."""
    return Sign(
        key=f"store:{check}",
        checks=frozenset({check}),
        words=texts.say(
            "The inquiries that the website keeps cannot be read: {words}", words=words
        ),
        advice=texts.say(
            "Mend that, and see by “{command}”: until then, nobody can tell whose"
            " messages are missed.",
            command="contact-watchdog missed",
        ),
    )
