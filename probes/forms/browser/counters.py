"""Who counts visitors, shows advertisements, or records what is done on a page.

A test is no visitor: it skews nobody's figures, and costs nobody an advertisement.
What guards a form (reCAPTCHA, Turnstile and the like) or makes it is never in here.
"""

import re

HOSTS = """
    google-analytics.com analytics.google.com googletagmanager.com googletagservices.com
    doubleclick.net googlesyndication.com googleadservices.com adservice.google.com
    facebook.net hotjar.com hotjar.io clarity.ms bat.bing.com bat.bing.net
    snap.licdn.com ads.linkedin.com analytics.tiktok.com ct.pinterest.com
    ads-twitter.com analytics.twitter.com tr.snapchat.com sc-static.net alb.reddit.com
    mc.yandex.ru mc.yandex.com mc.webvisor.org hm.baidu.com
    matomo.cloud piwik.pro plausible.io usefathom.com fathom.com
    simpleanalyticscdn.com simpleanalytics.com umami.is umami.dev goatcounter.com
    gc.zgo.at pirsch.io getclicky.com statcounter.com cloudflareinsights.com
    segment.com segment.io mixpanel.com mxpnl.com amplitude.com posthog.com
    heapanalytics.com heap-api.com fullstory.com mouseflow.com smartlook.com
    smartlook.cloud crazyegg.com luckyorange.com luckyorange.net inspectlet.com
    visualwebsiteoptimizer.com chartbeat.com quantserve.com scorecardresearch.com
    omtrdc.net demdex.net adobedtm.com etracker.com etracker.de ioam.de webtrekk.net
    xiti.com aticdn.net lfeeder.com
    stats.wp.com pixel.wp.com vercel-scripts.com frog.wix.com
    hs-analytics.net hs-scripts.com hsadspixel.net hscollectedforms.net
    track.hubspot.com pi.pardot.com munchkin.marketo.net trackcmp.net callrail.com
    criteo.com criteo.net adroll.com adnxs.com amazon-adsystem.com taboola.com
    outbrain.com
"""
"""With all hosts below them."""

PLACES = (
    r"(?:www\.)?facebook\.com/tr(?:/|\?|$)",
    r"(?:www\.)?linkedin\.com/px/",
    r"s\.pinimg\.com/ct/",
    r"(?:www\.)?redditstatic\.com/ads/",
    r"t\.co/i/adsct",
    r"(?:www\.)?google\.[a-z.]{2,6}/(?:pagead|ads|ccm|rmkt)/",
)
"""On hosts that also do other things."""

PLUGINS = """
    burst-pro burst-statistics independent-analytics koko-analytics matomo statify
    wp-slimstat wp-statistics
"""
"""Of WordPress."""

ON_SITE = (
    r"(?:matomo|piwik)\.(?:php|js)(?:\?|$)",
    r"wp-json/(?:matomo|wp-statistics|burst|iawp)/",
    rf"wp-content/plugins/(?:{'|'.join(PLUGINS.split())})/",
    r"koko-analytics-collect\.php",
    r"cdn-cgi/(?:rum|zaraz)(?:[/?]|$)",
    r"_vercel/(?:insights|speed-insights)/",
    r"api/census/",
    r"umami\.js(?:\?|$)",
    r"collect\?(?:[^#]*&)?tid=(?:G|UA|GT|AW)-",
)
"""On a site of its own, whichever that is: the ends of paths, and what follows."""

TALKS = (r"wp-admin/admin-ajax\.php", r"api/(?:send|event)(?:\?|$)")
"""Where counters are told, but contact forms may be too: their words decide."""

TOLD = re.compile(
    r"action=(?:statify_track|koko_analytics_collect|slimtrack|wp_statistics_\w+"
    r"|burst_\w+)\b"  # plug-ins of WordPress
    r'|^\{"type":"(?:event|identify)","payload":'  # Umami
    r'|^\{"n":"'  # Plausible
)
"""What is told to a counter, in the address or in the words of a request."""

_HOSTS = "|".join(host.replace(".", "[.]") for host in HOSTS.split())
_PAGE = r"[^/?#]+/(?:[^?#]*/)?"
COUNTERS = re.compile(
    r"^https?://(?:"
    rf"(?:[\w-]+\.)*(?:{_HOSTS})[/:?]"
    rf"|(?:{'|'.join(PLACES)})"
    rf"|{_PAGE}(?:{'|'.join((*ON_SITE, *TALKS))}))",
    re.IGNORECASE,
)
"""The addresses of all of these; JavaScript understands it in the same way."""

_TALKS = re.compile(rf"^https?://{_PAGE}(?:{'|'.join(TALKS)})", re.IGNORECASE)
MOST_TOLD = 2000


def is_counter(url: str, body: bytes = b"") -> bool:
    """Tell whether a request only counts, shows or records somebody."""
    if not COUNTERS.match(url):
        return False
    if not _TALKS.match(url):
        return True
    said = body[:MOST_TOLD].decode("utf-8", "replace")
    return bool(TOLD.search(said) or TOLD.search(url))
