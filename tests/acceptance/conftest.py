"""The world in which the stories happen: servers for the session, mailboxes for one."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.world import command
from tests.world.companion import configured, logged
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.pages import Site
from tests.world.wagtail_site import Wagtail
from tests.world.wordpress import Sendmail, WordPress

NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def world(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Make a folder for the servers; it is kept, with their logs, if a test fails.

    Its path is short, for the sockets' sake, and all users may enter it.
    """
    folder = Path(tempfile.mkdtemp(prefix="world-", dir="/tmp"))
    folder.chmod(0o755)
    yield folder
    if request.session.testsfailed:
        request.config.get_terminal_writer().line(f"\nThe servers' logs: {folder}")
    else:
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def mail_host(world: Path) -> Iterator[MailHost]:
    """Run Postfix and Dovecot."""
    host = MailHost.start(world)
    yield host
    host.stop()


@pytest.fixture
def inbox(mail_host: MailHost) -> Iterator[Inbox]:
    """Give an owner's address that no other test has used."""
    inbox = Inbox(mail_host, f"owner{next(NUMBERS)}@{DOMAIN}")
    yield inbox
    mail_host.postfix.go_on()
    inbox.mend()


@pytest.fixture
def visitor(mail_host: MailHost) -> Inbox:
    """Give a visitor's address that no other test has used."""
    return Inbox(mail_host, f"visitor{next(NUMBERS)}@{DOMAIN}")


@pytest.fixture
def site(inbox: Inbox) -> Iterator[Site]:
    """Run the old website, which mails to `inbox`."""
    site = Site.start(smtp_port=inbox.host.postfix.smtp_port, owner=inbox.address)
    yield site
    site.stop()


@pytest.fixture(scope="session")
def wagtail_server(world: Path, mail_host: MailHost) -> Iterator[Wagtail]:
    folder = world / "wagtail"
    folder.mkdir()
    server = Wagtail.start(folder, smtp_port=mail_host.postfix.smtp_port)
    yield server
    server.stop()


@pytest.fixture
def wagtail(wagtail_server: Wagtail, inbox: Inbox) -> Wagtail:
    """Let Wagtail mail to `inbox`."""
    wagtail_server.go_on()
    wagtail_server.mail_to(inbox.address)
    return wagtail_server


@pytest.fixture(scope="session")
def wordpress_server(world: Path, mail_host: MailHost) -> Iterator[WordPress]:
    folder = world / "wordpress"
    folder.mkdir()
    server = WordPress.start(folder, sendmail=mail_host.postfix.sendmail)
    yield server
    server.close()


@pytest.fixture
def wordpress(wordpress_server: WordPress, inbox: Inbox) -> WordPress:
    """Let WordPress mail to `inbox`, by a working sendmail."""
    wordpress_server.go_on()
    wordpress_server.mail_by(Sendmail.WORKING)
    wordpress_server.mail_to(inbox.address)
    return wordpress_server


@pytest.fixture(scope="session")
def companion_zip(
    wordpress_server: WordPress, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Make the plugin by the command."""
    folder = tmp_path_factory.mktemp("companion")
    anywhere = f'kind = "maildir"\npath = "{folder}"'
    config = configured(folder, wordpress_server, anywhere, waits="1m")
    ended = command.run(config, "companion", "wordpress", "--output", "plugin.zip")
    assert ended.code == 0, ended.talk
    return folder / "plugin.zip"


@pytest.fixture
def companion_site(wordpress: WordPress, companion_zip: Path) -> Iterator[WordPress]:
    """Let the site take the plugin in, for a while."""
    words = logged(wordpress)
    wordpress.take_in(companion_zip)
    yield wordpress
    wordpress.mend_form()
    wordpress.delete_plugin()
    assert logged(wordpress) == words
