"""What a text is made of, in numbers that do not tell the text."""

import re
import unicodedata
from array import array
from collections.abc import Sequence
from zlib import crc32

WORD = re.compile(r"\w+")


def traits(text: str) -> Sequence[int]:
    """Return the sorted distinct traits of `text`, 32 bits each."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return array("I", sorted({crc32(word.encode()) for word in WORD.findall(folded)}))
