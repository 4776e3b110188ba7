"""A filling as bytes for the wire, as the WHATWG's standards write them."""

import re
from collections.abc import Sequence
from urllib.parse import urlsplit, urlunsplit

from probes.forms.form import Entry, Filling

UNESCAPED = frozenset(
    b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-._"
)


def encode(filling: Filling, *, boundary: str) -> tuple[bytes, str]:
    """Return the body and the content type with which a browser posts `filling`.

    `boundary` must not occur in it; it is handed in, since chance has no place here.
    Characters that the form's charset lacks become `&#…;`.
    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#form-submission-algorithm
    """
    form, entries = filling.form, filling.entries
    if form.enctype == "multipart/form-data":
        body = multipart(entries, filling.files, form.charset, boundary)
        return body, f"multipart/form-data; boundary={boundary}"
    if form.enctype == "text/plain":
        lines = "".join(f"{name}={value}\r\n" for name, value in entries)
        return _bytes(lines, form.charset), "text/plain"
    return urlencoded(entries, form.charset).encode("ascii"), form.enctype


def asked_url(filling: Filling) -> str:
    """Return the address that a browser asks for when it sends a GET form."""
    query = urlencoded(filling.entries, filling.form.charset)
    return urlunsplit(urlsplit(filling.form.action)._replace(query=query))


def urlencoded(entries: Sequence[Entry], charset: str = "utf-8") -> str:
    """Return entries as `name=value&…`.

    https://url.spec.whatwg.org/#urlencoded-serializing
    """
    return "&".join(
        f"{_percent(name, charset)}={_percent(value, charset)}"
        for name, value in entries
    )


def _percent(text: str, charset: str) -> str:
    return "".join(
        "+" if byte == ord(" ") else chr(byte) if byte in UNESCAPED else f"%{byte:02X}"
        for byte in _bytes(text, charset)
    )


def multipart(
    entries: Sequence[Entry], files: Sequence[str], charset: str, boundary: str
) -> bytes:
    """Return entries as `multipart/form-data`; those named in `files` as no file.

    https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data
    """
    parts = []
    for name, value in entries:
        part = f'--{boundary}\r\nContent-Disposition: form-data; name="{_quoted(name)}"'
        if name in files:
            part += '; filename=""\r\nContent-Type: application/octet-stream'
        parts.append(_bytes(f"{part}\r\n\r\n{value}\r\n", charset))
    return b"".join(parts) + f"--{boundary}--\r\n".encode("ascii")


def _quoted(name: str) -> str:
    """Escape what would end the name: a quote or a line break."""
    lines = re.sub(r"\r\n?|\n", "\r\n", name)
    return lines.replace("\r", "%0D").replace("\n", "%0A").replace('"', "%22")


def _bytes(text: str, charset: str) -> bytes:
    return text.encode(charset, "xmlcharrefreplace")
