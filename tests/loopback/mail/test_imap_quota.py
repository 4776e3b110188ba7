"""How much room a mailbox has left, told by a real Dovecot and by odder servers."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from probes.mail.mailbox import Quota
from tests.loopback.mail.conftest import Open
from tests.world.dovecot import Dovecot
from tests.world.scripted_imap import ScriptedImap

KIB = 1024
LIMITS = """\
mail_plugins = quota
protocol imap {
  mail_plugins = quota imap_quota
}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=100K:messages=4
}
"""
PLAIN = {"host": "127.0.0.1", "security": "none"}


@pytest.fixture
def limited() -> Iterator[Dovecot]:
    """Run a mail host on which mailboxes are small."""
    with tempfile.TemporaryDirectory(prefix="dovecot-") as folder:
        Path(folder).chmod(0o755)
        (Path(folder) / "more.conf").write_text(LIMITS)
        server = Dovecot.start(Path(folder))
        yield server
        server.stop()


def scripted(quota: str) -> ScriptedImap:
    return ScriptedImap(
        {
            "CAPABILITY": "* CAPABILITY IMAP4rev1 QUOTA\r\nTAG OK\r\n",
            "GETQUOTAROOT": quota,
        }
    )


async def test_a_mailbox_tells_its_fullest_quota(
    open_mailbox: Open, limited: Dovecot, user: str
) -> None:
    mailbox = open_mailbox(port=limited.imaps_port, ca=limited.ca)
    for _ in range(2):
        limited.deliver(user, b"Subject: x\r\n\r\nx\r\n")

    by_messages = await mailbox.quota()
    limited.deliver(user, b"Subject: x\r\n\r\n" + (b"x" * 70 + b"\r\n") * 1250)
    by_bytes = await mailbox.quota()

    assert by_messages == Quota(used=2, limit=4)
    assert by_bytes is not None
    assert by_bytes.limit == 100 * KIB
    assert 80 * KIB < by_bytes.used < 100 * KIB


async def test_a_mail_host_without_quotas_tells_none(open_mailbox: Open) -> None:
    assert await open_mailbox().quota() is None


async def test_two_roots_are_two_limits_of_which_the_nearer_counts(
    open_mailbox: Open,
) -> None:
    answer = (
        '* QUOTAROOT INBOX "user" "domain"\r\n* QUOTA "user" (STORAGE 1 10)\r\n'
        '* QUOTA "domain" (STORAGE 90 100 X-RULES 1 1)\r\nTAG OK\r\n'
    )
    async with scripted(answer).running() as server:
        told = await open_mailbox(**PLAIN, port=server.port).quota()

    assert server.heard[-1] == 'GETQUOTAROOT "INBOX"'
    assert told == Quota(used=90 * KIB, limit=100 * KIB)


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param("TAG NO [NOPERM] Not for you\r\n", id="a secret"),
        pytest.param("* QUOTAROOT INBOX\r\nTAG OK\r\n", id="no root"),
        pytest.param('* QUOTA "" ()\r\nTAG OK\r\n', id="no limit"),
        pytest.param('* QUOTA "" (STORAGE 5 0)\r\nTAG OK\r\n', id="a limit of 0"),
    ],
)
async def test_what_is_not_told_is_no_quota(open_mailbox: Open, answer: str) -> None:
    async with scripted(answer).running() as server:
        mailbox = open_mailbox(**PLAIN, port=server.port)

        assert await mailbox.quota() is None
        assert await mailbox.folders()
