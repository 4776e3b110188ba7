"""The way a mail came, and what the receiving host thought of it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from probes.mail import header
from probes.mail.header import Headers
from probes.mail.message import Message

MOST_HOPS = 50
MOST_CHARS = 120

BY = re.compile(r"(?:^|[\s)])by\s+([^\s;()]+)")
FROM = re.compile(r"^\s*from\s+([^\s;()]+)")
ADDRESS = re.compile(r"^\s*from\s.*?[\[(]((?:IPv6:)?[0-9a-fA-F:.]{3,45})[\])]")
METHOD = re.compile(
    r"(?:^|;)\s*(spf|dkim|dmarc|compauth)\s*(?:/\s*\d+\s*)?=\s*(\w{1,20})",
    re.IGNORECASE,
)
SPF = re.compile(
    r"\s*(pass|fail|softfail|neutral|none|temperror|permerror)\b", re.IGNORECASE
)
COMMENT = re.compile(r"\([^()]*\)")
SCORE = re.compile(r"\b(?:score|hits)\s*=\s*(-?\d{1,5}(?:\.\d{1,5})?)", re.IGNORECASE)
OUTLOOK = "x-microsoft-antispam-mailbox-delivery"
JUNKED = re.compile(r"(?:^|;)\s*(dest:J)\b")
"""How Outlook.com notes that it brought a mail to the Junk folder."""
NUMBER = re.compile(r"-?\d{1,5}(?:\.\d{1,5})?")
RSPAMD = re.compile(r"\[\s*(-?\d{1,5}\.\d{1,5})\s*/")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One host that took the mail (RFC 5321 4.4); its own word, not proof."""

    by: str
    from_: str
    ip: str
    """From which address it took the mail; empty where it does not tell."""
    at: datetime | None
    delay: float | None
    """Seconds since the hop before; negative where clocks differ."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What the header tells of a mail's way and of its welcome."""

    hops: Sequence[Hop]
    """Oldest first; of very many, the newest."""
    authentication: Mapping[str, str]
    """`spf`, `dkim`, `dmarc` to `pass`, `fail`, `none`…, as far as told; Microsoft's
    own view of all three as `compauth`."""
    spam_score: str
    spam_verdict: str
    """In the spam filter's own words."""

    @property
    def slowest(self) -> Hop | None:
        """The host before which the mail waited longest, if any tell the time."""
        timed = [hop for hop in self.hops if hop.delay and hop.delay > 0]
        return max(timed, key=lambda hop: hop.delay or 0, default=None)


def read_trace(message: Message) -> Trace:
    """Return the way of `message`, as its header tells it.

    All but the topmost lines may be forged by whoever sent it.
    """
    headers = message.headers
    return Trace(
        hops=_hops(headers.get("received", ())),
        authentication=_authentication(headers),
        spam_score=_first_of(_scores(headers)),
        spam_verdict=_first_of(_verdicts(headers)),
    )


def _hops(received: Sequence[str]) -> Sequence[Hop]:
    hops: list[Hop] = []
    for value in reversed(received[:MOST_HOPS]):
        hop = _hop(value)
        earlier = next((one.at for one in reversed(hops) if one.at), None)
        if hop.at and earlier:
            hop = replace(hop, delay=(hop.at - earlier).total_seconds())
        hops.append(hop)
    return tuple(hops)


def _hop(value: str) -> Hop:
    path, _, stamp = value.rpartition(";")
    path = path or value
    return Hop(
        by=_first_of(iter(BY.findall(path))),
        from_=_first_of(iter(FROM.findall(path))),
        ip=_first_of(iter(ADDRESS.findall(re.split(r"\sby\s", path, maxsplit=1)[0]))),
        at=header.date(stamp),
        delay=None,
    )


def _authentication(headers: Headers) -> Mapping[str, str]:
    """Return the verdicts of the receiving host (RFC 8601).

    Only the topmost field counts: hosts put theirs above all others, and a
    sender can write as many below as he likes, with our host's name in them
    (RFC 8601 1.6, 5).  A `pass` of any DKIM signature is a pass.  Some hosts say of
    SPF alone, in a field of its own (RFC 7208 9.1).
    """
    value = headers.get("authentication-results", [""])[0]
    results: dict[str, str] = {}
    for method, result in METHOD.findall(_without_comments(value)):
        if results.get(method.lower()) != "pass":
            results[method.lower()] = result.lower()
    if of_spf := SPF.match(headers.get("received-spf", [""])[0]):
        results.setdefault("spf", of_spf[1].lower())
    return results


def _without_comments(value: str) -> str:
    """Remove comments, which may hold anything, from inside out."""
    for _ in range(5):
        value = COMMENT.sub(" ", value)
    return value


def _scores(headers: Headers) -> Iterator[str]:
    """Yield scores: SpamAssassin, Rspamd, then Microsoft's SCL (-1 to 9)."""
    for value in headers.get("x-spam-status", ())[:1]:
        yield from SCORE.findall(value)
    for value in headers.get("x-spamd-result", ())[:1]:
        yield from RSPAMD.findall(value)
    for name in ("x-spam-score", "x-rspamd-score", "x-ms-exchange-organization-scl"):
        for value in headers.get(name, ())[:1]:
            yield from NUMBER.findall(value)
    yield _forefront(headers, "SCL")


def _verdicts(headers: Headers) -> Iterator[str]:
    """Yield verdicts: the filters' own fields, the most telling first."""
    for value in headers.get("x-spam-status", ())[:1]:
        yield value.partition(",")[0]
    for value in headers.get("x-spamd-result", ())[:1]:
        yield value.partition("[")[0]
    for name in ("x-rspamd-action", "x-spam-flag", "x-spam", "x-gm-spam"):
        yield from headers.get(name, ())[:1]
    yield _forefront(headers, "CAT").replace("NONE", "")  # as SPOOF, PHSH, BULK
    yield _forefront(headers, "SFV")  # SPM: marked as spam, NSPM: not
    if to_junk := JUNKED.search(" ".join(headers.get(OUTLOOK, ())[:1])):
        yield to_junk[1]
    if "x-yahoofilteredbulk" in headers:
        yield "bulk"


def _forefront(headers: Headers, name: str) -> str:
    """Return a value of Microsoft's report: `CIP:192.0.2.1;SCL:5;SFV:SPM;…`.

    learn.microsoft.com, "Anti-spam message headers".
    """
    report = headers.get("x-forefront-antispam-report", [""])[0]
    found = re.search(rf"(?:^|;)\s*{name}:([^;]{{1,{MOST_CHARS}}})", report)
    return found[1] if found else ""


def _first_of(values: Iterator[str]) -> str:
    told = (value.strip()[:MOST_CHARS] for value in values)
    return next(filter(None, told), "")
