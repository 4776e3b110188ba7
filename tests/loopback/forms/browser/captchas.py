"""What CAPTCHAs let a browser see of them: imitations, written by us.

The makers' own cannot be reached from a test.  Each does what the original was
documented or seen to do where a site's owner can tell: which script is asked for from
which host, which frame it draws, and how it complains.
"""

from dataclasses import dataclass, field

from tests.loopback.forms.website import Act, answer

KEY = {
    "recaptcha": "6LeIxAcTAAAAAJcZVRqyHh71UMIEGNQ_MXjiZKhI",
    "hcaptcha": "10000000-ffff-ffff-ffff-000000000001",
    "turnstile": "1x00000000000000000000AA",
    "friendly-captcha": "FCMGEMUD2KTDSQ5H",
}
DRAWS = """
for (const place of document.querySelectorAll("[data-sitekey]")) {{
  const frame = document.createElement("iframe");
  frame.src = "{frame}"; frame.width = 304; frame.height = 78;
  {into}.append(frame);
}}
"""
"""A script that puts a frame of its own host into each place."""

FIELDS = """<label>Name <input name=name></label>
<label>Email <input type=email name=email></label>
<label>Message <textarea name=message></textarea></label>"""


@dataclass(frozen=True, eq=False)
class Captcha:
    """One kind: what the page holds of it, and what its host says at which path."""

    name: str
    words: str
    widget: str
    script: str
    says: dict[str, bytes | Act] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """A contact form that it guards."""
        return (
            f"<!doctype html><title>Contact</title><h1>Contact us</h1>"
            f"<form method=post action=/send>{FIELDS}{self.widget}"
            f"<button disabled>Send</button></form>{self.script}"
        )


def script(code: str) -> bytes:
    return answer(code, kind="text/javascript")


def _framed(name: str, words: str, loader: str, frame: str, into: str) -> Captcha:
    """Return one that draws a frame."""
    style = {"recaptcha": "g-recaptcha", "hcaptcha": "h-captcha"}
    place = style.get(name, "cf-turnstile")
    return Captcha(
        name=name,
        words=words,
        widget=f'<div class="{place}" data-sitekey="{KEY[name]}"></div>',
        script=f'<script src="{loader}" async defer></script>',
        says={
            path_of(loader): script(DRAWS.format(frame=frame, into=into)),
            path_of(frame): answer("<p>I am not a robot</p>"),
        },
    )


def path_of(url: str) -> str:
    return f"/{url.partition('//')[2].partition('/')[2].partition('?')[0]}"


RECAPTCHA = _framed(
    "recaptcha",
    "reCAPTCHA",
    "https://www.google.com/recaptcha/api.js",
    "https://www.google.com/recaptcha/api2/anchor?k=1",
    "place",
)
HCAPTCHA = _framed(
    "hcaptcha",
    "hCaptcha",
    "https://js.hcaptcha.com/1/api.js",
    "https://newassets.hcaptcha.com/captcha/v1/7/static/hcaptcha.html",
    "place",
)
TURNSTILE = _framed(
    "turnstile",
    "Cloudflare Turnstile",
    "https://challenges.cloudflare.com/turnstile/v0/api.js",
    "https://challenges.cloudflare.com/cdn-cgi/challenge-platform/h/b/turnstile/if",
    'place.attachShadow({mode: "closed"})',
)
FRIENDLY = Captcha(
    name="friendly-captcha",
    words="Friendly Captcha",
    widget=f'<div class="frc-captcha" data-sitekey="{KEY["friendly-captcha"]}"></div>',
    script='<script src="https://cdn.jsdelivr.net/npm/friendly-challenge/widget.js">'
    "</script>",
    says={
        "/npm/friendly-challenge/widget.js": script(
            'document.querySelector(".frc-captcha").innerHTML ='
            ' "<p>Anti-robot verification</p>";'
        )
    },
)
ALTCHA = Captcha(
    name="altcha",
    words="Altcha",
    widget='<altcha-widget challengeurl="/challenge"></altcha-widget>',
    script='<script src="/js/altcha.js"></script>',
    says={
        "/js/altcha.js": script(
            'customElements.define("altcha-widget", class extends HTMLElement {'
            "  connectedCallback() {"
            '    this.style.display = "block";'
            '    this.innerHTML = "<div class=altcha>I am not a robot</div>"; } });'
        )
    },
)
ENTERPRISE = Captcha(
    name="enterprise",
    words="reCAPTCHA Enterprise",
    widget='<input type="hidden" name="token">',
    script='<script src="https://www.google.com/recaptcha/enterprise.js?render=6Lkey">'
    "</script>",
    says={
        "/recaptcha/enterprise.js": script(
            'const badge = document.createElement("iframe");'
            'badge.src = "https://www.google.com/recaptcha/enterprise/anchor?k=6Lkey";'
            "document.body.append(badge);"
        ),
        "/recaptcha/enterprise/anchor": answer("<p>protected by reCAPTCHA</p>"),
    },
)
"""It judges in silence, and draws nothing but a badge."""

ALL = (RECAPTCHA, HCAPTCHA, TURNSTILE, FRIENDLY, ALTCHA, ENTERPRISE)
