"""Signs that messages may soon be lost, while all of them still arrive.

A sign that is known already holds on for a while beyond the threshold at which a
new one begins, so that none comes and goes.  Each is told once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watchdog.model import (
    ChannelName,
    CheckName,
    Evidence,
    Health,
    Incident,
    IncidentKind,
    Outcome,
    Reason,
)
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.finding import SOON
from watchdog.rules.incident import Change

LAST_PART = 4
"""Of a short-lived certificate's time, the part that should see it renewed."""

DOMAIN_SOON = timedelta(days=30)
"""Registrars remind about then; after the end, anybody may take the domain."""

NEARLY_FULL = 0.90
ROOMY = 0.85
"""Part of a mailbox's room that is taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What shows, by a key that stays the same as long as it does, and what to do."""

    key: str
    checks: frozenset[CheckName]
    words: str
    advice: str


def advance(
    signs: Iterable[Sign], incidents: Sequence[Incident], *, now: datetime
) -> Sequence[Change]:
    """Return the warnings that begin, grow and end by what is seen now.

    `signs` are all that there are: what is not among them is over.
    """
    seen = {sign.key: sign for sign in merged(signs)}
    known = {one.shared: one for one in incidents if one.kind is IncidentKind.WARNING}
    changes = [
        Change(incident=_opened(sign, now), reason=Reason.WARNING)
        for key, sign in seen.items()
        if key not in known
    ]
    for key, incident in known.items():
        if key not in seen:
            over = replace(incident, resolved_at=now)
            changes.append(Change(incident=over, reason=Reason.RESOLVED))
        elif seen[key].checks - incident.checks:
            grown = replace(incident, checks=incident.checks | seen[key].checks)
            changes.append(Change(incident=grown, reason=Reason.WARNING))
    return changes


def merged(signs: Iterable[Sign]) -> Sequence[Sign]:
    """Return one sign for each key, with the checks of all that have it."""
    by_key: dict[str, list[Sign]] = defaultdict(list)
    for sign in signs:
        by_key[sign.key].append(sign)
    return [
        replace(found[0], checks=frozenset().union(*(one.checks for one in found)))
        for found in by_key.values()
    ]


def of_evidence(
    name: str,
    checks: Collection[CheckName],
    evidence: Evidence,
    *,
    known: Collection[str],
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Sequence[Sign]:
    """Return the sign, if there is one, in what was measured of `name`.

    `known` are the keys of the warnings that are open.
    """
    match evidence:
        case {"not_before": str(begin), "not_after": str(end)}:
            return of_certificate(
                name,
                checks,
                not_before=datetime.fromisoformat(begin),
                not_after=datetime.fromisoformat(end),
                now=now,
                texts=texts,
            )
        case {"domain": str(domain), "expires_at": str(end)}:
            expires_at = datetime.fromisoformat(end)
            return of_domain(
                domain, checks, expires_at=expires_at, now=now, texts=texts
            )
        case {"used": int(used), "limit": int(limit)}:
            is_open = f"quota:{name}" in known
            return of_quota(
                name, checks, used=used, limit=limit, is_open=is_open, texts=texts
            )
    return []


def of_certificate(
    host: str,
    checks: Collection[CheckName],
    *,
    not_before: datetime,
    not_after: datetime,
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Sequence[Sign]:
    """Return a sign if a certificate should have been renewed by now.

    Those that live for days are renewed within days: for them it is the last part
    of their time that counts.
    """
    soon = min(SOON, (not_after - not_before) / LAST_PART)
    if not_after - now >= soon:
        return []
    return [
        Sign(
            key=f"certificate:{host}",
            checks=frozenset(checks),
            words=texts.say(
                "The certificate of {host} {ends}.",
                host=host,
                ends=_ends(not_after, now, texts),
            ),
            advice=texts.say(
                "Renew it now, and find out why it was not renewed by itself:"
                " without it, browsers turn visitors away and mail programs stop."
            ),
        )
    ]


def of_domain(
    domain: str,
    checks: Collection[CheckName],
    *,
    expires_at: datetime,
    now: datetime,
    texts: Catalogue = ENGLISH,
) -> Sequence[Sign]:
    """Return a sign if a domain is to be paid for again soon."""
    if expires_at - now >= DOMAIN_SOON:
        return []
    return [
        Sign(
            key=f"domain:{domain}",
            checks=frozenset(checks),
            words=texts.say(
                "The registration of {domain} {ends}.",
                domain=domain,
                ends=_ends(expires_at, now, texts),
            ),
            advice=texts.say(
                "Renew it at your registrar, and see that the card or account it is"
                " paid from is valid: without it, neither the website nor mail works."
            ),
        )
    ]


def of_quota(
    mailbox: str,
    checks: Collection[CheckName],
    *,
    used: int,
    limit: int,
    is_open: bool,
    texts: Catalogue = ENGLISH,
) -> Sequence[Sign]:
    """Return a sign if a mailbox is nearly full."""
    taken = used / limit
    if taken <= NEARLY_FULL and not (is_open and taken >= ROOMY):
        return []
    return [
        Sign(
            key=f"quota:{mailbox}",
            checks=frozenset(checks),
            words=texts.say(
                "The mailbox {mailbox} is {percent} % full.",
                mailbox=mailbox,
                percent=int(taken * 100),
            ),
            advice=texts.say(
                "Delete or archive old mail, or have the mailbox enlarged: when it is"
                " full, new messages are returned to whoever wrote them."
            ),
        )
    ]


def of_drill(
    channel: ChannelName,
    checks: Collection[CheckName],
    words: str,
    *,
    texts: Catalogue = ENGLISH,
) -> Sign:
    """Return the sign that alarms may not come by a channel; `words` say why."""
    return Sign(
        key=f"drill:{channel}",
        checks=frozenset(checks),
        words=texts.say(
            "The last drill of the channel “{channel}” did not succeed: {words}",
            channel=channel,
            words=words,
        ),
        advice=texts.say(
            "Mend that channel, and prove it by “{command}”: until then, alarms may not"
            " reach you by it.",
            command="contact-watchdog drill",
        ),
    )


def _ends(moment: datetime, now: datetime, texts: Catalogue) -> str:
    days, day = (moment - now).days, texts.on(moment)
    if days < 0:
        return texts.say("ended on {day}", day=day)
    if days == 0:
        return texts.say("ends on {day}, in less than a day", day=day)
    if days == 1:
        return texts.say("ends on {day}, in 1 day", day=day)
    return texts.say("ends on {day}, in {days} days", day=day, days=days)


def _opened(sign: Sign, now: datetime) -> Incident:
    return Incident(
        kind=IncidentKind.WARNING,
        shared=sign.key,
        checks=sign.checks,
        outcome=Outcome.DELIVERED,
        health=Health.WARNING,
        opened_at=now,
        window_from=None,
        words=sign.words,
        advice=sign.advice,
    )
