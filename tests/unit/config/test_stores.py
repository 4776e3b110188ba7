"""What the configuration says of stores, and fills in by itself."""

from pathlib import Path

import pytest

from probes.settings import MaildirSettings
from probes.stores.log_settings import AccessLogSettings
from probes.stores.mail_settings import MailStoreSettings
from probes.stores.rest_settings import CompanionSettings
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


def test_a_companion_is_told_its_site_and_key_by_the_form() -> None:
    exemption = 'form.exemption = { file = "site.key" }\n[check.store]\n'
    text = GOOD.replace("[check.store]\n", exemption)

    config = parse(f'{text}kind = "companion"', FILE, looks_for_secrets=False)

    store, form = config.check[0].store, config.check[0].form
    assert isinstance(store, CompanionSettings)
    assert form is not None
    assert store.url == "https://riverside.example/"
    assert store.key == form.exemption


def test_what_a_companion_is_told_itself_counts() -> None:
    own = 'url = "https://riverside.example/blog/"\nkey = { file = "own.key" }'
    text = f'{GOOD}kind = "companion"\n{own}'

    store = parse(text, FILE, looks_for_secrets=False).check[0].store

    assert isinstance(store, CompanionSettings)
    assert store.url == "https://riverside.example/blog/"
    assert store.key is not None
    assert store.key.file is not None
    assert store.key.file.name == "own.key"


SECOND = GOOD[GOOD.index("[[check]]") :].replace("Riverside", "Second")
CSV = 'kind = "csv"\npath = "inquiries.csv"\n'
COMPANION = 'kind = "companion"\nkey = { env = "HOME" }\n'
LOG = 'kind = "accesslog"\npath = "access.log"\n'


@pytest.mark.parametrize("store", [CSV, COMPANION])
def test_nobody_counts_twice_since_two_checks_have_one_store(store: str) -> None:
    second = SECOND.replace("contact/", "booking/")

    with pytest.raises(ConfigError, match="whoever writes would count twice"):
        parse(f"{GOOD}{store}{second}{store}", FILE)


@pytest.mark.parametrize(
    "second",
    [
        f'{SECOND}{CSV}timezone = "Asia/Tokyo"',
        SECOND.replace("office", "copies") + CSV,
        SECOND.replace("contact/", "booking/") + LOG,
        SECOND.replace("riverside", "hillside") + COMPANION,
    ],
    ids=[
        "another store",
        "another mailbox",
        "a log tells forms apart",
        "a companion is its site's",
    ],
)
def test_two_checks_may_have_stores_that_are_alike(second: str) -> None:
    first = next((one for one in (LOG, COMPANION) if one in second), CSV)

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
        ('kind = "companion"', "needs a `key`, or the form an `exemption`"),
        ('kind = "gravity-rest"\nsite = "ftp://x"', "`store.site` must begin"),
    ],
)
def test_what_is_wrong_with_a_store_is_said(store: str, complaint: str) -> None:
    with pytest.raises(ConfigError) as error:
        parse(GOOD + store, FILE)

    assert complaint in str(error.value)
    assert "hunter2" not in str(error.value)
