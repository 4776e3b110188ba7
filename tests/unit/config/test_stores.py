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


SECOND = GOOD[GOOD.index("[[check]]") :].replace("Riverside", "Second")
CSV = 'kind = "csv"\npath = "inquiries.csv"\n'
LOG = 'kind = "accesslog"\npath = "access.log"\n'


def test_nobody_counts_twice_since_two_checks_have_one_store() -> None:
    with pytest.raises(ConfigError, match="whoever writes would count twice"):
        parse(f"{GOOD}{CSV}{SECOND}{CSV}", FILE)


@pytest.mark.parametrize(
    "second",
    [
        f'{SECOND}{CSV}timezone = "Asia/Tokyo"',
        SECOND.replace("office", "copies") + CSV,
        SECOND.replace("contact/", "booking/") + LOG,
    ],
    ids=["another store", "another mailbox", "a log tells forms apart"],
)
def test_two_checks_may_have_stores_that_are_alike(second: str) -> None:
    first = LOG if LOG in second else CSV

    assert len(parse(f"{GOOD}{first}{second}", FILE).check) == 2


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
