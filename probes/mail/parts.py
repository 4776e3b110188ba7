"""What is a mail made of?  Its header, and the parts of its body, in order.

Our own reading of MIME, on top of the standard library's reading of headers:
`email.parser` recurses, and its time grows with depth times length.
"""

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.message import Message as Fields
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import collapse_rfc2231_value

from probes.mail.charset import decoded
from probes.mail.header import Headers, unbase64, words

MOST_HEADER = 128 * 1024
MOST_FIELDS = 1_000
MOST_PARTS = 1_000
MOST_DEPTH = 20

HEADER = re.compile(rb"(?:(?:From |[!-9;-~]*:|[\t ])[^\n]*(?:\n|\Z))*")
"""The lines that `email.feedparser` takes for a header."""
BLANK_LINE = re.compile(rb"\r?\n\r?\n")
MIME = ("content-type", "content-disposition", "content-transfer-encoding")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part that holds no further parts, its transfer encoding undone."""

    kind: str
    """Media type in lower case, as `text/plain`."""
    charset: str
    flowed: bool
    """RFC 3676: the lines are wrapped softly."""
    deleted_space: bool
    attached: bool
    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class _Entity:
    headers: Headers
    mime: Fields
    body: bytes


def read(raw: bytes) -> tuple[Headers, Sequence[Part]]:
    """Return the header fields and the parts of a mail; never raises.

    Whatever cannot be understood is taken as text.  Depth, number of parts and
    header are bounded; decoded data is never longer than the mail itself.
    """
    entity = _entity(raw)
    return entity.headers, tuple(_parts(entity))


def _parts(root: _Entity) -> Iterator[Part]:
    waiting = [(root, 0)]
    for _ in range(MOST_PARTS):
        if not waiting:
            return
        entity, depth = waiting.pop()
        inner = _split(entity)
        if not inner:
            yield _part(entity)
        elif depth < MOST_DEPTH:
            entities = [(_entity(raw), depth + 1) for raw in inner]
            waiting.extend(reversed(entities))


def _entity(raw: bytes) -> _Entity:
    """Take a mail or part apart: header fields, and the body as it stands."""
    head, body = _halves(raw)
    fields = BytesHeaderParser(policy=compat32).parsebytes(head)
    headers: dict[str, list[str]] = {}
    for name, value in list(fields.raw_items())[:MOST_FIELDS]:
        headers.setdefault(name.lower(), []).append(_unfolded(str(value)))
    mime = Fields(policy=compat32)
    for name in MIME:
        for value in headers.get(name, ())[:1]:
            mime[name] = value[:2_000]
    return _Entity(headers, mime, body)


def _halves(raw: bytes) -> tuple[bytes, bytes]:
    """Part header and body; a line that can be no field begins the body, too."""
    head = HEADER.match(raw, 0, MOST_HEADER)
    size = head.end() if head else 0
    if size < MOST_HEADER:
        return raw[:size], raw[size:].removeprefix(b"\r").removeprefix(b"\n")
    blank = BLANK_LINE.search(raw, size)
    return raw[:size], raw[blank.end() :] if blank else b""


def _unfolded(value: str) -> str:
    """Return a raw value on one line, its 8-bit bytes read as text."""
    text = decoded(value.encode("ascii", "surrogateescape"))
    return re.sub(r"\n[ \t]*", " ", text).strip()


def _split(entity: _Entity) -> Sequence[bytes]:
    """Return the raw parts of a multipart body (RFC 2046 5.1.1), else none.

    The last one may be cut off.  A body in which the boundary never comes is
    no multipart, whatever its header says.
    """
    boundary = _parameter(entity.mime, "boundary")
    if entity.mime.get_content_maintype() != "multipart" or not boundary:
        return ()
    mark = re.escape(b"--" + boundary.rstrip().encode())
    parts: list[bytes] = []
    start: int | None = None
    for found in re.finditer(mark + rb"(--)?[ \t]*(?=\r?\n|\Z)", entity.body):
        if entity.body[max(0, found.start() - 1) : found.start()] not in (b"", b"\n"):
            continue
        if start is not None:
            parts.append(entity.body[start : found.start()])
        start = None if found[1] else found.end()
        if start is None or len(parts) >= MOST_PARTS:
            break
    if start is not None:
        parts.append(entity.body[start:])
    return [_bare(part) for part in parts]


def _bare(part: bytes) -> bytes:
    """Return a part without the line ends that belong to its boundaries."""
    inner = part.removeprefix(b"\r").removeprefix(b"\n")
    return inner.removesuffix(b"\n").removesuffix(b"\r")


def _part(entity: _Entity) -> Part:
    mime = entity.mime
    filename = _parameter(mime, "filename", "content-disposition")
    kind = mime.get_content_type()
    return Part(
        kind="text/plain" if kind.startswith("multipart/") else kind,
        charset=_parameter(mime, "charset"),
        flowed=_parameter(mime, "format").lower() == "flowed",
        deleted_space=_parameter(mime, "delsp").lower() == "yes",
        attached=mime.get_content_disposition() == "attachment",
        filename=words(filename or _parameter(mime, "name"))[:200],
        data=_data(entity),
    )


def _data(entity: _Entity) -> bytes:
    encoding = str(entity.mime.get("content-transfer-encoding", "")).strip().lower()
    if encoding == "base64":
        return unbase64(entity.body)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(entity.body)
    return entity.body


def _parameter(mime: Fields, name: str, header: str = "content-type") -> str:
    """Return a parameter of a MIME field, or nothing where it is broken."""
    try:
        value = mime.get_param(name, "", header)
        return collapse_rfc2231_value(value).strip()
    except (ValueError, LookupError, TypeError):  # `name*x*=`, unknown charsets
        return ""
