"""The lists of tags in which DKIM and DMARC write (RFC 6376, section 3.2)."""

from collections.abc import Mapping


def tags(text: str) -> Mapping[str, str]:
    """Return the tags of `text` by their names in lower case, the first of each."""
    found: dict[str, str] = {}
    for part in text.split(";"):
        name, mark, value = part.partition("=")
        if mark:
            found.setdefault(name.strip().lower(), value.strip())
    return found
