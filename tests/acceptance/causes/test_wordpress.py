"""A real WordPress tells by our companion what became of mail: one cause is found."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.world.companion import KEY
from tests.world.inquest import Inquest, configured, inquest
from tests.world.mail_host import Inbox, MailHost
from tests.world.wordpress import Sendmail, WordPress
from watchdog.companion.archive import archive
from watchdog.model import Cause, Sureness
from watchdog.stages.clues.scene import Outside


@pytest.fixture(scope="module")
def accompanied(
    wordpress_server: WordPress, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WordPress]:
    """Let the WordPress take in the companion, for all tests here."""
    packed = tmp_path_factory.mktemp("companion") / "companion.zip"
    packed.write_bytes(archive(KEY, keep_tests_out=False, keep_days=30))
    wordpress_server.go_on()
    wordpress_server.take_in(packed)
    yield wordpress_server
    wordpress_server.delete_plugin()


@pytest.fixture
def site(accompanied: WordPress, wordpress: WordPress) -> Iterator[WordPress]:
    """Give the WordPress, which mails as it should at first."""
    assert wordpress is accompanied
    yield wordpress
    wordpress.mend_form()
    wordpress.mail_by(Sendmail.WORKING)


@pytest.fixture
async def case(
    tmp_path: Path, site: WordPress, inbox: Inbox, outside: Outside
) -> AsyncIterator[Inquest]:
    (tmp_path / "key").touch(mode=0o600)
    (tmp_path / "key").write_text(KEY)
    store = ('store.kind = "companion"', 'store.key = { file = "key" }')
    path = configured(tmp_path, site.feedback_url, inbox, *store)
    async with inquest(path, inbox.host, outside) as case:
        yield case


async def test_nothing_is_blamed_while_mail_comes(case: Inquest) -> None:
    assert await case.cause() is None


async def test_3_a_login_that_fails_is_found_out(
    case: Inquest, site: WordPress, mail_host: MailHost
) -> None:
    site.mail_through(mail_host.postfix.login_port, "web@example.test", "old")

    assert await case.cause() == (Cause.MAIL_LOGIN, Sureness.PROVEN)


async def test_4_another_recipient_is_found_out(
    case: Inquest, site: WordPress, inbox: Inbox
) -> None:
    site.mail_to(f"old-{inbox.address}")

    assert await case.cause() == (Cause.WRONG_RECIPIENT, Sureness.LIKELY)


async def test_5_a_web_host_that_sends_no_mail_is_found_out(
    case: Inquest, site: WordPress
) -> None:
    site.mail_by(Sendmail.FAILING)

    assert await case.cause() == (Cause.UNTRUSTED_SENDER, Sureness.PROVEN)


async def test_6_a_guard_that_takes_people_for_robots_is_found_out(
    case: Inquest, site: WordPress
) -> None:
    site.guard()
    for _ in range(2):
        await case.send()

    assert await case.cause() == (Cause.SPAM_GUARD, Sureness.PROVEN)


async def test_12_a_program_that_sends_nothing_is_found_out(
    case: Inquest, site: WordPress
) -> None:
    site.skip_mail()

    assert await case.cause() == (Cause.BROKEN_HANDLER, Sureness.PROVEN)
