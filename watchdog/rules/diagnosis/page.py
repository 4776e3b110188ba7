"""Causes in the page and its form, before the site has taken the message."""

from watchdog.model import Cause, Experiment, Outcome, Sureness
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, STOPPED, came
from watchdog.rules.diagnosis.statements import NO_API, stated

WALLS = frozenset({403, 406, 429, 503})
"""HTTP statuses with which firewalls answer in a site's place."""


def stale_page(clues: Clues) -> Candidate | None:
    """Return whether a cache serves the page with a token that has run out."""
    if clues.outcome not in STOPPED:
        return None
    if sureness := came(clues, Experiment.FRESH_PAGE):
        said = Said(
            "The form works when its page is fetched past the cache, and not as"
            " visitors get it: the cache serves it with a token that has run out."
        )
        found = proven if sureness is Sureness.PROVEN else likely
        return found(Cause.STALE_PAGE, said, experiment="fresh_page")
    is_stale = clues.page.is_token_stale
    if statement := stated(clues, Cause.STALE_PAGE):
        said = Said(
            "The form refused the token that its own page carries{quoted}.",
            quoted=statement.quoted,
        )
        found = proven if is_stale else likely
        return found(Cause.STALE_PAGE, said, cached=clues.page.cached)
    if is_stale:
        said = Said(
            "A cache serves the page with an older token than the website gives out"
            " now, and the form refuses the message. {cached}",
            cached=clues.page.cached,
        )
        return likely(Cause.STALE_PAGE, said, cached=clues.page.cached)
    return None


def broken_script(clues: Clues) -> Candidate | None:
    """Return whether the page's own script fails, so that nothing is sent."""
    if clues.outcome not in STOPPED | LOST or not clues.evidence.get("browser"):
        return None
    errors = [*clues.lists("console_errors"), *clues.lists("failed_requests")]
    words = errors[0] if errors else ""
    if sureness := came(clues, Experiment.PLAIN):
        said = Said(
            "The form works without its script, and not with it: the page's own script"
            " fails. {words}",
            words=words,
        )
        found = proven if sureness is Sureness.PROVEN else likely
        return found(Cause.BROKEN_SCRIPT, said, words=words)
    # Where the form said no, or broke down over what it got, its script has sent and
    # heard: other scripts failed.
    is_heard = clues.says("answer") in {"accepted", "declined", "blocked"}
    if errors and not is_heard and not clues.is_server_error:
        said = Said(
            "The page's own script fails in the browser: “{words}”",
            words=words,
        )
        return likely(Cause.BROKEN_SCRIPT, said, words=words)
    return None


def firewall(clues: Clues) -> Candidate | None:
    """Return whether a firewall, or a rule of the host, turns the message away."""
    if clues.outcome not in STOPPED | {Outcome.UNREACHABLE}:
        return None
    if clues.page.challenge:
        said = Said(
            "A firewall answers in the website's place: {words}",
            words=clues.page.challenge,
        )
        return proven(Cause.FIREWALL, said, words=clues.page.challenge)
    if statement := stated(clues, Cause.FIREWALL):
        said = Said(
            "A firewall, or a rule of the web host, turned the message away{quoted}.",
            quoted=statement.quoted,
        )
        # A firewall's name may also stand on a page that says that the site is down.
        is_sure = clues.status in WALLS or NO_API.search(statement.words)
        found = proven if is_sure else likely
        return found(Cause.FIREWALL, said, words=statement.words)
    if stale_page(clues):
        return None
    if sureness := came(clues, Experiment.BROWSER):
        said = Said("What a browser sends is taken, and what a program sends is not.")
        is_wall = sureness is Sureness.PROVEN and clues.status in WALLS
        found = proven if is_wall else likely
        return found(Cause.FIREWALL, said, experiment="browser")
    if clues.status in WALLS:
        said = Said(
            "The web host answered HTTP {status}, as firewalls do, and not the form.",
            status=str(clues.status),
        )
        return likely(Cause.FIREWALL, said)
    return None


def spam_guard(clues: Clues) -> Candidate | None:
    """Return whether the form's own guard takes messages of people for spam."""
    if clues.site.is_spam:
        said = Said("The website took the message, and keeps it among its spam.")
        return proven(Cause.SPAM_GUARD, said)
    if clues.outcome not in STOPPED:
        return None
    if clues.page.guard_fault:
        said = Said(
            "The form's own guard does not work: “{words}”",
            words=clues.page.guard_fault,
        )
        return proven(Cause.SPAM_GUARD, said, words=clues.page.guard_fault)
    if clues.says("answer") == "blocked" and not firewall(clues):
        said = Said(
            "The form's own guard took the message for spam: “{words}”",
            words=clues.says("answer_words"),
        )
        return likely(Cause.SPAM_GUARD, said)
    return None
