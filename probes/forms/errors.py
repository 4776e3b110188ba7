"""What may end a submission before the message left us, more finely than in `probes`.

Each tells on which leg the message stopped: nothing was sent.
"""

from probes.errors import Refused, Unintelligible


class PageGone(Refused):
    """The contact page answered, but with no page (4xx, 5xx, redirects in circles)."""


class Guarded(Refused):
    """A CAPTCHA or firewall stands in the way, and we do not evade it."""


class UpToWidget(Guarded):
    """The form and its CAPTCHA work as far as is seen, and more was not asked for."""


class WidgetBroken(Refused):
    """The form's CAPTCHA does not work, so that no visitor gets past it."""


class NoForm(Unintelligible):
    """The page is there, but no contact form is found on it."""


class NotFillable(Unintelligible):
    """The form is there, but cannot be filled in or sent as a visitor would."""


class OnlyInBrowser(NotFillable):
    """The form is there, but what its scripts do cannot be done over HTTP."""


class NoWidget(NotFillable):
    """The form has no CAPTCHA, though the configuration says so."""


class Unequipped(Refused):
    """What the form needs is not on this machine: that says nothing of the site."""
