"""What a site's mailer, its form or a mail host has said outright, read as a cause.

The same words mean other things in other mouths: a mail host whose "quota is
exceeded" speaks of the mailbox, a mailer that says so of what it may send.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from watchdog.model import Cause, Experiment
from watchdog.rules.diagnosis.clues import Clues


class Speaker(StrEnum):
    """Who said it."""

    MAILER = "mailer"
    """What sends the site's mail, or the server that it sends by."""
    FORM = "form"
    """The site, in answer to the message."""
    HOST = "host"
    """A mail host on the way, in a bounce."""
    OWN_HOST = "own_host"
    """The mailbox's own host, in answer to us: of our trust it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """Words that say what they are about."""

    cause: Cause
    speaker: Speaker
    words: str
    is_outright: bool = True
    """Whether they leave no doubt of it."""

    @property
    def quoted(self) -> str:
        """The words as the end of a sentence; none that the symptom quotes already."""
        is_heard = self.speaker in {Speaker.FORM, Speaker.HOST}
        return "" if is_heard else f": “{self.words}”"


MOST_READ = 2_000
"""Signs of what was said: all that we quote is shorter, and a stranger may be long."""


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


LOGIN = _any(
    r"\b535\b",
    r"\b5\.7\.(?:8|139|30|57)\b",  # Microsoft: basic authentication is off
    r"could not authenticate",
    r"authentication (?:failed|failure|unsuccessful|required|is required)",
    r"invalid[ _](?:login|grant|credentials)",
    r"username and password not accepted",
    r"token (?:has been |has |is )?(?:expired|revoked|invalid)",
)
SMTP_LOGIN = _any(
    r"\b535[ -]5",
    r"could not authenticate",
    r"smtp\b.{0,60}authenticat",
    r"\b5\.7\.(?:8|139|30|57)\b",
    r"\b530\b.{0,20}authentication required",
)
"""In mouths that may speak of other logins, as a CAPTCHA's or a sender's by SPF."""
FULL = _any(
    r"\b[45]\.2\.2\b",
    r"\bover ?quota\b",
    r"mailbox (?:is |size )?(?:full|exceeded)",
    r"mailbox for \S+ is full",
    r"insufficient (?:system )?storage",
)
USED_UP = _any(
    r"(?<!size )(?:limit|quota|credits?) (?:has been |have been |was |is )?"
    r"(?:exceeded|reached|used up|exhausted)",
)
"""What a mailer says of its sending, and a mail host of the mailbox."""
LOOP = _any(r"\b5\.4\.[06]\b", r"too many hops", r"loops? back", r"forwarding loop")
LIMIT = _any(
    r"maximum credits exceeded",
    r"\b5\.4\.5\b",  # Gmail: "Daily user sending limit exceeded"
    r"(?:daily|hourly|monthly|sending|rate)"
    r"[ -](?:(?!size|mailbox)\w+[ -]){0,2}(?:limit|quota)\b",
    r"exceeded .{0,40}per (?:hour|day)",
    r"too many (?:messages|e-?mails)",
)
NOBODY = _any(
    r"\b5\.1\.(?:0|1|2|3|6|10)\b",
    r"\b5\.4\.1\b.{0,20}recipient address rejected",  # Microsoft: no such mailbox
    r"(?:user|recipient|mailbox|address) (?:is )?(?:unknown|not found|unavailable)",
    r"(?:unknown|no such|invalid) (?:user|recipient|mailbox|address)",
    r"(?:user|recipient|mailbox|address|account)\b.{0,80}"
    r"(?:does not|doesn't|do not) exist",
    r"\b5\.2\.1\b",
    r"(?:mailbox|account|recipient) (?:is |has been )?(?:disabled|inactive)",
    r"suppress(?:ed|ion)",
    r"address is not verified",  # Amazon SES in its sandbox
)
SENDER = _any(
    r"\bsender (?:address |domain )?(?:<?\S+@\S+ )?(?:is )?"
    r"(?:rejected|refused|denied|unknown|verif(?:y|ication))\b",
    r"\bverif\w+ failed for\b",  # Exim: of the sender, with its own host's words
)
"""What is said of whom the mail comes from, with "user unknown" like of others."""
FORGED = _any(r"\bdmarc\b", r"\b5\.7\.(?:26|509)\b")
TAKEN_FOR_SPAM = _any(
    r"(?:message|mail|content) .{0,40}\b(?:spam|junk)\b",
    r"\bspam (?:message|content|detected|score)",
)
NO_IP = r"(?<![\d.])"
"""Before a code, so that no IP address is read as one."""
UNTRUSTED = _any(
    rf"{NO_IP}[45]\.7\.(?:7|23|24|25|27|28|29|511|606)\b(?!\.\d)",
    r"spamhaus|spamcop|barracuda|\bdnsbl\b|\brbl\b",
    r"block ?list|black ?list|blocked using",
    r"\b(?:spf|dkim)\b(?!\s*[=:]\s*pass)|reverse dns|\bptr\b|reputation",
    r"\brdns\b|cannot find your (?:reverse )?hostname|sender policy framework",
    r"authentication (?:information|checks)|sender is not authenticated",
    r"unauthenticated|not authorized to send",
)
BY_POLICY = _any(rf"{NO_IP}[45]\.7\.1\b(?!\.\d)")
"""Not authorized, whatever that means there: most often, not trusted (RFC 3463)."""
NO_MAILER = _any(
    r"could not instantiate mail function",
    r"\bmail\(\) (?:function )?(?:has been |is )?disabled",
    r"sendmail.{0,40}(?:not found|no such file)",
)
NO_WAY_OUT = _any(
    r"smtp connect\(\) failed",
    r"(?:could not|failed to|unable to) connect to (?:smtp )?(?:host|server)",
    r"connection (?:timed out|refused)",
    r"network is unreachable",
)
STALE = _any(
    r"rest_cookie_invalid_nonce|cookie check failed",
    r"\bnonce\b",
    r"\b(?:csrf|security|form|session)[ _-]?(?:token|check|key|cookie)?\b.{0,40}"
    r"(?:expired|invalid|mismatch|failed|missing|incorrect)",
    r"(?:invalid|expired|missing|wrong)[ _-](?:csrf|security|form|session)?"
    r"[ _-]?token",
    r"page (?:has )?expired",
)
WALL = _any(
    r"mod_?security|wordfence|sucuri|imunify|cloudflare|incapsula|akamai",
    r"web application firewall|\bwaf\b",
)
NO_API = _any(r"rest_(?:disabled|login_required|not_logged_in|forbidden|no_route)")
FATAL = _any(
    r"critical error on (?:this|your) website",
    r"fatal error",
    r"uncaught \w*(?:error|exception)",
)

TABLES: Mapping[Speaker, Mapping[re.Pattern[str], Cause]] = {
    Speaker.MAILER: {
        FULL: Cause.MAILBOX,
        # SendGrid: "451 Authentication failed: Maximum credits exceeded".
        LIMIT: Cause.SENDING_LIMIT,
        USED_UP: Cause.SENDING_LIMIT,
        LOGIN: Cause.MAIL_LOGIN,
        SENDER: Cause.UNTRUSTED_SENDER,
        NOBODY: Cause.WRONG_RECIPIENT,
        FORGED: Cause.VISITOR_AS_SENDER,
        NO_MAILER: Cause.UNTRUSTED_SENDER,
        UNTRUSTED: Cause.UNTRUSTED_SENDER,
        BY_POLICY: Cause.UNTRUSTED_SENDER,
    },
    Speaker.FORM: {
        SMTP_LOGIN: Cause.MAIL_LOGIN,
        NO_MAILER: Cause.UNTRUSTED_SENDER,
        STALE: Cause.STALE_PAGE,
        NO_API: Cause.FIREWALL,
        WALL: Cause.FIREWALL,
        FATAL: Cause.BROKEN_HANDLER,
    },
    Speaker.HOST: {
        LIMIT: Cause.SENDING_LIMIT,
        FULL: Cause.MAILBOX,
        USED_UP: Cause.MAILBOX,
        LOOP: Cause.MAILBOX,
        FORGED: Cause.VISITOR_AS_SENDER,
        SENDER: Cause.UNTRUSTED_SENDER,
        NOBODY: Cause.WRONG_RECIPIENT,
        TAKEN_FOR_SPAM: Cause.SPAM_FOLDER,
        SMTP_LOGIN: Cause.MAIL_LOGIN,
        UNTRUSTED: Cause.UNTRUSTED_SENDER,
        BY_POLICY: Cause.UNTRUSTED_SENDER,
    },
    Speaker.OWN_HOST: {
        FULL: Cause.MAILBOX,
        USED_UP: Cause.MAILBOX,
        LOOP: Cause.MAILBOX,
        NOBODY: Cause.WRONG_RECIPIENT,
    },
}
"""By speaker; of several that fit, the first holds.

Codes: RFC 3463 and the IANA registry of enhanced status codes; support.google.com,
"SMTP error reference"; learn.microsoft.com, "Email non-delivery reports".
"""


def stated(clues: Clues, cause: Cause) -> Statement | None:
    """Return who said that it is this cause, if anybody did: outright, if anybody."""
    said = [one for one in _statements(clues) if one.cause is cause]
    return next((one for one in said if one.is_outright), next(iter(said), None))


def _statements(clues: Clues) -> Iterator[Statement]:
    for speaker, words in _spoken(clues):
        if speaker is Speaker.OWN_HOST and SENDER.search(words[:MOST_READ]):
            continue
        for pattern, cause in TABLES[speaker].items():
            if pattern.search(words[:MOST_READ]):
                yield Statement(
                    cause=cause,
                    speaker=speaker,
                    words=words,
                    # Whoever is to send for the site, and says no, is what is wrong.
                    is_outright=pattern is not BY_POLICY or speaker is Speaker.MAILER,
                )
                break


def _spoken(clues: Clues) -> Iterator[tuple[Speaker, str]]:
    yield Speaker.MAILER, clues.site.mail_error
    if clues.says("answer") in {"declined", "blocked", "unclear"}:
        yield Speaker.FORM, clues.says("answer_words")
    bounced = f"{clues.says('bounce_status')} {clues.says('bounce_words')}"
    yield Speaker.HOST, bounced.strip()
    yield Speaker.OWN_HOST, clues.asked.words
    if Experiment.DIRECT in clues.trials:
        yield Speaker.OWN_HOST, clues.trials[Experiment.DIRECT].words
