"""What people write in many ways, folded into one, and patterns over that.

Folded is lower case without accents.  In a pattern a word stands for itself;
`word*` begins a longer one, `*word` ends one, `=word` is all that is said.
"""

import re
import unicodedata
from functools import lru_cache

MOST_FOLDED = 3_000
"""Characters of a text that may tell what a thing is."""


def fold(text: str) -> str:
    """Return the beginning of a text as the words above are written, spaced.

    `yourName`, `your-name` and `your_name` become `your name`.
    """
    return _folded(text[:MOST_FOLDED])


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    plain = unicodedata.normalize("NFKD", parted.casefold()).replace("ł", "l")
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+\d*|\d+", bare))


def pattern(words: str) -> re.Pattern[str]:
    """Return what finds any of `words` in a folded text."""
    return re.compile("|".join(_one(word.strip()) for word in words.split("|")))


def _one(word: str) -> str:
    if word.startswith("="):
        return rf"\A{word[1:]}\Z"
    begin = r"\b" if not word.startswith("*") else ""
    end = r"\b" if not word.endswith("*") else ""
    return f"{begin}{word.strip('*')}{end}"
