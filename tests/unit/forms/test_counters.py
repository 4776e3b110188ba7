"""A test is counted as nobody's visitor, and no form or guard is held back."""

import pytest

from probes.forms.browser.counters import is_counter

AJAX = "https://shop.example/wp-admin/admin-ajax.php"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google-analytics.com/analytics.js",
        "https://region1.google-analytics.com/g/collect?v=2&tid=G-ABC",
        "https://www.googletagmanager.com/gtag/js?id=G-ABC",
        "https://stats.g.doubleclick.net/dc.js",
        "https://www.google.com/pagead/1p-user-list/1/",
        "https://www.google.co.uk/ads/ga-audiences?v=1",
        "https://measure.shop.example/g/collect?v=2&tid=G-ABC",
        "https://connect.facebook.net/en_US/fbevents.js",
        "https://www.facebook.com/tr?id=1&ev=PageView",
        "https://www.facebook.com/tr/?id=1",
        "https://shop.example/matomo/matomo.php?idsite=1",
        "https://stats.shop.example/piwik.js",
        "https://cdn.matomo.cloud/shop.matomo.cloud/matomo.js",
        "https://shop.example/wp-content/plugins/matomo/app/matomo.js",
        "https://plausible.io/js/script.js",
        "https://cdn.usefathom.com/script.js",
        "https://script.hotjar.com/modules.js",
        "https://www.clarity.ms/tag/abc",
        "https://snap.licdn.com/li.lms-analytics/insight.min.js",
        "https://px.ads.linkedin.com/collect?pid=1",
        "https://analytics.tiktok.com/i18n/pixel/events.js",
        "https://ct.pinterest.com/v3/?event=init",
        "https://s.pinimg.com/ct/core.js",
        "https://bat.bing.com/bat.js",
        "https://mc.yandex.ru/metrika/tag.js",
        "https://js.hs-analytics.net/analytics/1/2.js",
        "https://js-eu1.hs-scripts.com/1.js",
        "https://track.hubspot.com/__ptq.gif?k=1",
        "https://cdn.segment.com/analytics.js/v1/key/analytics.min.js",
        "https://api-js.mixpanel.com/track/",
        "https://cdn.amplitude.com/libs/a.js",
        "https://eu.i.posthog.com/e/",
        "https://scripts.simpleanalyticscdn.com/latest.js",
        "https://cloud.umami.is/script.js",
        "https://static.cloudflareinsights.com/beacon.min.js",
        "https://shop.example/cdn-cgi/rum?",
        "https://stats.wp.com/e-202647.js",
        "https://pixel.wp.com/g.gif?v=ext",
        "https://shop.example/wp-content/plugins/koko-analytics/assets/script.js",
        "https://shop.example/koko-analytics-collect.php?p=1",
        f"{AJAX}?action=koko_analytics_collect&p=1",
        "https://shop.example/wp-content/plugins/statify/js/snippet.min.js",
        "https://shop.example/wp-json/wp-statistics/v2/hit",
        "https://shop.example/_vercel/insights/view",
    ],
)
def test_what_counts_visitors_is_blocked(url: str) -> None:
    assert is_counter(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google.com/recaptcha/api.js",
        "https://www.recaptcha.net/recaptcha/api2/anchor",
        "https://www.gstatic.com/recaptcha/releases/x/recaptcha__en.js",
        "https://js.hcaptcha.com/1/api.js",
        "https://challenges.cloudflare.com/turnstile/v0/api.js",
        "https://shop.example/cdn-cgi/challenge-platform/h/b/x",
        "https://shop.example/cdn-cgi/scripts/5c5dd728/cloudflare-static/email.js",
        "https://cdn.jsdelivr.net/npm/friendly-challenge@0.9/widget.min.js",
        "https://eu.altcha.org/api/v1/challenge",
        "https://js.hsforms.net/forms/embed/v2.js",
        "https://forms.hsforms.com/submissions/v3/public/submit/formsnext/1/2",
        "https://forms.hubspot.com/uploads/form/v2/1/2",
        "https://docs.google.com/forms/d/e/1/formResponse",
        "https://form.jotform.com/1",
        "https://api.typeform.com/forms/1/insights/events",
        "https://formspree.io/f/abc",
        "https://usebasin.com/f/abc",
        "https://shop.example/wp-json/contact-form-7/v1/contact-forms/1/feedback",
        AJAX,
        f"{AJAX}?action=wpforms_submit",
        "https://shop.example/api/send",
        "https://shop.example/api/event",
        "https://shop.example/api/contact?tid=G-1",
        "https://shop.example/collect",
        "https://www.facebook.com/treehouse",
        "https://shop.example/contact?from=https://www.google-analytics.com/",
        "https://google-analytics.com.shop.example/contact",
        "https://mysegment.com/contact",
        "https://shop.example/wp-content/plugins/contact-form-7/includes/js/index.js",
    ],
)
def test_no_form_and_no_guard_is_blocked(url: str) -> None:
    assert not is_counter(url)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (AJAX, "action=statify_track&statify_target=%2F"),
        (AJAX, "op=add&action=slimtrack&id=1"),
        ("https://stats.shop.example/api/send", '{"type":"event","payload":{"a":1}}'),
        ("https://shop.example/api/event", '{"n":"pageview","u":"x","d":"shop"}'),
    ],
)
def test_what_is_told_to_a_counter_is_blocked(url: str, words: str) -> None:
    assert is_counter(url, words.encode())


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (AJAX, "action=nf_ajax_submit&formData=%7B%22statify%22%3A1%7D"),
        ("https://shop.example/api/send", '{"name":"Ann","message":"type event"}'),
        ("https://shop.example/api/event", '{"name":"Ann","message":"A party"}'),
        ("https://shop.example/api/send", '{"type":"contact","payload":{}}'),
    ],
)
def test_what_is_told_to_a_form_there_is_not(url: str, words: str) -> None:
    assert not is_counter(url, words.encode())
