"""A web server's access log: which of its lines tell of an inquiry.

Apache and nginx write the common format, or the combined one with the Referer and
the User-Agent (https://httpd.apache.org/docs/current/logs.html#accesslog,
https://nginx.org/en/docs/http/ngx_http_log_module.html).
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC
from typing import BinaryIO

from probes.mail.charset import clean
from probes.stores import stamps
from probes.stores.files.endpoints import Endpoints
from probes.stores.files.found import Found, Unfit
from probes.stores.files.lines import START, Place
from probes.stores.store import Entry

MOST_LINE = 64 * 1024
"""Bytes of a line: servers refuse longer requests."""
STEP = 10_000
"""Lines after which the reading may stop, though nothing was found."""
SAMPLE = 50
"""Lines of a file by which it is seen to be a log."""
MOST_KEPT = 500

# Nothing is tried twice (`*+`): visitors write what stands in these lines.
REFERER = r'"(?P<referer>(?:[^"\\]|\\.)*+)"'
AGENT = r'"(?P<agent>(?:[^"\\]|\\.)*+)"'
LINE = re.compile(
    r"(?:(?P<host>[\w.-]++):\d+ )?[^\[]*+"
    r"\[(?P<day>\d\d/[A-Za-z]{3}/\d{4}):(?P<time>\d\d:\d\d:\d\d [-+]\d{4})\] "
    r'"(?P<method>[A-Z]+) (?P<target>(?:[^"\\ ]|\\.)*+)[^"]*+" '
    r"(?P<status>\d{3}) (?:\d+|-)"
    rf"(?: {REFERER} {AGENT})?",
    re.ASCII,
)
OURS = "contact-form-watchdog"
"""In our own User-Agent."""
MACHINE = re.compile(
    r"bot\b|crawl|spider|scan|curl|wget|python|java/|libwww|go-http|okhttp|perl|ruby"
    r"|headless|phantom|sqlmap|nikto|zgrab|^-?$",
    re.IGNORECASE,
)
"""A User-Agent of programs; people's browsers always have another."""
DONE = range(200, 400)


class AccessLogFormat:
    """Reads the lines that tell of a form's being sent."""

    def __init__(self, endpoints: Endpoints) -> None:
        self._endpoints = endpoints

    def __call__(self, file: BinaryIO, start: Place) -> Iterator[Found]:
        """Yield each sending, and a sign of life now and then.

        Raises `Unfit` for what is no such log.
        """
        if start == START:
            _check(file)
        file.seek(start.offset)
        begin, line, is_within = start.offset, start.line, False
        while raw := file.readline(MOST_LINE):
            after, is_end = begin + len(raw), raw.endswith(b"\n")
            is_whole = is_end or len(raw) == MOST_LINE
            is_sending = b'"POST ' in raw and not is_within
            if is_sending or not is_whole or line % STEP == 0:
                entry, problem = self._told(raw) if is_sending else (None, "")
                yield Found(
                    begin=Place(offset=begin, line=line),
                    after=Place(offset=after, line=line + is_end),
                    entry=entry,
                    problem=problem if is_whole else "",
                    is_whole=is_whole,
                )
            begin, line, is_within = after, line + is_end, not is_end
        end = Place(offset=begin, line=line)
        yield Found(begin=end, after=end)

    def _told(self, raw: bytes) -> tuple[Entry | None, str]:
        """Return what a line tells of, if of an inquiry, or what is wrong with it."""
        found = LINE.match(raw.decode("utf-8", "replace"))
        if found is None:
            return None, "is no line that a web server writes"
        part = {name: value or "" for name, value in found.groupdict().items()}
        is_done = part["method"] == "POST" and int(part["status"]) in DONE
        ours = self._endpoints.takes(
            part["target"], referer=part["referer"], host=part["host"]
        )
        if not is_done or not ours or OURS in part["agent"]:
            return None, ""
        try:
            at = stamps.parsed(f"{part['day']} {part['time']}", zone=UTC)
        except ValueError as error:
            return None, f"has a time that {error}"
        fields = {
            name: clean(part[name])[:MOST_KEPT]
            for name in ("target", "status", "referer", "agent")
            if part[name] not in {"", "-"}
        }
        return Entry(
            id=hashlib.blake2b(raw.strip(), digest_size=10).hexdigest(),
            submitted_at=at,
            fields=fields,
            page=fields.get("referer", ""),
            is_spam=MACHINE.search(part["agent"]) is not None,
            is_contentless=True,
        ), ""


def _check(file: BinaryIO) -> None:
    """Raise `Unfit` where no line at the file's beginning is one of a log's."""
    file.seek(0)
    sample = [file.readline(MOST_LINE) for _ in range(SAMPLE)]
    lines = [raw.decode("utf-8", "replace") for raw in sample if raw.endswith(b"\n")]
    if lines and not any(LINE.match(line) for line in lines):
        raise Unfit("is no access log in the common or the combined format.")
