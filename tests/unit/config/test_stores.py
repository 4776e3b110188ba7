"""What the configuration says of stores, and fills in by itself."""

from pathlib import Path

import pytest

from probes.settings import MaildirSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from watchdog.config.load import parse
from watchdog.config.problem import ConfigError

FILE = Path("config.toml")
GOOD = """\
[watchdog]
contact = "it@agency.example"
[mailbox.office]
kind = "maildir"
path = "Mail"
[mailbox.copies]
kind = "maildir"
path = "/var/mail/copies"
[[check]]
name = "Riverside"
mailbox = "office"
form.url = "https://riverside.example/contact/"
[check.store]
"""


def test_a_log_is_told_on_which_page_the_form_is() -> None:
    config = parse(f'{GOOD}kind = "accesslog"\npath = "access.log"', FILE)

    store = config.check[0].store
    assert isinstance(store, AccessLogSettings)
    assert store.page == "https://riverside.example/contact/"


def test_a_store_in_a_mailbox_is_told_where_that_is() -> None:
    config = parse(f'{GOOD}kind = "mail"\nmailbox = "copies"', FILE)

    store = config.check[0].store
    assert isinstance(store, MailStoreSettings)
    assert isinstance(store.account, MaildirSettings)
    assert store.account.path == Path("/var/mail/copies")


@pytest.mark.parametrize(
    ("store", "complaint"),
    [
        (
            'kind = "mail"\nmailbox = "copy"',
            'no mailbox has that name; did you mean "copies"?',
        ),
        (
            'kind = "mail"\nmailbox = "office"',
            "must name another `mailbox` than the check's own",
        ),
        (
            'kind = "webflow"\ntoken = { env = "HOME" }\nform = "1"',
            "takes `site` as well: Webflow asks for it",
        ),
        ('kind = "netlify"\ntoken = "hunter2"\nform = "1"', "`store.token` "),
        ('kind = "gravity-rest"\nsite = "ftp://x"', "`store.site` must begin"),
    ],
)
def test_what_is_wrong_with_a_store_is_said(store: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(GOOD + store, FILE)

    assert complaint in str(error.value)
    assert "hunter2" not in str(error.value)
