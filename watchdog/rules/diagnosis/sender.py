"""Causes in who sends the site's mail, and in whose name."""

from watchdog.model import Cause, Experiment, Outcome, Sureness
from watchdog.rules.diagnosis.candidate import Candidate, Said, likely, proven
from watchdog.rules.diagnosis.clues import Clues
from watchdog.rules.diagnosis.contrast import LOST, came
from watchdog.rules.diagnosis.statements import (
    NO_MAILER,
    NO_WAY_OUT,
    Speaker,
    Statement,
    stated,
)

UNWELCOME = LOST | {Outcome.JUNKED}
STRICT = frozenset({"quarantine", "reject"})
DOUBTED = frozenset({"fail", "softfail", "none", "permerror"})


def visitor_as_sender(clues: Clues) -> Candidate | None:
    """Return whether mail is lost for being sent in its visitors' names."""
    if clues.outcome not in UNWELCOME:
        return None
    sureness = came(clues, Experiment.SENDER)
    if sureness and clues.names.visitor_policy != "none" and not _is_in_own_name(clues):
        said = Said(
            "The same form delivers what a visitor from another domain writes: the"
            " website sends its mail in the visitor's name, and the visitor's domain"
            " forbids that (DMARC)."
        )
        found = proven if sureness is Sureness.PROVEN else likely
        return found(
            Cause.VISITOR_AS_SENDER,
            said,
            experiment="sender",
            visitor_domain=clues.visitor_domain,
        )
    statement = stated(clues, Cause.VISITOR_AS_SENDER)
    if statement:
        return _forbidden(clues, statement)
    if _sends_as_visitor(clues) and _is_forged(clues):
        said = Said(
            "The website sends its mail in the visitor's name, and the mail host found"
            " that the visitor's domain does not allow that (DMARC)."
        )
        found = proven if clues.says("dmarc") == "fail" else likely
        policy = clues.names.visitor_policy
        return found(Cause.VISITOR_AS_SENDER, said, visitor_policy=policy)
    return None


def _is_in_own_name(clues: Clues) -> bool:
    """Tell whether what came by another visitor bears no visitor's name in From."""
    return clues.trials[Experiment.SENDER].is_from_visitor is False


def _forbidden(clues: Clues, statement: Statement) -> Candidate | None:
    """Read a refusal for DMARC, if it is the visitor's domain that is meant."""
    if clues.names.visitor_policy == "none":
        return None
    named = clues.visitor_domain and clues.visitor_domain in statement.words.lower()
    is_certain = named or clues.names.visitor_policy in STRICT
    said = Said(
        "The mail host refused the mail because it was sent in the visitor's name,"
        " which the visitor's domain forbids (DMARC){quoted}.",
        quoted=statement.quoted,
    )
    found = proven if is_certain else likely
    return found(Cause.VISITOR_AS_SENDER, said, words=statement.words)


def _sends_as_visitor(clues: Clues) -> bool:
    before = clues.before or {}
    return bool(clues.evidence.get("from_visitor") or before.get("from_visitor"))


def _is_forged(clues: Clues) -> bool:
    told = clues.says("dmarc")
    return told == "fail" if told else clues.names.visitor_policy in STRICT


def untrusted_sender(clues: Clues) -> Candidate | None:
    """Return whether mail hosts have no reason to trust who sends the site's mail."""
    if clues.outcome not in UNWELCOME | {Outcome.REFUSED}:
        return None
    statement = stated(clues, Cause.UNTRUSTED_SENDER) or _forged_otherwise(clues)
    if statement:
        return _refused(statement)
    if NO_WAY_OUT.search(clues.site.mail_error):
        said = Said(
            "The website cannot reach the server that it sends its mail by: “{words}”."
            " Many web hosts close the ports for mail.",
            words=clues.site.mail_error,
        )
        return likely(Cause.UNTRUSTED_SENDER, said, words=clues.site.mail_error)
    if clues.outcome in UNWELCOME and clues.names.listed_in:
        lists = ", ".join(clues.names.listed_in)
        said = Said(
            "The server that sends the website's mail ({address}) stands on lists by"
            " which mail hosts refuse or sort out mail: {lists}.",
            address=clues.names.sender_address,
            lists=lists,
        )
        return likely(Cause.UNTRUSTED_SENDER, said, listed_in=lists)
    if clues.outcome in UNWELCOME and _is_doubted(clues):
        said = Said(
            "The website's mail proves by nothing who sends it (SPF: {spf}, DKIM:"
            " {dkim}): mail hosts have no reason to trust it.",
            spf=clues.says("spf") or "fail",
            dkim=clues.says("dkim") or "?",
        )
        return likely(Cause.UNTRUSTED_SENDER, said)
    return None


def _forged_otherwise(clues: Clues) -> Statement | None:
    """Return a refusal for DMARC where the visitor's domain forbids nothing."""
    statement = stated(clues, Cause.VISITOR_AS_SENDER)
    is_meant = clues.names.visitor_policy == "none"
    return statement if is_meant else None


def _refused(statement: Statement) -> Candidate:
    if statement.speaker is Speaker.HOST and not statement.is_outright:
        said = Said(
            "The mail host refused the mail by its own rules: most often that is"
            " because it does not trust the server or domain that sent it{quoted}.",
            quoted=statement.quoted,
        )
    elif statement.speaker is Speaker.HOST:
        said = Said(
            "The mail host refused the mail because it does not trust the server or"
            " domain that sent it{quoted}.",
            quoted=statement.quoted,
        )
    elif NO_MAILER.search(statement.words):
        said = Said(
            "The web host cannot send mail by itself any more{quoted}.",
            quoted=statement.quoted,
        )
    else:
        said = Said(
            "The server that should send the website's mail does not take it{quoted}.",
            quoted=statement.quoted,
        )
    found = proven if statement.is_outright else likely
    return found(Cause.UNTRUSTED_SENDER, said, words=statement.words)


def _is_doubted(clues: Clues) -> bool:
    """Tell whether nothing vouches for the mail; what is gone is another cause.

    Mail that came without SPF for long is not lost for the want of it.
    """
    if clues.names.gone or _sends_as_visitor(clues):
        return False
    if clues.outcome is Outcome.JUNKED:
        return clues.says("spf") in DOUBTED and clues.says("dkim") != "pass"
    was_allowed = (clues.before or {}).get("spf") == "pass"
    return was_allowed and clues.names.is_sender_in_spf is False


def is_to_blame(clues: Clues) -> bool:
    """Tell whether who sends it is reason enough for the spam folder."""
    return bool(visitor_as_sender(clues) or untrusted_sender(clues))
