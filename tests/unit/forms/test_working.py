"""What a CAPTCHA is called that is seen, or not, and what is said of it."""

from typing import Any

import pytest

from probes.forms.errors import Guarded, Unequipped, UpToWidget, WidgetBroken
from probes.forms.working import Sight, complaint, is_drawn, not_drawn

SCRIPT = "https://challenges.cloudflare.com/turnstile/v0/api.js"
FRAME = "https://challenges.cloudflare.com/cdn-cgi/challenge-platform/h/b/turnstile/if"


def sight(kind: str = "turnstile", **seen: Any) -> Sight:
    facts: dict[str, Any] = {
        "frames": (),
        "is_filled": False,
        "is_waiting": False,
        "told": (),
        "asked": (),
        "failed": {},
    }
    return Sight(kind=kind, **{**facts, **seen})


def test_one_in_a_frame_is_drawn_where_its_frame_has_come() -> None:
    assert is_drawn(sight(frames=[FRAME]))
    assert not is_drawn(sight(frames=[FRAME], failed={FRAME: "HTTP 503"}))
    assert not is_drawn(sight(frames=["https://ads.example/"], is_filled=True))


def test_one_without_a_frame_is_drawn_where_its_place_is_filled() -> None:
    assert is_drawn(sight("altcha", is_filled=True))
    assert not is_drawn(sight("altcha"))


def test_one_that_waits_for_the_sending_need_only_be_loaded() -> None:
    assert is_drawn(sight(is_waiting=True, asked=[SCRIPT]))
    assert not is_drawn(sight(is_waiting=True))
    assert not is_drawn(
        sight(is_waiting=True, asked=[SCRIPT], failed={SCRIPT: "HTTP 404"})
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("turnstile", "[Cloudflare Turnstile] Error: 600010."),
        ("turnstile", "[Cloudflare Turnstile] Error: 300030."),
        ("turnstile", "Request for the Private Access Token challenge."),
        ("recaptcha", "error-message: Cannot contact reCAPTCHA. Try again."),
        ("recaptcha", "I'm not a robot"),
        ("hcaptcha", "I am human"),
        ("friendly-captcha", "Anti-Robot Verification"),
        ("altcha", "I'm not a robot"),
        ("mcaptcha", "I'm not a robot"),
    ],
)
def test_what_a_visitor_may_be_told_is_no_complaint_of_the_site(
    kind: str, words: str
) -> None:
    assert complaint(sight(kind, told=[words])) == ""


def test_a_complaint_shows_no_control_characters_and_has_an_end() -> None:
    evil = f"ERROR for site owner: \x1b[31m{'x' * 1000}"

    said = complaint(sight("recaptcha", told=[evil]))

    assert said.isprintable()
    assert len(said) < 200


@pytest.mark.parametrize(
    ("why", "kind"),
    [
        ("HTTP 404", WidgetBroken),
        ("HTTP 500", WidgetBroken),
        ("csp", WidgetBroken),
        ("net::ERR_BLOCKED_BY_RESPONSE", WidgetBroken),
        ("HTTP 403", Unequipped),
        ("HTTP 429", Unequipped),
        ("net::ERR_NAME_NOT_RESOLVED", Unequipped),
        ("net::ERR_CONNECTION_RESET", Unequipped),
        ("net::ERR_TIMED_OUT", Unequipped),
    ],
)
def test_what_may_be_said_to_us_alone_blames_no_site(
    why: str, kind: type[Exception]
) -> None:
    told = not_drawn(sight(asked=[SCRIPT], failed={SCRIPT: why}), "Turnstile")

    assert isinstance(told, kind)


def test_what_fails_elsewhere_says_nothing_of_it() -> None:
    failed = {"https://ads.example/": "HTTP 404"}

    told = not_drawn(sight(failed=failed), "Turnstile")

    assert isinstance(told, Guarded)
    assert not isinstance(told, UpToWidget)
