"""Folder names as IMAP writes them: modified UTF-7 (RFC 3501 section 5.1.3)."""

import base64
import re

SHIFTED = re.compile(r"&([^-]*)-")
UNPRINTABLE = re.compile(r"[^\x20-\x7e]+|&")


def encode(name: str) -> str:
    """Return the name for the wire: printable ASCII, whatever the name holds."""
    return UNPRINTABLE.sub(_shift, name)


def decode(name: str) -> str:
    """Return the readable name.

    What is not well formed stays as it is: some servers never encode, and a
    folder must not be lost for its name.  Such a name does not encode back.
    """
    return SHIFTED.sub(_unshift, name)


def _shift(match: re.Match[str]) -> str:
    if match[0] == "&":
        return "&-"
    octets = match[0].encode("utf-16-be", "surrogatepass")
    return f"&{base64.b64encode(octets, b'+,').decode().rstrip('=')}-"


def _unshift(match: re.Match[str]) -> str:
    if not match[1]:
        return "&"
    padded = match[1] + "=" * (-len(match[1]) % 4)
    try:
        octets = base64.b64decode(padded, b"+,", validate=True)
        return octets.decode("utf-16-be")
    except ValueError:
        return match[0]
