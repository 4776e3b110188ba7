"""Nobody's statistics are skewed by a visit of ours, and the form is sent as ever."""

import pytest

from probes.forms.browser.driver import Browser
from probes.forms.form import Answer
from tests.loopback.forms.browser import sites
from tests.loopback.forms.browser.visits import said, show, submit
from tests.loopback.forms.website import Site

pytestmark = pytest.mark.asyncio(loop_scope="module")

AJAX = "/wp-admin/admin-ajax.php"

COUNTED = sites.FORMLESS.replace("/api/contact", AJAX).replace(
    "<script>",
    f"""<script src="/matomo/matomo.js"></script><script>
navigator.sendBeacon("/matomo/matomo.php", "action_name=Contact");
fetch("/matomo/matomo.php?idsite=1", {{mode: "no-cors"}}).catch(() => 0);
fetch("{AJAX}", {{method: "POST", body: "action=statify_track"}}).catch(() => 0);
new Image().src = "/cdn-cgi/rum?x";""",
)
"""A form among counters, sent to where one of them is told too."""


async def test_counters_hear_nothing_and_the_form_is_sent(
    browser: Browser, site: Site
) -> None:
    url = show(site, COUNTED)
    site.says[f"POST {AJAX}"] = said("Thank you!")

    receipt = await submit(browser, url)

    assert receipt.answer is Answer.ACCEPTED
    assert [one.path for one in site.heard] == ["/contact", AJAX]
    assert receipt.seen is not None
    assert (receipt.seen.console_errors, receipt.seen.failed_requests) == ((), ())
