"""One site, or mail server: its name, its certificate, and what it takes."""

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from probes.dns import needs_no_dns
from probes.forms.forms import Forms
from probes.settings import FormSettings, SmtpPathSettings
from probes.tls import Opening
from watchdog.config import Check
from watchdog.doctor.connection import examine_certificate, examine_name
from watchdog.doctor.setup import OUR_NETWORK, Setup
from watchdog.model import Health, Leg
from watchdog.rehearse import Rehearsed, rehearse
from watchdog.rules.finding import Finding, doubtful, well

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
    (Leg.WIDGET, Health.CRITICAL): "Enter this domain, and the right keys, with the "
    "guard's maker, and let its scripts in.",
    (Leg.SERVER, Health.CRITICAL): "Correct host, port, user, password and `to` under "
    "[check.smtp]; if they are right, ask whoever runs the server.",
    (Leg.SERVER, Health.UNKNOWN): "Try again later; if it lasts, ask whoever runs the "
    "server, and look after this machine's network and secrets.",
}
"""By the leg on which a submission would end, and how bad that is."""


async def examine_site(setup: Setup, checks: Sequence[Check]) -> Sequence[Finding]:
    """Return how the site of `checks` is; what lies behind a failure is not tried."""
    host, _ = checks[0].address
    name = await examine_name(setup, host)
    findings = [name] if name else []
    if is_passable(findings):
        findings += await _examine_encryption(setup, checks[0])
    if is_passable(findings):
        async with Forms(setup.config.watchdog.browser) as forms:
            for check in checks:  # one at a time, so that no site is flooded
                rehearsed = await rehearse(
                    setup.config, check, now=setup.now, forms=forms
                )
                findings += _of_rehearsed(check, rehearsed)
    return findings


def site_of(check: Check) -> str:
    """Return what all checks of one server are examined under."""
    match check.sends_by:
        case FormSettings(url=url):
            parts = urlsplit(url)
            return f"Site {parts.scheme}://{parts.netloc}"
        case SmtpPathSettings(address=(host, port)):
            return f"Mail server {host}:{port}"


def is_passable(findings: Sequence[Finding]) -> bool:
    """Return whether the way goes on: where it does not, the rest would only echo."""
    return all(f.health in {Health.OK, Health.WARNING} for f in findings)


async def _examine_encryption(setup: Setup, check: Check) -> Sequence[Finding]:
    host, port = check.address
    match check.sends_by:
        case FormSettings(url=url, ca=ca) if url.startswith("https:"):
            return [await examine_certificate(setup, host, port, ca)]
        case FormSettings() if not needs_no_dns(host):
            return [
                doubtful(
                    host,
                    "The page is not encrypted: browsers warn visitors against its"
                    " form.",
                    "Give the site a certificate, and write https:// in `form.url`.",
                )
            ]
        case SmtpPathSettings(security="tls", ca=ca):
            return [await examine_certificate(setup, host, port, ca)]
        case SmtpPathSettings(security="starttls", ca=ca):
            opening = Opening.SMTP
            return [await examine_certificate(setup, host, port, ca, opening=opening)]
        case _:
            return []


def _of_rehearsed(check: Check, rehearsed: Rehearsed) -> Iterator[Finding]:
    rehearsal = rehearsed.rehearsal
    if rehearsed.mail is not None:
        yield well(check.name, f"The server would take mail for {rehearsed.mail.to}.")
        return
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
        found = f"The form is there and can be filled in ({action})."
        if rehearsal.widget:
            found = f"{found} Its guard, {rehearsal.widget}, is drawn without an error."
        yield well(check.name, found)
