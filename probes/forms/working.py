"""Whether a CAPTCHA works, as far as can be seen without answering it.

Its script must be let in, must draw, and must not complain.  What only people see
beyond that (a puzzle, a doubt whether we are one) says nothing against it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from probes.errors import ProbeError
from probes.forms.errors import Guarded, Unequipped, WidgetBroken
from probes.forms.labels import clean

MOST_WORDS = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """By what one kind of CAPTCHA is known at work."""

    addresses: re.Pattern[str]
    """Of what belongs to it."""
    frame: re.Pattern[str] | None
    """Of the frame that it draws; None where it draws into the page itself."""
    complaints: re.Pattern[str]


KINDS: Mapping[str, Marks] = {
    "recaptcha": Marks(
        addresses=re.compile(r"//[\w.]*(?:google|recaptcha|gstatic)\.\w+/recaptcha/"),
        frame=re.compile(r"/recaptcha/(?:api2|enterprise)/anchor"),
        complaints=re.compile(
            r"error-message: (?!Cannot contact).+|ERROR for site owner.+"
            r"|Invalid site key or not loaded in api\.js"
        ),
    ),
    "hcaptcha": Marks(
        addresses=re.compile(r"//(?:[\w-]+\.)*hcaptcha\.com/"),
        frame=re.compile(r"hcaptcha\.com/captcha/"),
        complaints=re.compile(
            r"sitekey for this hCaptcha is [^.]+|ERROR for site owner.+"
            r"|(?:invalid|missing)-sitekey"
        ),
    ),
    "turnstile": Marks(
        addresses=re.compile(r"//challenges\.cloudflare\.com/"),
        frame=re.compile(r"//challenges\.cloudflare\.com/.*challenge-platform/"),
        complaints=re.compile(
            r"(?<=Turnstile\] )Error: (?:110[12]\d\d|400020|400070)"
            r"|Invalid (?:domain|sitekey)\b[^.]*"
        ),
    ),
    "friendly-captcha": Marks(
        addresses=re.compile(r"frcapi\.com/|friendlycaptcha|friendly-challenge"),
        frame=None,
        complaints=re.compile(r"sitekey[_ ](?:is )?(?:invalid|missing)|state: error"),
    ),
    "altcha": Marks(
        addresses=re.compile(r"altcha", re.IGNORECASE),
        frame=None,
        complaints=re.compile(r"Secure context \(HTTPS\) required|state: error"),
    ),
    "mcaptcha": Marks(
        addresses=re.compile(r"mcaptcha|/widget/?\?sitekey=", re.IGNORECASE),
        frame=re.compile(r"/widget/?\?sitekey="),
        complaints=re.compile(r"Provide either widget link or site key.*"),
    ),
}
"""What their makers document of their scripts and errors, or sites were seen to show.

https://developers.cloudflare.com/turnstile/troubleshooting/client-side-errors/error-codes/
https://github.com/cloudflare/cloudflare-docs/issues/28389 (400020: no such key)
https://docs.hcaptcha.com/configuration
https://developer.friendlycaptcha.com/docs/v2/sdk/
https://altcha.org/docs/v2/troubleshooting
"""

MEANINGS: Mapping[str, str] = {
    "110100": "its site key is not valid",
    "110110": "its site key is not known",
    "110200": "it is not meant for this domain",
    "400020": "its site key is not valid",
    "400070": "its site key is switched off",
}
"""Of Turnstile's errors.  Those from 300000 and 600000 on are about the visitor."""

REASONS: Mapping[str, str] = {
    "csp": "the site's own policy keeps it out",
    "net::ERR_BLOCKED_BY_ORB": "what came is no script",
}
OURS = re.compile(
    r"NAME_NOT_RESOLVED|CONNECTION|TIMED_OUT|ADDRESS|INTERNET|NETWORK|PROXY|EMPTY"
    r"|HTTP (?:401|403|429)"
)
"""May be said to nobody but us: our network is down, or we are taken for a robot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What was seen of one CAPTCHA so far."""

    kind: str
    frames: Sequence[str]
    """The addresses of the page's frames."""
    is_filled: bool
    """Whether anything is drawn in its place in the form."""
    is_waiting: bool
    """Whether it draws nothing before somebody sends the form."""
    told: Sequence[str]
    """The words in its frames and its place, and those of the page's console."""
    asked: Sequence[str]
    """The addresses of what the page has asked for."""
    failed: Mapping[str, str]
    """Those that were not had, and why."""


def is_drawn(sight: Sight) -> bool:
    """Tell whether a visitor sees it, or it waits for him as it is meant to."""
    if sight.is_waiting and _is_loaded(sight):
        return True
    frame = KINDS[sight.kind].frame
    if frame is None:
        return sight.is_filled
    return any(frame.search(url) and url not in sight.failed for url in sight.frames)


def _is_loaded(sight: Sight) -> bool:
    """Tell whether all that it has asked for has come."""
    addresses = KINDS[sight.kind].addresses
    mine = [url for url in sight.asked if addresses.search(url)]
    return bool(mine) and not any(url in sight.failed for url in mine)


def complaint(sight: Sight) -> str:
    """Return what it says of an error that is its site's, or nothing."""
    for words in sight.told:
        if found := KINDS[sight.kind].complaints.search(words):
            code = re.search(r"\d{6}", found[0])
            meaning = MEANINGS.get(code[0], "") if code else ""
            said = clean(found[0].removeprefix("error-message: "), MOST_WORDS)
            return f"it says “{said}”" + (f": {meaning}" if meaning else "")
    return ""


def broken(words: str, why: str) -> WidgetBroken:
    """Return what to say of a CAPTCHA, called `words`, that lets nobody through."""
    return WidgetBroken(
        f"The form's guard, {words}, does not work: {why}. Visitors cannot send the"
        " form."
    )


def not_drawn(sight: Sight, words: str) -> ProbeError:
    """Return what to say of one that has not drawn itself after all patience."""
    marks = KINDS[sight.kind]
    mine = [url for url in sight.failed if marks.addresses.search(url)]
    for url in mine:
        if not OURS.search(why := sight.failed[url]):
            reason = REASONS.get(why, clean(why, 60))
            return broken(words, f"{_place(url)} was not loaded ({reason})")
    for url in mine:
        return Unequipped(
            f"The form's guard, {words}, cannot be reached from this machine:"
            f" {_place(url)} does not answer it. That says nothing of the site."
        )
    if any(marks.addresses.search(url) for url in sight.asked):
        return broken(words, "it was loaded, and draws nothing")
    return Guarded(
        f"The form's guard, {words}, was not loaded at all: it may wait for a consent"
        " to cookies, which we refuse, or for more than a look at the form. Nothing was"
        " sent."
    )


def _place(url: str) -> str:
    parts = urlsplit(url)
    return clean(f"{parts.hostname}{parts.path}", MOST_WORDS)
