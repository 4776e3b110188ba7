"""An alarm's way through a real Postfix into a real mailbox."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from probes.channels.send import send
from probes.settings import EmailSettings, SmtpServer
from tests.loopback.channels.notices import NOTICE
from tests.world.mail_host import DOMAIN, Inbox, MailHost


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    # Postfix's sockets want a short path, and all its users must enter it.
    folder = Path(tempfile.mkdtemp(prefix="world-", dir="/tmp"))
    folder.chmod(0o755)
    host = MailHost.start(folder)
    yield Inbox(host, f"owner@{DOMAIN}")
    host.stop()
    shutil.rmtree(folder)


async def test_an_alarm_arrives_as_it_was_written(inbox: Inbox) -> None:
    server = SmtpServer(
        host="localhost", port=inbox.host.postfix.smtp_port, security="none"
    )
    settings = EmailSettings(
        to=(inbox.address,), sender=f"alarms@{DOMAIN}", server=(server,)
    )

    sent = await send(settings, NOTICE)

    mail = await asyncio.to_thread(inbox.wait_for_mail)
    assert mail["Message-ID"] == sent.reference == NOTICE.message_id
    assert mail["Subject"] == NOTICE.subject
    assert mail["References"] == NOTICE.in_reply_to
    text = mail.get_body(("plain",))
    assert text is not None
    assert "Grüße" in text.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["missed.csv"]
    assert "queued as" in sent.words
