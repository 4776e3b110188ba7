"""A configuration is read whole, or all that is wrong with it is said at once."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from string import Template

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from probes.mail.mailbox import Tidy
from watchdog.config.load import parse
from watchdog.config.model import Config
from watchdog.config.problem import ConfigError, Problem
from watchdog.model import Way
from watchdog.rules import schedule

FILE = Path("config.toml")

GOOD = """\
[watchdog]
contact = "it@agency.example"
[mailbox.office]
kind = "maildir"
path = "Mail"
[[check]]
name = "Riverside"
mailbox = "office"
form.url = "https://riverside.example/contact/"
"""


def complaints(text: str) -> list[str]:
    """Return what is said of `text`, a line for each thing that is wrong."""
    with pytest.raises(ConfigError) as error:
        parse(text, FILE)
    return str(error.value).splitlines()


def test_little_is_required_and_the_rest_has_defaults() -> None:
    config = parse(GOOD, FILE)

    (check,) = config.check
    assert config.watchdog.visitor == "it@agency.example"
    assert str(config.watchdog.ledger).endswith("/contact-watchdog/watchdog.db")
    assert check.every == timedelta(hours=1)
    assert check.expected == timedelta(minutes=2)
    assert check.deadline == timedelta(minutes=15)
    assert config.steps(check) == ()
    assert config.every(check) == schedule.Interval(timedelta(hours=1))
    assert config.mailbox[check.mailbox].after is Tidy.MOVE


def test_relative_paths_are_relative_to_the_file() -> None:
    text = GOOD.replace(
        "[watchdog]", '[watchdog]\nledger = "sqlite:///data/watchdog.db"'
    )

    config = parse(text, Path("/etc/watch/config.toml"))

    (mailbox,) = config.mailbox.values()
    assert config.watchdog.ledger == "sqlite:////etc/watch/data/watchdog.db"
    assert mailbox.model_dump()["path"] == Path("/etc/watch/Mail")


def test_a_cron_expression_is_meant_in_the_nearest_time_zone() -> None:
    text = GOOD.replace("[watchdog]", '[watchdog]\ntimezone = "Europe/Berlin"')
    text += 'every = "0 8 * * *"\n'
    abroad = text + 'timezone = "Asia/Tokyo"\n'

    at_home, away = (parse(written, FILE) for written in (text, abroad))

    assert at_home.every(at_home.check[0]) == schedule.Cron(
        "0 8 * * *", "Europe/Berlin"
    )
    assert away.every(away.check[0]) == schedule.Cron("0 8 * * *", "Asia/Tokyo")


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        (
            'deadlin = "15m"',
            (
                'config.toml:10: check "Riverside": '
                "`deadlin` is no key here; did you mean `deadline`?"
            ),
        ),
        ("every = 5", "`every` must be a duration with its unit"),
        ('every = "30s"', "`every` must be between 1m and 31d"),
        (
            'every = "61 * * * *"',
            "`every` is no good cron expression: “61 * * * *”: Bad",
        ),
        ('timezone = "Mars/Base"', "`timezone` must be a time zone"),
        ('deadline = "2d"', "`deadline` must be between 1s and 1d"),
        (
            'expected = "2m"\ndeadline = "1m"',
            "has a `deadline` shorter than `expected`",
        ),
        ('open_after = "2"', "`open_after` must be a whole number"),
        ("open_after = true", "`open_after` must be a whole number"),
        ("open_after = 0", "`open_after` must be 1 or more"),
        ('ladder = "x"', '`ladder` names "x", but no ladder has that name'),
        ("site = 3", "`site` must be a text in quotes"),
        ('form.ulr = ""', "`form.ulr` is no key here; did you mean `url`?"),
        ('form.how = "fax"', "`form.how` must be 'auto', 'http' or 'browser'"),
        ('form.captcha = "solve"', "`form.captcha` must be 'stop' or 'widget'"),
        (
            'form.captcha = "widget"\nexpect_reply = true',
            'has `expect_reply`, but captcha = "widget" sends nothing',
        ),
        (
            'form.exemption = "correct horse battery staple 2026"',
            "`form.exemption` must not stand in this file",
        ),
        ('store = { kind = "paper" }', "`store` wants a kind: write kind = "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(line: str, complaint: str) -> None:
    (said,) = complaints(GOOD + line + "\n")

    assert said.startswith(('config.toml:10: check "Riverside": ', "config.toml:6:"))
    assert complaint in said


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ('how = "http"', 'takes a browser with captcha = "widget"'),
        ('exemption = { command = "true" }', "takes either `exemption` or captcha"),
    ],
)
def test_what_looks_at_a_captcha_alone_sends_nothing(line: str, complaint: str) -> None:
    (said,) = complaints(f'{GOOD}form.captcha = "widget"\nform.{line}\n')

    assert said.startswith('config.toml:9: check "Riverside": `form` ')
    assert complaint in said


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost", "[::1]"])
def test_an_exemption_travels_encrypted_or_not_at_all(host: str) -> None:
    secret = 'form.exemption = { command = "true" }\n'
    plain = GOOD.replace("https://riverside.example", "http://riverside.example")
    inside = GOOD.replace("https://riverside.example", f"http://{host}")

    (said,) = complaints(plain + secret)
    assert "sends its `exemption` encrypted only" in said
    assert parse(inside + secret, FILE).check[0].way is Way.FORM


URL = "https://riverside.example/contact/"


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("riverside.example/contact", "must begin with https://"),
        ("ftp://riverside.example/", "must begin with https://"),
        ("file:///etc/passwd", "must begin with https://"),
        ("https://me:hunter2@riverside.example/", "must not hold a user name"),
        ("https:///contact", "is no web address"),
        ("https://riverside.example:99999/", "is no web address"),
        ("https://[::1/", "is no web address"),
        ("https://a b/", "is no web address"),
        ("https://a/\\u001b[2J", "is no web address"),
    ],
)
def test_a_form_has_a_plain_web_address(url: str, complaint: str) -> None:
    (said,) = complaints(GOOD.replace(URL, url))

    assert f"`form.url` {complaint}" in said
    assert "hunter2" not in said


IMAP = Template(
    GOOD.replace('kind = "maildir"', 'kind = "imap"')
    .replace('path = "Mail"', 'host = "imap.example.com"\nuser = "me"\n$more')
    .replace("$more", "${more}")
)


@pytest.mark.parametrize(
    "literal",
    ['"hunter2"', "['hunter2']", "12345678", "true", '"""\nhunter2"""'],
)
def test_a_secret_in_the_file_is_refused_and_never_repeated(literal: str) -> None:
    said = "\n".join(complaints(IMAP.substitute(more=f"password = {literal}")))

    assert 'write password = { env = "OFFICE_PASSWORD" }' in said
    assert "hunter2" not in said
    assert "12345678" not in said


def test_a_password_in_the_ledgers_address_is_refused_and_never_repeated() -> None:
    ledger = 'ledger = "postgresql://me:hunter2@host/name"'

    (said,) = complaints(GOOD.replace("[watchdog]", f"[watchdog]\n{ledger}"))

    assert 'write ledger = { env = "LEDGER_URL" }' in said
    assert "hunter2" not in said


@pytest.mark.parametrize(
    ("more", "complaint"),
    [
        ("", "takes either `password` or `token`"),
        ("password = {}", "`password` takes exactly one of env, file"),
        (
            'password = { env = "A", file = "b" }',
            "`password` takes exactly one of env, file",
        ),
        ('password = { evn = "A" }', "`password.evn` is no key here; did you mean"),
        (
            'password = { env = "CONTACT_WATCHDOG_NOBODY_SETS_THIS" }',
            (
                "`password` is to come from the environment variable "
                "CONTACT_WATCHDOG_NOBODY_SETS_THIS, which is not set"
            ),
        ),
        ('password = { env = "my pass word" }', "wants the name of an environment"),
        ('password = { command = "pass \'x" }', "has a quotation mark without"),
        ("password = { command = [] }", "`password` names an empty command"),
        ('password = { command = "pass x" }\nport = 0', "`port` must be 1 or more"),
        ('password = { command = "pass x" }\nkind = ""', "Cannot overwrite"),
    ],
)
def test_a_mailbox_says_how_to_get_in(more: str, complaint: str) -> None:
    assert complaint in "\n".join(complaints(IMAP.substitute(more=more)))


def test_everything_wrong_is_said_at_once_and_in_order() -> None:
    said = complaints(
        """\
[watchdog]
contcat = "it@agency.example"
[mailbox.ofice]
kind = "maildir"
[[check]]
name = "Riverside"
mailbox = "office"
form.url = "riverside.example"
[[check]]
name = "Riverside"
mailbox = "ofice"
[ladder.owner]
channel = "sms"
[[ladder.boss]]
channel = "sms"
"""
    )

    assert said == [
        "config.toml:1: [watchdog]: `contact` is missing",
        "config.toml:2: [watchdog]: `contcat` is no key here; did you mean `contact`?",
        'config.toml:3: mailbox "ofice": `path` is missing',
        (
            'config.toml:7: check "Riverside": `mailbox` names "office", '
            'but no mailbox has that name; did you mean "ofice"?'
        ),
        (
            'config.toml:8: check "Riverside": `form.url` must begin with '
            "https:// (or http://)"
        ),
        'config.toml:9: check "Riverside": needs either [check.form] or [check.smtp]',
        'config.toml:10: check "Riverside": `name` is taken by another check',
        (
            'config.toml:12: ladder "owner": must have two brackets: '
            "write [[ladder.owner]]"
        ),
        (
            'config.toml:15: ladder "boss", step 1: `channel` names "sms", '
            "but no channel has that name"
        ),
    ]


SMTP = 'smtp = { host = "smtp.example.com", to = "office@example.com" }\n'


def test_a_check_goes_through_a_form_or_by_mail_alone() -> None:
    both = complaints(GOOD + SMTP)
    (alone,) = parse(GOOD.replace('form.url = "', f'{SMTP}site = "'), FILE).check
    (form,) = parse(GOOD, FILE).check

    assert both == [
        'config.toml:6: check "Riverside": needs either [check.form] or [check.smtp]'
    ]
    assert (alone.way, alone.address) == (Way.MAIL, ("smtp.example.com", 587))
    assert (form.way, form.address) == (Way.FORM, ("riverside.example", 443))
    assert form.of_site == "riverside.example"
    assert alone.of_site == "https://riverside.example/contact/"


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ('reply_mailbox = "office"', "has a `reply_mailbox`, but no `expect_reply"),
        (
            'expect_reply = true\nreply_mailbox = "ofice"',
            '`reply_mailbox` names "ofice", but no mailbox has that name; did you mean',
        ),
        ('expect_reply = "yes"', "`expect_reply` must be true or false"),
        ('expect_reply = true\nreply_within = "2d"', "`reply_within` must be"),
    ],
)
def test_a_reply_is_expected_in_a_mailbox_that_is_watched(
    lines: str, complaint: str
) -> None:
    assert complaint in "\n".join(complaints(f"{GOOD}{lines}\n"))


def test_a_reply_is_expected_by_default_where_and_as_soon_as_the_message() -> None:
    text = GOOD + 'expect_reply = true\ndeadline = "7m"\n'

    (check,) = parse(text, FILE).check
    (plain,) = parse(GOOD, FILE).check

    assert check.replies_come_to == check.mailbox
    assert check.reply_within == timedelta(minutes=7)
    assert [*check.mailboxes] == [check.mailbox]
    assert plain.replies_come_to is None


def test_a_visitor_who_has_no_room_for_a_marker_gets_no_reply_that_is_known() -> None:
    long = GOOD.replace("it@agency", f"{'a' * 29}@agency") + "expect_reply = true\n"
    fits = GOOD.replace("it@agency", f"{'a' * 28}@agency") + "expect_reply = true\n"

    (said,) = complaints(long)

    assert "`visitor` is too long to be given a plus-tag: have at most 28" in said
    assert parse(fits, FILE).check


def test_another_visitor_has_room_for_a_marker_too() -> None:
    other = 'other_visitor = "{}@plain.example"\ncontact ='

    (said,) = complaints(GOOD.replace("contact =", other.format("a" * 29)))

    assert "other_visitor" in said
    assert "too long to be given a plus-tag: have at most 28" in said
    assert parse(GOOD.replace("contact =", other.format("a" * 28)), FILE).check


def test_where_there_is_no_form_nobody_replies() -> None:
    text = GOOD.replace(GOOD.splitlines()[-1] + "\n", SMTP)

    (said,) = complaints(text + "expect_reply = true\n")

    assert "has `expect_reply`, but no form that would reply" in said


def test_mail_that_passes_no_site_is_in_no_store() -> None:
    text = GOOD.replace(GOOD.splitlines()[-1] + "\n", SMTP)

    (said,) = complaints(text + 'store = { kind = "csv", path = "a.csv" }\n')

    assert "`store` belongs to a form: mail sent by [check.smtp]" in said


def test_a_key_below_the_wrong_heading_is_told_where_it_belongs() -> None:
    text = GOOD.replace("form.url", "[check.form]\nurl") + 'ladder = "owner"\n'

    (said,) = complaints(text)

    assert "it belongs above the heading of `form`" in said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a = \n", "config.toml:1: this is not TOML: Invalid value (column 5)"),
        ("a = 1\na = 2\n", "config.toml:2: this is not TOML: "),
        ('a = """', "config.toml:1: this is not TOML: "),
        ("a = " + "9" * 5000, "config.toml: holds a number that is far too long"),
        ("a = " + "[" * 9000, "config.toml: is nested far too deeply"),
    ],
)
def test_what_is_no_toml_is_told_where_it_breaks(text: str, complaint: str) -> None:
    (said,) = complaints(text)

    assert said.startswith(complaint)


def test_no_control_character_of_the_file_reaches_the_terminal() -> None:
    said = "\n".join(complaints(GOOD + '"\\u001b[2J" = 1\n'))

    assert "?[2J" in said
    assert "\x1b" not in said


FRAGMENT = st.sampled_from(
    [*GOOD.splitlines(), "[check.form]", "[[ladder.a]]", "[channel.b]", "check = 1"]
) | st.builds(
    "{} = {}".format,
    st.sampled_from(
        ["check", "mailbox", "watchdog", "kind", "form", "store", "ledger", "server"]
    ),
    st.sampled_from(
        ["1", "nan", "[]", "{}", "[{}]", "[1]", '"imap"', "1979-05-27", "{kind='csv'}"]
    ),
)


@given(st.lists(FRAGMENT, max_size=8).map("\n".join) | st.text(max_size=50))
@example(text="check = [[[{}]]]")
@example(text="ladder = {a = {b = [{channel = 1}]}}")
def test_any_text_is_a_configuration_or_wrong_in_a_known_place(text: str) -> None:
    try:
        config: Config | None = parse(text, FILE)
        problems: Sequence[Problem] = ()
    except ConfigError as error:
        config, problems = None, error.problems

    assert (config is None) == bool(problems)
    assert all(problem.sentence for problem in problems)
    lines = range(1, text.count("\n") + 2)
    assert all(problem.line is None or problem.line in lines for problem in problems)


def test_a_short_deadline_alone_shortens_what_is_expected() -> None:
    config = parse(GOOD + 'deadline = "30s"\n', Path("config.toml"))

    assert config.check[0].expected == timedelta(seconds=30)


def test_an_mbox_is_not_to_be_tidied() -> None:
    mbox = 'kind = "mbox"\nafter = "move"'
    (said,) = complaints(GOOD.replace('kind = "maildir"', mbox))

    assert said.endswith('`after` must be "keep": mbox files are only read')
