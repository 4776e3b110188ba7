"""`recover` wins back the people whose messages were missed."""

import csv
import imaplib
import json
import signal
import ssl
from pathlib import Path

import pytest

from tests.world.command import BOUND, Ended, run, start
from tests.world.config import imap
from tests.world.mail_host import Inbox
from tests.world.shop import Shop, hours_ago, message

FROM = '[recovery]\nfrom_name = "Flora"\nkeywords = ["orchid"]\n'


@pytest.fixture
def shop(inbox: Inbox, tmp_path: Path) -> Shop:
    """Open a shop that three people have written to in vain."""
    shop = Shop.opened(tmp_path / "shop", imap(inbox))
    secret = tmp_path / "shop" / "secret"
    secret.touch(mode=0o600)
    secret.write_text("secret")
    arrives(shop, inbox, 2, 40)
    arrives(shop, inbox, 3, 2)
    shop.write(1, hours_ago(30))
    shop.write(4, hours_ago(20), name="Eve {{ 7 * 7 }}\nBcc: x@example.org")
    shop.write(5, hours_ago(10), email="", phone="+49 30 1234567")
    assert recover(shop, "missed").code == 2
    return shop


def arrives(shop: Shop, inbox: Inbox, number: int, hours: float) -> None:
    """Let an inquiry be written whose message comes."""
    at = hours_ago(hours)
    raw = message(shop.write(number, at), at)
    dovecot = inbox.host.dovecot
    context = ssl.create_default_context(cafile=dovecot.ca)
    with imaplib.IMAP4_SSL(
        "localhost", dovecot.imaps_port, ssl_context=context
    ) as imap:
        imap.login(inbox.address, dovecot.password)
        imap.append("INBOX", "", imaplib.Time2Internaldate(at), raw)


def recover(shop: Shop, *words: str) -> Ended:
    path = shop.config
    path.write_text(path.read_text() + FROM)
    return run(path, *words)


def send(inbox: Inbox) -> None:
    """Send all drafts, as the owner's mail program does."""
    dovecot = inbox.host.dovecot
    dovecot.doveadm("move", "-u", inbox.address, "Sent", "mailbox", "Drafts", "all")


def test_the_missed_are_written_to_answer_and_wait_no_more(
    shop: Shop, inbox: Inbox
) -> None:
    waiting = recover(shop, "recover", "list")
    drafted = recover(shop, "recover", "draft", "--all-open")
    letters = inbox.mail("Drafts")
    send(inbox)
    answer = b"From: bo@visitor.example\r\nSubject: Re: x\r\n\r\nThank you!\r\n"
    found = json.loads(recover(shop, "missed", "--json").out)
    inbox.host.dovecot.deliver(inbox.address, answer)
    cases = json.loads(recover(shop, "recover", "list", "--json").out)
    called = recover(shop, "recover", "contacted", "3", "--note", "wants an offer")
    twice = recover(shop, "recover", "contacted", "1")
    report = recover(shop, "recover", "report", "--json")

    assert (waiting.code, waiting.talk) == (1, "3 people wait for you.\n")
    _, *lines = waiting.out.splitlines()
    assert [one.split()[4] for one in lines] == ["Eve", "Finn", "Bo"]
    assert drafted.code == 1
    slip = "Finn Juhl (case 3) left no usable address. Call +49 30 1234567"
    assert slip in drafted.talk
    assert [str(one["To"]) for one in letters] == [
        '"Eve {{ 7 * 7 }} Bcc x example.org" <eve@visitor.example>',
        "Bo Ek <bo@visitor.example>",
    ]
    assert {str(one["From"]) for one in letters} == {f"Flora <{inbox.address}>"}
    assert "> My orchid loses its leaves" in letters[0].get_content()
    assert letters[0]["Bcc"] is None
    assert found["counts"]["missing"] == 3, "a letter to them is no arrival"
    states = {one["case"]: one["state"] for one in cases}
    assert states == {1: "answered", 2: "contacted", 3: "open"}
    assert called.code == 0
    assert twice.code == 3
    assert "is answered already" in twice.talk
    figures = json.loads(report.out)
    assert (report.code, figures["waiting"], figures["answered"]) == (0, 0, 1)
    assert figures["longest_seconds"] >= 30 * 3600


def test_a_command_killed_at_any_time_leaves_one_letter(
    shop: Shop, inbox: Inbox
) -> None:
    path = shop.config
    path.write_text(path.read_text() + FROM)
    with start(path, "recover", "draft", "1") as process:
        while not inbox.mail("Drafts"):
            assert process.poll() in {None, 0}
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=BOUND)

    recover(shop, "recover", "draft", "1")

    assert len(inbox.mail("Drafts")) == 1


def test_the_desk_works_without_the_mailbox_too(shop: Shop) -> None:
    folder = shop.folder
    shop.mailbox = shop.mailbox.replace("port = ", "port = 1 # ")
    (folder / "mine.txt").write_text("Subject: Flowers\nMy dear {{ name }}\n")
    path = shop.config
    path.write_text(f'{path.read_text()}{FROM}letter = "mine.txt"\n')

    listed = run(path, "recover", "list", "--csv", "list.csv", "--vcard", "list.vcf")
    drafted = run(path, "recover", "draft", "1")
    written = run(path, "recover", "draft", "1", "2", "--eml", "letters")
    run(path, "recover", "report", "--html", "report.html")
    (folder / "mine.txt").write_text("My {{ deer }}\n")
    broken = run(path, "recover", "draft", "1", "--dry-run", "--again")

    assert listed.code == 1
    assert "“office” cannot be read now" in listed.talk
    with (folder / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert [one["case"] for one in told] == ["2", "3", "1"]
    assert told[1]["phone"] == "'+49 30 1234567"
    assert (folder / "list.vcf").read_bytes().count(b"BEGIN:VCARD") == 3
    assert "Waits longest" in (folder / "report.html").read_text(encoding="utf-8")
    for name in ("list.csv", "list.vcf", "report.html"):
        assert (folder / name).stat().st_mode & 0o077 == 0
    assert drafted.code == 3
    assert written.code == 0
    letters = sorted((folder / "letters").iterdir())
    assert [file.name for file in letters] == ["case-1.eml", "case-2.eml"]
    assert b"Subject: Flowers" in letters[0].read_bytes()
    assert broken.code == 3
    assert "mine.txt:1: knows no “deer”" in broken.talk
