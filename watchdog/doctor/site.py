"""One site: its name, its certificate, and the forms on it."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from probes.dns import needs_no_dns
from probes.forms.forms import Forms
from watchdog.config import Check
from watchdog.doctor.connection import examine_certificate, examine_name
from watchdog.doctor.setup import OUR_NETWORK, Setup
from watchdog.model import Health, Leg
from watchdog.rehearse import Rehearsed, rehearse
from watchdog.rules.finding import Finding, doubtful, well

HTTPS = 443

MENDS: Mapping[tuple[Leg | None, Health], str] = {
    (Leg.SITE, Health.CRITICAL): "Correct `form.url`; if it is right, ask whoever "
    "hosts the site.",
    (Leg.SITE, Health.UNKNOWN): OUR_NETWORK,
    (Leg.PAGE, Health.CRITICAL): "Open the page in a browser; if it has moved, correct "
    "`form.url`.",
    (Leg.FORM, Health.CRITICAL): "Let `form.url` lead to the page that holds the form; "
    "where there are several, name yours by `form.form`.",
    (Leg.FORM, Health.UNKNOWN): "Exempt the test on the site, or watch another form; "
    "where a browser is missing, install one.",
}
"""By the leg on which a submission would end, and how bad that is."""


async def examine_site(setup: Setup, checks: Sequence[Check]) -> Sequence[Finding]:
    """Return how the site of `checks` is; what lies behind a failure is not tried."""
    name = await examine_name(setup, _host_of(checks[0]))
    findings = [name] if name else []
    if is_passable(findings):
        findings += await _examine_encryption(setup, checks[0])
    if is_passable(findings):
        async with Forms(setup.config.watchdog.browser) as forms:
            for check in checks:  # one at a time, so that no site is flooded
                rehearsed = await rehearse(
                    setup.config, check, now=setup.now, forms=forms
                )
                findings += _of_form(check, rehearsed)
    return findings


def site_of(check: Check) -> str:
    """Return the beginning of a form's address that all forms of a server share."""
    parts = urlsplit(check.form.url)
    return f"{parts.scheme}://{parts.netloc}"


def is_passable(findings: Sequence[Finding]) -> bool:
    """Return whether the way goes on: where it does not, the rest would only echo."""
    return all(f.health in {Health.OK, Health.WARNING} for f in findings)


def _host_of(check: Check) -> str:
    return urlsplit(check.form.url).hostname or ""


async def _examine_encryption(setup: Setup, check: Check) -> Sequence[Finding]:
    parts = urlsplit(check.form.url)
    host = _host_of(check)
    if parts.scheme == "https":
        port = parts.port or HTTPS
        return [await examine_certificate(setup, host, port, check.form.ca)]
    if needs_no_dns(host):
        return []
    return [
        doubtful(
            host,
            "The page is not encrypted: browsers warn visitors against its form.",
            "Give the site a certificate, and write https:// in `form.url`.",
        )
    ]


def _of_form(check: Check, rehearsed: Rehearsed) -> Iterator[Finding]:
    rehearsal = rehearsed.rehearsal
    if rehearsal is None:
        yield Finding(
            subject=check.name,
            health=rehearsed.health,
            sentence=" ".join(rehearsed.problems),
            mend=MENDS[rehearsed.leg, rehearsed.health],
        )
        return
    for guard in rehearsal.guards:
        yield Finding(
            subject=check.name,
            health=rehearsed.health,
            sentence=f"A guard stands in the way: {guard.words}.",
            mend=MENDS[Leg.FORM, Health.UNKNOWN],
        )
    for problem in rehearsal.filling.problems:
        yield Finding(
            subject=check.name,
            health=rehearsed.health,
            sentence=problem,
            mend="Say by `form.fields` what to write there, or mend the form.",
        )
    if not rehearsed.problems:
        action = rehearsal.filling.form.action
        yield well(check.name, f"The form is there and can be filled in ({action}).")
