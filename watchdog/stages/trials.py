"""Trials: submissions that differ from a check's own in one thing."""

import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from probes.forms.caching import past_caches
from probes.forms.forms import Forms
from probes.settings import FormSettings, SmtpPathSettings
from watchdog.config import Check, Config
from watchdog.ledger import Ledger
from watchdog.model import (
    CheckName,
    Experiment,
    Health,
    IncidentId,
    IncidentKind,
    Outcome,
    Trial,
    Verdict,
)
from watchdog.rules.diagnosis.clues import Tried
from watchdog.rules.diagnosis.contrast import CAME
from watchdog.stages.submit import Clock, submit

log = structlog.get_logger()

HOPELESS = timedelta(hours=1)
"""After its deadline, a trial without a verdict was never sent: we died on it."""

MONTH = timedelta(days=30)
"""How far apart two submissions of a check may be, and still frame a trial."""
MOST_OWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The trials of an incident so far."""

    experiments: Collection[Experiment]
    tried: Mapping[Experiment, Tried]
    """What became of those of the check that are over: another's tell nothing of it,
    since it may be well again while this one is not."""
    over: int
    """How many are over, of whichever check."""
    is_under_way: bool
    """Whether one is not over yet: the next one waits for it."""


async def made_for(
    ledger: Ledger, incident: IncidentId, check: Check, *, now: datetime
) -> Made:
    """Return the trials of an incident, as far as they tell of this check."""
    tried, over, is_under_way = {}, 0, False
    trials = await ledger.trials(incident)
    for trial in trials:
        verdicts = await ledger.verdicts(trial.name, limit=1)
        if verdicts:
            over += 1
            if trial.check == check.name:
                framed = await _is_framed(ledger, trial, verdicts[0], now=now)
                tried[trial.experiment] = _tried(verdicts[0], is_framed=framed)
        elif now < trial.claimed_at + check.deadline + HOPELESS:
            is_under_way = True
    return Made(
        experiments={trial.experiment for trial in trials},
        tried=tried,
        over=over,
        is_under_way=is_under_way,
    )


async def _is_framed(
    ledger: Ledger, trial: Trial, verdict: Verdict, *, now: datetime
) -> bool:
    """Tell whether the check's own failed just before the trial, and ever since.

    Where one came in between, the trouble comes and goes by itself.
    """
    its = await ledger.submission(verdict.marker)
    if its is None:
        return False
    own = await ledger.outcomes_of(
        trial.check, since=its.submitted_at - MONTH, until=now, limit=MOST_OWN
    )
    told = [(at, one in CAME) for at, one in own if one.health is not Health.UNKNOWN]
    before = [came for at, came in told if at <= its.submitted_at]
    after = [came for at, came in told if at > its.submitted_at]
    return before[:1] == [False] and bool(after) and not any(after)


def _tried(verdict: Verdict, *, is_framed: bool) -> Tried:
    is_refused = verdict.outcome in {Outcome.REFUSED, Outcome.BOUNCED}
    said = verdict.evidence.get("failure") or verdict.evidence.get("bounce_words")
    words = str(said) if is_refused and said else ""
    # Evidence of an arrival leaves out what is not so.
    named = bool(verdict.evidence.get("from_visitor"))
    return Tried(
        outcome=verdict.outcome,
        words=words,
        is_framed=is_framed,
        is_from_visitor=named if verdict.outcome in CAME else None,
    )


def possible(
    config: Config,
    check: Check,
    kind: IncidentKind,
    direct: SmtpPathSettings | None,
) -> Collection[Experiment]:
    """Return the trials that the owner allows and the configuration makes possible.

    None where nothing is known to be lost: then we ourselves are what is stopped.
    """
    is_loss = kind is IncidentKind.LOSS
    if check.form is None or not is_loss or not config.diagnoses(check):
        return frozenset()
    found = {Experiment.FRESH_PAGE}
    if direct:
        found.add(Experiment.DIRECT)
    if config.watchdog.other_visitor:
        found.add(Experiment.SENDER)
    if check.form.how == "auto":
        found.add(Experiment.BROWSER)
    if check.form.how != "http":
        found.add(Experiment.PLAIN)
    return found


def direct_to(host: str, recipient: str) -> SmtpPathSettings:
    """Return the way straight to a mail host, as other mail hosts take it.

    They speak to port 25 without a password, and for most hosts' certificates
    nobody vouches (RFC 7435); nothing secret is said.
    """
    return SmtpPathSettings(
        host=host, port=25, security="none", insecure_login=True, to=recipient
    )


def trial_of(
    incident: IncidentId, check: Check, experiment: Experiment, *, now: datetime
) -> Trial:
    """Return a trial under a name that no check can have: none has a tab in it."""
    name = f"{check.name}\t{experiment.value} {incident}"
    return Trial(
        incident=incident,
        experiment=experiment,
        check=check.name,
        name=CheckName(name),
        claimed_at=now,
    )


async def make(
    config: Config,
    check: Check,
    trial: Trial,
    direct: SmtpPathSettings | None,
    *,
    ledger: Ledger,
    clock: Clock,
    forms: Forms,
) -> None:
    """Claim the trial and send it; nothing if somebody has claimed it before."""
    if not await ledger.claim_trial(trial):
        return
    log.info("trial.claimed", check=trial.check, experiment=trial.experiment.value)
    ours, varied = _varied(config, check, trial, direct)
    await submit(ours, varied, ledger, beat=clock(), clock=clock, forms=forms)


def _varied(
    config: Config, check: Check, trial: Trial, direct: SmtpPathSettings | None
) -> tuple[Config, Check]:
    """Return configuration and check with the one difference."""
    alike = check.model_copy(update={"name": trial.name, "expect_reply": False})
    match trial.experiment:
        case Experiment.SENDER:
            visitor = {"visitor": config.watchdog.other_visitor}
            common = config.watchdog.model_copy(update=visitor)
            return config.model_copy(update={"watchdog": common}), alike
        case Experiment.DIRECT:
            past_form = {"form": None, "smtp": direct, "store": None}
            return config, alike.model_copy(update=past_form)
        case _:
            form = _other_form(check.form, trial.experiment)
            return config, alike.model_copy(update={"form": form})


def _other_form(
    form: FormSettings | None, experiment: Experiment
) -> FormSettings | None:
    if form is None:
        return None
    if experiment is Experiment.FRESH_PAGE:
        url = past_caches(form.url, secrets.token_hex(8))
        return form.model_copy(update={"url": url})
    how = "browser" if experiment is Experiment.BROWSER else "http"
    return form.model_copy(update={"how": how})
