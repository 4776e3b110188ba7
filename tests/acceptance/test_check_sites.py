"""`check` proves real sites: a Wagtail, a WordPress, and what befalls their mail."""

from pathlib import Path

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.memory import outcomes
from tests.world.pages import Site
from tests.world.wagtail_site import Wagtail
from tests.world.wordpress import Sendmail, WordPress


def test_a_form_that_a_script_draws_delivers(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    site.is_drawn = True
    config = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))

    ended = command.check(config)

    assert ended.code == 0
    assert ended.rows["Contact form"]["outcome"] == "delivered"


ALTCHA = """
customElements.define("altcha-widget", class extends HTMLElement {
  connectedCallback() { this.innerHTML = "<p>I am not a robot</p>"; }
});
document.querySelector("form").append(document.createElement("altcha-widget"));
"""


def test_a_guarded_form_is_looked_at_up_to_its_widget(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    site.script = ALTCHA
    look = ('form.captcha = "widget"',)
    watched = Watched(url=site.url, mailbox=imap(inbox), more=look)
    config = write_config(tmp_path, watched)

    ended = command.run(config, "check")
    nagios = command.run(config, "check", "--output", "nagios")

    assert (ended.code, nagios.code) == (3, 3)
    assert "well up to the form's guard, and no delivery is tested" in ended.out
    assert "delivered" not in f"{ended.out}{nagios.out}"
    assert site.received == []


def test_wagtail_delivers(wagtail: Wagtail, inbox: Inbox, tmp_path: Path) -> None:
    config = write_config(tmp_path, Watched(url=wagtail.url, mailbox=imap(inbox)))

    ended = command.check(config)

    assert ended.code == 0
    assert ended.rows["Contact form"]["outcome"] == "delivered"
    marker = ended.rows["Contact form"]["evidence"]["marker"]
    assert marker in str(wagtail.stored()[-1]["message"])


def test_wagtail_that_stores_but_cannot_mail_has_refused(
    wagtail: Wagtail, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.host.postfix.stop()
    config = write_config(
        tmp_path,
        Watched(url=wagtail.url, mailbox=imap(inbox), expected="2s", deadline="2s"),
    )

    ended = command.check(config)

    row = ended.rows["Contact form"]
    assert ended.code == 2
    assert (row["outcome"], row["stage"]) == ("refused", "answer")
    assert "500" in row["cause"]


def test_wordpress_delivers(wordpress: WordPress, inbox: Inbox, tmp_path: Path) -> None:
    config = write_config(tmp_path, Watched(url=wordpress.url, mailbox=imap(inbox)))

    ended = command.check(config)

    assert ended.code == 0
    assert ended.rows["Contact form"]["outcome"] == "delivered"


@pytest.mark.parametrize(
    ("sendmail", "outcome", "code", "cause"),
    [
        (Sendmail.WORKING, "delivered", 0, "into the inbox"),
        (Sendmail.FAILING, "refused", 2, "error trying to send"),
        (Sendmail.BLACK_HOLE, "missing", 2, "thanked the visitor"),
    ],
)
def test_a_form_of_contact_form_7_is_sent_by_its_own_route(
    wordpress: WordPress,
    inbox: Inbox,
    tmp_path: Path,
    sendmail: Sendmail,
    outcome: str,
    code: int,
    cause: str,
) -> None:
    wordpress.mail_by(sendmail)
    waits = "20s" if sendmail is Sendmail.WORKING else "2s"
    watched = Watched(
        url=wordpress.feedback_url,
        mailbox=imap(inbox),
        expected=waits,
        deadline=waits,
    )

    ended = command.check(write_config(tmp_path, watched))

    row = ended.rows["Contact form"]
    assert (ended.code, row["outcome"]) == (code, outcome)
    assert cause in row["cause"]
    assert row["evidence"]["form_system"] == "contact-form-7"
    assert "/wp-json/contact-form-7/v1/" in row["evidence"]["answer_url"]


@pytest.mark.parametrize(
    ("sendmail", "outcome", "stage", "cause"),
    [
        (Sendmail.FAILING, "refused", "answer", "could not be sent"),
        (Sendmail.BLACK_HOLE, "missing", "mail", "thanked the visitor"),
    ],
)
def test_wordpress_without_a_working_sendmail_is_found_out(
    wordpress: WordPress,
    inbox: Inbox,
    tmp_path: Path,
    sendmail: Sendmail,
    outcome: str,
    stage: str,
    cause: str,
) -> None:
    wordpress.mail_by(sendmail)
    config = write_config(
        tmp_path,
        Watched(url=wordpress.url, mailbox=imap(inbox), expected="2s", deadline="2s"),
    )

    ended = command.check(config)

    row = ended.rows["Contact form"]
    assert ended.code == 2
    assert (row["outcome"], row["stage"]) == (outcome, stage)
    assert cause in row["cause"]


def test_mail_that_waited_in_wordpress_queue_completes_its_verdict(
    wordpress: WordPress, inbox: Inbox, tmp_path: Path
) -> None:
    inbox.host.postfix.stop()
    config = write_config(
        tmp_path,
        Watched(url=wordpress.url, mailbox=imap(inbox), expected="2s", deadline="2s"),
    )
    first = command.check(config).rows["Contact form"]
    inbox.host.postfix.go_on()
    inbox.wait_for_mail()

    command.check(config)

    assert first["outcome"] == "missing"
    assert outcomes(config, first["evidence"]["marker"]) == ["missing", "late"]
