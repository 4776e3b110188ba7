"""From a letter's bytes to what it proves: probes read it, a rule decides."""

from collections.abc import Sequence
from dataclasses import dataclass

from probes.errors import Unintelligible
from probes.mail.bounce import BounceReport, is_from_mail_system, read_bounce
from probes.mail.header import Address, addresses
from probes.mail.mailbox import Letter
from probes.mail.message import Message, read_message
from probes.mail.sending import read_sending
from probes.mail.trace import read_trace
from watchdog.model import Evidence, Marker
from watchdog.rules import marker as markers
from watchdog.rules.sighting import Mail, Sighting, sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A marker in a letter, and what its being there proves."""

    marker: Marker
    kind: Sighting
    bounce: BounceReport | None
    """Only of a message that will not be tried again."""
    evidence: Evidence
    is_for_visitor: bool = False
    """Whether it is addressed to the visitor, be it to others as well."""


def sightings(letter: Letter, key: bytes) -> Sequence[Seen]:
    """Return what `letter` proves of our messages; most letters prove nothing."""
    try:
        message = read_message(letter.raw)
    except Unintelligible:
        # Not even the header of ours could look so; nor does it hide one.
        return []
    bounce = read_bounce(message)
    found = sight(_mail(message, bounce), key)
    if not found:
        return []
    is_final = bounce is not None and bounce.action == "failed"
    evidence = _evidence(message, key)
    visitors = markers.find(key, _lines(_recipients(message)))
    return [
        Seen(
            marker=marker,
            kind=kind,
            bounce=bounce if is_final and kind is Sighting.BOUNCE else None,
            evidence=evidence,
            is_for_visitor=kind is Sighting.COPY or marker in visitors,
        )
        for marker, kind in found
    ]


def _recipients(message: Message) -> Sequence[Address]:
    return [*message.to, *addresses(message.headers.get("cc", ()))]


def _mail(message: Message, bounce: BounceReport | None) -> Mail:
    returned = bounce.returned if bounce else None
    senders = [*returned.from_, *returned.reply_to] if returned else []
    brought_back = f"{returned.text}\n{_lines(senders)}" if returned else ""
    return Mail(
        own=f"{message.subject}\n{message.text}",
        quoted=f"{message.quoted}\n{brought_back}",
        from_=_lines(message.from_),
        reply_to=_lines(message.reply_to),
        to=[each.address for each in message.to],
        delivered_to=_lines(message.delivered_to),
        is_answer=message.is_answer or is_from_mail_system(message),
        is_bounce=bounce is not None,
    )


def _lines(addresses: Sequence[Address]) -> str:
    return "\n".join(each.address for each in addresses)


def _evidence(message: Message, key: bytes) -> Evidence:
    """Keep what shows, when all still goes well, that something grows worse.

    And who sent it, and to whom, but for visitors: by that other messages of the form
    are known.
    """
    trace, sending = read_trace(message), read_sending(message)
    senders = [one.address for one in message.from_]
    recipients = [one.address for one in message.to]
    slowest = trace.slowest
    facts: dict[str, str | float | bool] = {
        "from": next((one for one in senders if not markers.find(key, one)), ""),
        "to": next((one for one in recipients if not markers.find(key, one)), ""),
        "from_visitor": any(markers.find(key, one) for one in senders),
        **trace.authentication,
        "spam_score": trace.spam_score,
        "spam_verdict": trace.spam_verdict,
        "slowest_hop": slowest.by if slowest else "",
        "slowest_seconds": slowest.delay or 0 if slowest else 0,
        "sent_by": sending.by,
        "sender_ip": sending.ip,
        "sender_domain": sending.domain,
        "mailer": sending.mailer,
        "by_script": sending.is_by_script,
        "dkim_key": sending.dkim_key,
        "message_id": message.message_id,
    }
    return {name: value for name, value in facts.items() if value}
