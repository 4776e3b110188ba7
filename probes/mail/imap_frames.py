"""Where does an IMAP response end?  Cuts a stream of bytes into whole responses.

Pure, and bounded in size, since the other side may be hostile (RFC 3501 section 4).
"""

import re
from collections.abc import Iterator

from probes.errors import Unintelligible

Response = tuple[bytes, ...]
"""One response: a line; where it ends in a literal, that, and the line going on."""

PART_COSTS = 100
"""Bytes that Python needs to hold a part, even an empty one."""

LITERAL = re.compile(rb"\{(\d{1,20})\}\Z")
STATUS_RESPONSE = re.compile(rb"\* (?:OK|NO|BAD|BYE|PREAUTH)\b", re.IGNORECASE)


class Framer:
    """Cuts what arrives into whole responses, however it was fragmented.

    Holds one unfinished response at most, and never more than the bounds.
    """

    def __init__(self, *, most_literal: int, most_response: int) -> None:
        self._most_literal = most_literal
        self._most_response = most_response
        self._buffer = bytearray()
        self._searched = 0
        self._parts: list[bytes] = []
        self._held = 0
        self._missing: int | None = None

    @property
    def has_rest(self) -> bool:
        """Whether something came that is no whole response yet."""
        return bool(self._buffer or self._parts)

    def feed(self, data: bytes) -> Iterator[Response]:
        """Take in `data`; yield the responses that are whole now."""
        self._buffer += data
        while (part := self._next_part()) is not None:
            self._parts.append(part)
            self._held += len(part) + PART_COSTS
            if self._missing is not None:  # a literal has ended, its line goes on
                self._missing = None
            elif (size := self._announced(part)) is not None:
                self._missing = size
            else:
                response, self._parts, self._held = tuple(self._parts), [], 0
                yield response
            self._check_size()
        self._check_size()

    def _check_size(self) -> None:
        if self._held + len(self._buffer) > self._most_response:
            raise Unintelligible("The mail server sent an answer without end.")

    def _next_part(self) -> bytes | None:
        if self._missing is not None:
            return self._cut(self._missing, 0)
        # An endless line in small pieces is not searched from its start each time.
        end = self._buffer.find(b"\r\n", self._searched)
        if end < 0:
            self._searched = max(0, len(self._buffer) - 1)
            return None
        self._searched = 0
        return self._cut(end, 2)

    def _cut(self, size: int, skip: int) -> bytes | None:
        if len(self._buffer) < size + skip:
            return None
        part = bytes(self._buffer[:size])
        del self._buffer[: size + skip]
        return part

    def _announced(self, line: bytes) -> int | None:
        """Return the size of the literal that follows this line, if one does.

        The text of a status response may end in braces and mean nothing by it.
        """
        first = self._parts[0]
        if not first.startswith(b"* ") or STATUS_RESPONSE.match(first):
            return None
        if (match := LITERAL.search(line)) is None:
            return None
        if int(match[1]) > self._most_literal:
            raise Unintelligible("The mail server sent more than was asked for.")
        return int(match[1])
