"""What may end a submission before the message left us, more finely than in `probes`.

Each tells on which leg the message stopped: nothing was sent.
"""

from probes.errors import Refused, Unintelligible


class PageGone(Refused):
    """The contact page answered, but with no page (4xx, 5xx, redirects in circles)."""


class Guarded(Refused):
    """A CAPTCHA or firewall stands in the way, and we do not evade it."""


class NoForm(Unintelligible):
    """The page is there, but no contact form is found on it."""


class NotFillable(Unintelligible):
    """The form is there, but cannot be filled in or sent as a visitor would."""


class OnlyInBrowser(NotFillable):
    """The form is there, but what its scripts do cannot be done over HTTP."""


class Unequipped(Refused):
    """What the form needs is not on this machine: that says nothing of the site."""
