"""The stories' sites, and each of their faults, do what their names say."""

import http.client
import time
from pathlib import Path

import pytest

from tests.world import pages
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import Inbox
from tests.world.pages import Site
from tests.world.visitor import submit
from tests.world.wagtail_site import Wagtail
from tests.world.wordpress import Sendmail, WordPress
from watchdog import config

OLD_FORM = {"realname": "Anna", "phone": "+49 30 1", "comments": "Rye bread?"}
WAGTAIL_FORM = {
    "your_name": "Anna",
    "message": "Rye bread?",
    "you_may_store_my_message": "on",
}
WORDPRESS_FORM = {"inquiry_name": "Anna", "inquiry_message": "Rye bread?"}


def test_the_old_form_mails_with_the_visitor_to_reply_to(
    site: Site, inbox: Inbox, visitor: Inbox
) -> None:
    answer = submit(site.url, {**OLD_FORM, "email": visitor.address})

    assert "Thank you" in answer.words
    mail = inbox.wait_for_mail()
    assert mail["Reply-To"] == visitor.address
    assert mail["From"] == pages.FROM
    assert "Rye bread?" in mail.get_content()


@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (pages.Fault.POST_ERROR, 500, "Internal Server Error"),
        (pages.Fault.INVALID, 200, "valid telephone"),
        (pages.Fault.CAPTCHA, 200, "g-recaptcha"),
        (pages.Fault.MAIL_FAILED, 200, "was not sent"),
        (pages.Fault.BLACK_HOLE, 200, "Thank you"),
        (pages.Fault.EXPIRED, 403, "has expired"),
    ],
)
def test_a_faulty_old_form_answers_so_and_mails_nothing(
    site: Site, inbox: Inbox, fault: pages.Fault, status: int, words: str
) -> None:
    site.fault = fault

    answer = submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    assert answer.status == status
    assert words in answer.words
    assert len(site.received) == 1
    assert inbox.settled_mail() == []


def test_a_garbled_answer_comes_after_the_mail_was_sent(
    site: Site, inbox: Inbox
) -> None:
    site.fault = pages.Fault.GARBAGE

    with pytest.raises(http.client.BadStatusLine):
        submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    inbox.wait_for_mail()


def test_a_page_can_be_broken_or_without_its_form(site: Site) -> None:
    site.fault = pages.Fault.PAGE_ERROR
    assert submit(site.url, {}).status == 500

    site.fault = pages.Fault.FORM_GONE
    assert "<form" not in submit(site.url, {}).words


def test_a_slow_site_takes_its_time_for_each_answer(site: Site) -> None:
    site.delay = 0.3
    began = time.monotonic()

    submit(site.url, {**OLD_FORM, "email": "anna@example.test"})

    assert time.monotonic() - began >= 0.6, "for the page, and for the form"


def test_a_site_that_is_down_refuses_connections_until_it_is_up(site: Site) -> None:
    site.stop()

    with pytest.raises(OSError, match="refused"):
        submit(site.url, OLD_FORM)

    site.go_on()
    assert submit(site.url, {**OLD_FORM, "email": "anna@example.test"}).status == 200


def test_wagtail_stores_and_mails(wagtail: Wagtail, inbox: Inbox) -> None:
    answer = submit(wagtail.url, {**WAGTAIL_FORM, "email": "anna@example.test"})

    assert "Thank you" in answer.words
    assert "Rye bread?" in inbox.wait_for_mail().get_content()
    assert wagtail.stored()[-1]["message"] == "Rye bread?"


def test_wagtail_has_stored_what_it_could_not_mail(
    wagtail: Wagtail, inbox: Inbox
) -> None:
    inbox.host.postfix.stop()
    before = len(wagtail.stored())

    answer = submit(wagtail.url, {**WAGTAIL_FORM, "email": "anna@example.test"})

    assert answer.status == 500
    assert len(wagtail.stored()) == before + 1


def test_wordpress_mails_with_the_visitor_to_reply_to(
    wordpress: WordPress, inbox: Inbox, visitor: Inbox
) -> None:
    said = {**WORDPRESS_FORM, "inquiry_email": visitor.address}

    assert "Thank you" in submit(wordpress.url, said).words

    mail = inbox.wait_for_mail()
    assert mail["Reply-To"] == visitor.address
    assert mail["Return-Path"] == "<www-data@example.test>"
    assert "Rye bread?" in mail.get_content()


@pytest.mark.parametrize(
    ("sendmail", "words"),
    [(Sendmail.FAILING, "could not be sent"), (Sendmail.BLACK_HOLE, "Thank you")],
)
def test_wordpress_without_a_working_sendmail_loses_mail(
    wordpress: WordPress, inbox: Inbox, sendmail: Sendmail, words: str
) -> None:
    wordpress.mail_by(sendmail)

    said = {**WORDPRESS_FORM, "inquiry_email": "anna@example.test"}

    assert words in submit(wordpress.url, said).words
    assert inbox.settled_mail() == []


def test_a_stale_nonce_of_wordpress_is_refused(wordpress: WordPress) -> None:
    said = {**WORDPRESS_FORM, "inquiry_email": "a@b.test", "inquiry_nonce": "stale"}

    assert submit(wordpress.url, said).status == 403


def test_the_written_configuration_is_one(
    site: Site, inbox: Inbox, tmp_path: Path
) -> None:
    path = write_config(tmp_path, Watched(url=site.url, mailbox=imap(inbox)))

    (check,) = config.load(path).check

    assert check.form.url == site.url
