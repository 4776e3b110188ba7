"""Fifty people write to a WordPress; some are lost: each one's status is right."""

import json
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.world import command
from tests.world.config import Watched, imap, write_config
from tests.world.mail_host import DOMAIN, Inbox, MailHost
from tests.world.people import PEOPLE, Person
from tests.world.policy import Fault
from tests.world.visitor import submit
from tests.world.wordpress import Sendmail, WordPress

DEADLINE = 20
"""Seconds; a message that comes, comes sooner on any machine."""

STORE = """
[check.store]
kind = "cfdb7"
database = {{ file = "{url}" }}
"""


@dataclass
class Studio:
    """A business on WordPress, and all that befalls its mail."""

    site: WordPress
    inbox: Inbox

    def hear(self, *people: Person) -> None:
        """Let people write through the form, one after the other."""
        for person in people:
            said = {
                "inquiry_name": person.name,
                "inquiry_email": person.email,
                "inquiry_phone": person.phone,
                "inquiry_message": person.message,
            }
            assert "Thank you" in submit(self.site.url, said).words

    def lose(self, *people: Person) -> None:
        """Let the mails of these people vanish on their way."""
        self.inbox.fail(Fault.BLACK_HOLE)
        self.hear(*people)
        self.inbox.mend()

    def junk(self, *people: Person) -> None:
        """Let the mails of these people be taken for spam."""
        self.inbox.file_into("Junk")
        self.hear(*people)
        self.inbox.host.postfix.settle()
        self.inbox.mend()

    def bounce(self, *people: Person) -> None:
        """Write to an address that is gone; the bounce comes to the owner."""
        gone = Inbox(self.inbox.host, f"gone-{self.inbox.address}")
        gone.fail(Fault.BOUNCED)
        sendmail = f"exec {{sendmail}} -f {self.inbox.address}"
        self.site.mail_to(gone.address)
        (self.site.folder / "sendmail").write_text(
            f"#!/bin/sh\n{sendmail.format(sendmail=self.site.sendmail)}\n"
        )
        self.hear(*people)
        self.site.mail_to(self.inbox.address)
        self.site.mail_by(Sendmail.WORKING)
        gone.mend()

    def post(self, sender: str, subject: str, text: str) -> None:
        """Let somebody mail the owner directly."""
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = sender, self.inbox.address, subject
        mail.set_content(text)
        subprocess.run(
            [*self.site.sendmail.split(), "-f", sender],
            input=mail.as_bytes(),
            check=True,
            timeout=30,
        )


@pytest.fixture(scope="module")
def told(
    wordpress_server: WordPress,
    mail_host: MailHost,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Any]:
    """Let the story happen, and return what `missed --all --json` says of it."""
    studio = Studio(wordpress_server, Inbox(mail_host, f"studio@{DOMAIN}"))
    wordpress_server.go_on()
    wordpress_server.mail_by(Sendmail.WORKING)
    wordpress_server.mail_to(studio.inbox.address)
    by_fate = _by_fate()
    studio.hear(*by_fate("arrived")[:15])
    studio.lose(by_fate("lost alone")[0])
    studio.junk(*by_fate("junked"))
    studio.hear(*by_fate("arrived")[15:])
    studio.bounce(*by_fate("bounced"))
    studio.lose(*by_fate("outage"))
    lasts = time.monotonic() + DEADLINE
    studio.lose(*by_fate("lost and wrote directly"))
    for person in by_fate("lost and wrote directly"):
        studio.post(person.email, "Your form", f"Did my words come?\n{person.name}")
    time.sleep(1.1)  # CFDB7 keeps whole seconds: what comes after has to be later
    studio.hear(*by_fate("wrote twice"), *by_fate("after"))
    studio.lose(*by_fate("wrote twice"))
    forwarded = by_fate("after")[0]
    studio.post(
        f"colleague@{DOMAIN}",
        "Fwd: New message on Linden Garage",
        "Is that for you?\n\n---------- Forwarded message ---------\n"
        f"From: WordPress\n\nName: {forwarded.name}\nEmail: {forwarded.email}\n"
        f"Phone: {forwarded.phone}\n\n{forwarded.message}\n",
    )
    mail_host.postfix.settle()
    time.sleep(max(0.0, lasts - time.monotonic()))
    config = _configured(tmp_path_factory.mktemp("story"), studio)
    ended = command.run(config, "missed", "--all", "--json")
    assert ended.code == 2, ended.talk
    said: Mapping[str, Any] = json.loads(ended.out)
    return said


def _by_fate() -> Callable[[str], list[Person]]:
    return lambda fate: [person for person in PEOPLE if person.fate == fate]


def _configured(folder: Path, studio: Studio) -> Path:
    config = write_config(
        folder,
        Watched(
            url=studio.site.url,
            mailbox=imap(studio.inbox),
            expected=f"{DEADLINE}s",
            deadline=f"{DEADLINE}s",
        ),
    )
    database = folder / "database"
    database.touch(mode=0o600)
    socket = studio.site.folder / "mariadb.sock"
    database.write_text(f"mysql://root@localhost/wordpress?unix_socket={socket}")
    with config.open("a") as file:
        file.write(STORE.format(url=database))
    return config


def test_the_story_is_of_fifty_inquiries() -> None:
    twice = sum(person.fate == "wrote twice" for person in PEOPLE)

    assert len(PEOPLE) + twice == 50


@pytest.mark.parametrize("person", PEOPLE, ids=lambda person: person.name)
def test_what_became_of_each_inquiry_is_told_right(
    told: Mapping[str, Any], person: Person
) -> None:
    rows = [row for row in told["inquiries"] if row["email"] == person.email]
    statuses = sorted(row["status"] for row in rows)
    assert statuses == sorted(person.statuses), [row["evidence"] for row in rows]


def test_every_inquiry_is_told_whole_and_once(told: Mapping[str, Any]) -> None:
    rows = told["inquiries"]

    said = Counter((row["name"], row["message"]) for row in rows)
    wrote = Counter((one.name, one.message) for one in PEOPLE for _ in one.statuses)
    assert said == wrote


def test_the_window_of_loss_holds_the_outage(told: Mapping[str, Any]) -> None:
    window = told["window"]
    lost = [row["submitted_at"] for row in told["inquiries"]]

    assert window["possible_from"] <= window["proven_from"] <= window["proven_to"]
    assert min(lost) <= window["proven_from"] <= max(lost)
