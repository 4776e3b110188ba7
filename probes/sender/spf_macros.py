"""The names that an SPF record makes of who sends (RFC 7208, section 7)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

from probes.sender.spf_record import Mistake

MACRO = re.compile(
    r"%(?:\{([slodipvh])(\d{0,3})(r?)([.\-+,/_=]*)\}|([%_-])|.|$)", re.IGNORECASE
)
LITERALS = {"%": "%", "_": " ", "-": "%20"}
LONGEST = 253
"""Characters of a name in the DNS; of a longer one, the left labels are dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who sends, in whose name."""

    ip: IPv4Address | IPv6Address
    domain: str
    """Whose record is read now."""
    sender: str
    """The envelope's sender."""


def expanded(text: str, sending: Sending) -> str:
    """Return `text` with all its macros replaced, or raise `Mistake`.

    The name in HELO is not known to us: the sender's domain stands for it.
    """
    values = _values(sending)

    def one(macro: re.Match[str]) -> str:
        letter, digits, backwards, delimiters, literal = macro.groups()
        if literal:
            return LITERALS[literal]
        if letter is None or digits.strip("0") == "" != digits:
            raise Mistake(text)
        parts = re.split(f"[{re.escape(delimiters or '.')}]", values[letter.lower()])
        if backwards:
            parts.reverse()
        value = ".".join(parts[-int(digits or 0) :])
        return quote(value, safe="") if letter.isupper() else value

    name = MACRO.sub(one, text).rstrip(".")
    while len(name) > LONGEST:
        _, dot, name = name.partition(".")
        if not dot:
            raise Mistake(text)
    return name


def _values(sending: Sending) -> Mapping[str, str]:
    ip = sending.ip
    local, _, domain = sending.sender.rpartition("@")
    is_four = ip.version == 4  # noqa: PLR2004 - the version's own number
    return {
        "s": sending.sender,
        "l": local,
        "o": domain,
        "d": sending.domain,
        "i": str(ip) if is_four else ".".join(ip.exploded.replace(":", "")),
        "p": "unknown",
        "v": "in-addr" if is_four else "ip6",
        "h": domain,
    }
