"""Who is it?  Addresses and numbers in the spelling by which they are compared."""

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 254
"""Signs of an address (RFC 5321 4.5.3.1.3, erratum 1690)."""

ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
ADDRESS = re.compile(rf"(?=[^@]{{1,64}}@){ATOM}(?:\.{ATOM})*@[A-Za-z0-9.-]+")
LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")

SHORTEST_NUMBER = 6
COMPARED = 8
"""Of a number the last digits: `+49 30…`, `0049 30…` and `030…` are one."""


def address_of(written: str) -> str:
    """Return the one address that was `written`, as it goes into a header, or nothing.

    It was written by a stranger.  Taken is what needs no quotes (RFC 5322 3.2.3,
    dot-atom), with a domain of any letters and a dot in it: no list, no name, no
    blank, and nothing that ends a line.
    """
    local, at, domain = written.strip().rpartition("@")
    spelt = f"{local}{at}{_ascii(domain)}"
    is_address = ADDRESS.fullmatch(spelt) and len(spelt) <= LONGEST
    return spelt if is_address and is_host(_ascii(domain)) else ""


def is_host(domain: str) -> bool:
    """Return whether a name could be that of a mail host in the world."""
    labels = domain.split(".")
    return len(labels) > 1 and all(LABEL.fullmatch(label) for label in labels)


def same_address(written: str) -> str:
    """Return an address in the spelling by which two of them are compared."""
    local, at, domain = written.strip().casefold().rpartition("@")
    return f"{local}{at}{_ascii(domain).lower()}"


def same_number(written: str) -> str:
    """Return a number in the spelling by which two are compared, or nothing."""
    digits = [str(unicodedata.digit(sign, "")) for sign in written[:100]]
    number = "".join(digits)
    return number[-COMPARED:] if len(number) >= SHORTEST_NUMBER else ""


def marks(email: str, phone: str) -> frozenset[str]:
    """Return by what a person is known again."""
    address = same_address(email) if "@" in email else ""
    return _some((address, same_number(phone)))


def _some(words: Iterable[str]) -> frozenset[str]:
    return frozenset(word for word in words if word)


def _ascii(domain: str) -> str:
    """Return a domain in letters that every mail server takes (RFC 3490), or as it is.

    Python's IDNA takes quadratic time on long ones (python/cpython 98433).
    """
    if domain.isascii() or len(domain) > LONGEST:
        return domain
    try:
        return domain.encode("idna").decode()
    except UnicodeError:
        return domain
