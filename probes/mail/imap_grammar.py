"""What an IMAP response says: values, folders, numbers, times and words.

Pure.  Whatever the other side sends, it is values or `Unintelligible`.  Sections
are those of RFC 3501.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from probes.errors import Unintelligible
from probes.mail.imap_frames import Response

Value = bytes | None | list["Value"]
"""Atom, string or literal; NIL; parenthesized list."""

MOST_DEPTH = 20
MOST_WORDS = 300

TOKEN = re.compile(
    rb"""\ * (?: (?P<open>\() | (?P<close>\)) | "(?P<quoted>(?:[^"\\]|\\.)*)"
               | (?P<literal>\{\d+\})\Z | (?P<atom>[^\s()"{}]+) | \Z )""",
    re.VERBOSE,
)
NUMBER = re.compile(rb"\d{1,10}")
LONG = re.compile(rb"\d{1,19}")
"""A number of 63 bits (RFC 9208 section 5.1)."""
CODE = re.compile(rb"\[([A-Za-z0-9-]+)( [^\]]*)?\] ?")
INTERNALDATE = re.compile(
    rb" ?(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - reads best
"""Spelt out, since strptime's `%b` follows the locale."""


def values(response: Response) -> list[Value]:
    """Return what an untagged response is made of, without its star."""
    stack: list[list[Value]] = [[]]
    literals = iter(response[1::2])
    for line in (response[0].removeprefix(b"* "), *response[2::2]):
        position = 0
        while position < len(line):
            match = TOKEN.match(line, position)
            if match is None:
                raise Unintelligible("The mail server's answer makes no sense to us.")
            position = match.end()
            _place(stack, match, literals)
    if len(stack) != 1:
        raise Unintelligible("The mail server's answer ended too early.")
    return stack[0]


def _place(
    stack: list[list[Value]], match: re.Match[bytes], literals: Iterator[bytes]
) -> None:
    """Put one token where it belongs: `stack` holds the lists still open."""
    match match.lastgroup:
        case "open" if len(stack) < MOST_DEPTH:
            inner: list[Value] = []
            stack[-1].append(inner)
            stack.append(inner)
        case "close" if len(stack) > 1:
            stack.pop()
        case "open" | "close":
            raise Unintelligible("The mail server's answer is nested wrongly.")
        case "quoted":
            stack[-1].append(re.sub(rb"\\(.)", rb"\1", match["quoted"]))
        case "literal":
            stack[-1].append(next(literals, b""))
        case "atom":
            stack[-1].append(None if match["atom"].upper() == b"NIL" else match["atom"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One folder as LIST tells it (7.2.2); `name` as on the wire."""

    name: str
    separator: str | None
    attributes: Sequence[str]


def listed(response: Response) -> Listed | None:
    """Return the folder of a LIST response, or None if it is another one."""
    match values(response):
        case [bytes(kind), list(attributes), bytes() | None as separator, bytes(name)]:
            if kind.upper() != b"LIST":
                return None
            return Listed(
                name=_text(name),
                separator=_text(separator) if separator else None,
                attributes=[_text(each) for each in attributes if each],
            )
    return None


def status(response: Response) -> tuple[str, Mapping[str, int]] | None:
    """Return the folder and its numbers of a STATUS response (7.2.4)."""
    match values(response):
        case [bytes(kind), bytes(name), list(items)] if kind.upper() == b"STATUS":
            return _text(name), {
                key: int(value)
                for key, value in _pairs(items).items()
                if isinstance(value, bytes) and NUMBER.fullmatch(value)
            }
    return None


def fetched(response: Response) -> Mapping[str, Value] | None:
    """Return the items of a FETCH response (7.4.2) by their upper-case names."""
    match values(response):
        case [bytes(), bytes(kind), list(items)] if kind.upper() == b"FETCH":
            return _pairs(items)
    return None


def found(response: Response) -> list[int]:
    """Return the numbers of a SEARCH response (7.2.5), none if it is another one."""
    kind, *rest = response[0].removeprefix(b"* ").split() or [b""]
    if kind.upper() != b"SEARCH":
        return []
    return [int(number) for number in rest if NUMBER.fullmatch(number)]


def resources(response: Response) -> Iterator[tuple[str, int, int]]:
    """Yield name, usage and limit of a QUOTA response's resources (RFC 9208 5.2.1)."""
    match values(response):
        case [bytes(kind), bytes() | None, list(items)] if kind.upper() == b"QUOTA":
            told = [each if isinstance(each, bytes) else b"" for each in items]
            for name, *numbers in zip(told[::3], told[1::3], told[2::3], strict=False):
                if all(LONG.fullmatch(number) for number in numbers):
                    used, limit = map(int, numbers)
                    yield _text(name).upper(), used, limit


def quoted(text: str) -> str:
    """Return a text as a quoted string (4.3), for names and search words."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def number_in(code: str, responses: Sequence[Response]) -> int | None:
    """Return the number that an untagged `OK [CODE number]` told (7.1)."""
    wanted = re.compile(rb"\* OK \[%b (\d{1,10})\]" % code.encode(), re.IGNORECASE)
    for response in responses:
        if match := wanted.match(response[0]):
            return int(match[1])
    return None


def moment(text: Value) -> datetime:
    """Return the time that an INTERNALDATE names, in UTC."""
    match = INTERNALDATE.fullmatch(text) if isinstance(text, bytes) else None
    if match is None:
        raise Unintelligible("The mail server told a time that is none.")
    day, month, year, hour, minute, second, sign, east, past = match.groups()
    offset = timedelta(hours=int(east), minutes=int(past))
    try:
        return datetime(
            int(year),
            1 + MONTHS.index(month.decode().lower()),
            int(day),
            int(hour),
            int(minute),
            min(int(second), 59),  # a leap second
            tzinfo=timezone(-offset if sign == b"-" else offset),
        ).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Unintelligible("The mail server told a time that is none.") from error


def day(at: datetime) -> str:
    """Return the date for `SEARCH SINCE`, which knows neither time nor zone."""
    return f"{at.day}-{MONTHS[at.month - 1].title()}-{at.year}"


def code_and_words(text: bytes) -> tuple[str, str]:
    """Return the response code of a status text (RFC 5530), and the text cleaned."""
    match = CODE.match(text)
    if match is None:
        return "", cleaned(text)
    return match[1].decode().upper(), cleaned(text[match.end() :])


def cleaned(text: bytes) -> str:
    """Return a foreign text fit to be shown: short, and of printable signs."""
    shown = text[: 4 * MOST_WORDS].decode("utf-8", "replace")
    shown = "".join(sign if sign.isprintable() else " " for sign in shown)
    return " ".join(shown.split())[:MOST_WORDS]


def _pairs(items: list[Value]) -> Mapping[str, Value]:
    return {
        _text(key).upper(): value
        for key, value in zip(items[::2], items[1::2], strict=False)
        if isinstance(key, bytes)
    }


def _text(octets: Value) -> str:
    """Return a name as it came; bytes that are no UTF-8 survive the way back."""
    return (
        octets.decode("utf-8", "surrogateescape") if isinstance(octets, bytes) else ""
    )
