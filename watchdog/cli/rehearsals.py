"""What a form would get, as people and scripts want to read it; pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from probes.forms.form import Field, Filling, Meaning
from probes.forms.labels import clean
from probes.forms.rehearsal import Rehearsal
from probes.mail.smtp_path import Mail
from probes.seen import Seen
from watchdog.cli.verdicts import SIGNS
from watchdog.config import Check
from watchdog.model import Leg, Way
from watchdog.rehearse import Rehearsed
from watchdog.rules.glimpse import glimpse
from watchdog.stages.evidence import evidence_of

MOST_SHOWN = 60
"""Characters of a value on a terminal's line."""


def as_json(rehearsed: Rehearsed) -> Mapping[str, Any]:
    """Return one element of what `check --dry-run --json` prints."""
    rehearsal = rehearsed.rehearsal
    return {
        "check": rehearsed.check.name,
        "form": _form(rehearsal) if rehearsal else None,
        "mail": _mail(rehearsed.check, rehearsed.mail) if rehearsed.mail else None,
        "browser": _browser(rehearsed.seen) if rehearsed.seen else None,
        "problems": list(rehearsed.problems),
    }


def as_text(rehearsed: Rehearsed) -> str:
    """Return what would be sent, a field a line, and the problems."""
    sign = SIGNS[rehearsed.health]
    if rehearsed.mail is not None:
        told = _mail(rehearsed.check, rehearsed.mail)
        head = [
            f"{sign} {rehearsed.check.name}: nothing was sent",
            *(f"  {name}: {clean(said, MOST_SHOWN)}" for name, said in told.items()),
        ]
    elif rehearsed.rehearsal is None:
        lack = "there is no form to fill in"
        if rehearsed.check.way is Way.MAIL:
            lack = "the mail cannot be handed over"
        elif rehearsed.leg is Leg.WIDGET:
            lack = "its guard lets nobody through"
        head = [f"{sign} {rehearsed.check.name}: {lack}"]
    else:
        filling = rehearsed.rehearsal.filling
        form = filling.form
        head = [
            f"{sign} {rehearsed.check.name}: nothing was sent",
            f"  {form.method.upper()} {clean(form.action)}",
            *(f"  {line}" for line in _lines(filling)),
            *(f"  {line}" for line in _guards(rehearsed.rehearsal)),
        ]
    return "\n".join(
        [
            *head,
            *_glimpsed(rehearsed.seen),
            *(f"  Problem: {one}" for one in rehearsed.problems),
        ]
    )


def _guards(rehearsal: Rehearsal) -> Iterator[str]:
    """Tell what the settings overcome: one way or the other."""
    for guard in rehearsal.waived:
        yield f"Guard: {guard.words}, from which the site is to exempt us"
    if rehearsal.widget:
        yield f"Guard: {rehearsal.widget}, drawn without an error"


def _mail(check: Check, mail: Mail) -> Mapping[str, str]:
    host, port = check.address
    return {
        "server": f"{host}:{port}",
        "sender": mail.sender,
        "to": mail.to,
        "subject": mail.subject,
        "message": mail.text,
    }


def _form(rehearsal: Rehearsal) -> Mapping[str, Any]:
    filling = rehearsal.filling
    form = filling.form
    return {
        "url": rehearsal.page.url,
        "action": form.action,
        "method": form.method,
        "system": rehearsal.system.name if rehearsal.system else "form",
        "how": rehearsal.how,
        "fields": [
            {"name": name, "means": _meaning(filling, name), "value": value}
            for name, value in filling.entries
        ],
    }


def _browser(seen: Seen) -> Mapping[str, Any]:
    return {
        "why": seen.why,
        "console_errors": list(seen.console_errors),
        "failed_requests": list(seen.failed_requests),
    }


def _glimpsed(seen: Seen | None) -> Iterator[str]:
    if seen:
        yield f"  In a browser: {seen.why}"
        yield from (f"  {line}" for line in glimpse(evidence_of(seen)))


def _lines(filling: Filling) -> Iterator[str]:
    """Leave out what nobody sees on the page; scripts get it by `--json`."""
    for name, value in filling.entries:
        means = _meaning(filling, name)
        if means not in {Meaning.HIDDEN, Meaning.HONEYPOT, Meaning.SUBMIT}:
            short = clean(value, MOST_SHOWN)
            more = "…" if len(clean(value)) > len(short) else ""
            yield f"{clean(name)} ({means}): {short}{more}"


def _meaning(filling: Filling, name: str) -> Meaning:
    named: Mapping[str, Field] = {field.name: field for field in filling.form.fields}
    return named[name].means if name in named else Meaning.OTHER
