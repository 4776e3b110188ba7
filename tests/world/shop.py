"""A shop whose website keeps its inquiries in a file, and whose mail is in files."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import Self

from tests.world.config import CONTACT

COLUMNS = ("id", "submitted_at", "name", "email", "phone", "message", "status")
CHECK = "Flower shop"

WISHES = (
    "Could you deliver forty white roses to the town hall on Saturday morning?",
    "Please tell me what a wedding bouquet with peonies would cost in June.",
    "I would like to order a wreath for my grandmother's funeral next Tuesday.",
    "Do you rent out olive trees for a party, and do you bring them by yourself?",
    "My orchid loses its leaves; may I bring it along and have you look at it?",
    "We open a restaurant and need fresh flowers for twelve tables every week.",
)
PEOPLE = ("Ada Byron", "Bo Ek", "Cem Dur", "Dora Fink", "Eve Hall", "Finn Juhl")


@dataclass(kw_only=True)
class Shop:
    """The website's file of inquiries, the mail folders, and our configuration."""

    folder: Path
    mailbox: str = 'kind = "mbox"\npath = "mail"'
    """Its table in TOML."""
    deadline: str = "15m"
    rows: list[Mapping[str, str]] = field(default_factory=list)

    @classmethod
    def opened(cls, folder: Path, mailbox: str = "") -> Self:
        """Open a shop to which nobody has written."""
        (folder / "mail").mkdir(parents=True)
        shop = cls(folder=folder)
        if mailbox:
            shop.mailbox = mailbox
        else:
            (folder / "mail" / "INBOX.mbox").touch()
        shop.keep()
        return shop

    @property
    def config(self) -> Path:
        """Where the configuration is, written anew at each call."""
        path = self.folder / "config.toml"
        path.write_text(
            f"""
[watchdog]
ledger = "sqlite:///watchdog.db"
contact = "{CONTACT}"
[mailbox.office]
{self.mailbox}
[[check]]
name = "{CHECK}"
mailbox = "office"
deadline = "{self.deadline}"
form.url = "http://127.0.0.1:9/contact"
[check.store]
kind = "csv"
path = "inquiries.csv"
"""
        )
        return path

    def keep(self) -> None:
        """Let the website write its file."""
        with (self.folder / "inquiries.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(self.rows)

    def write(self, number: int, at: datetime, **more: str) -> Mapping[str, str]:
        """Let a person write an inquiry that the website keeps."""
        name = PEOPLE[number % len(PEOPLE)]
        row = {
            "id": str(number),
            "submitted_at": at.isoformat(),
            "name": name,
            "email": f"{name.split()[0].lower()}@visitor.example",
            "message": WISHES[number % len(WISHES)],
            **more,
        }
        self.rows.append(row)
        self.keep()
        return row

    def file(self, raw: bytes, at: datetime, folder: str = "INBOX") -> None:
        """Put a mail into an mbox file."""
        body = b"\n".join(
            b">" + line if line.startswith(b"From ") else line
            for line in raw.splitlines()
        )
        stamp = at.strftime("%a %b %e %H:%M:%S %Y").encode()
        with (self.folder / "mail" / f"{folder}.mbox").open("ab") as file:
            file.write(b"From site@shop.example " + stamp + b"\n" + body + b"\n\n")


def message(
    row: Mapping[str, str], at: datetime, *, to: str = "office@shop.example"
) -> bytes:
    """Return the mail that a website makes of an inquiry."""
    mail = EmailMessage()
    mail["From"] = "Flower shop <site@shop.example>"
    mail["Reply-To"] = f"{row['name']} <{row['email']}>"
    mail["To"] = to
    mail["Subject"] = "New message from your website"
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = f"<{row['id']}.{at.timestamp():.0f}@shop.example>"
    mail.set_content(f"Name: {row['name']}\nMessage:\n{row['message']}\n")
    return mail.as_bytes()


def answer(row: Mapping[str, str], at: datetime) -> bytes:
    """Return the owner's answer to an inquiry, which quotes it."""
    mail = EmailMessage()
    mail["From"] = "office@shop.example"
    mail["To"] = row["email"]
    mail["Subject"] = "Re: New message from your website"
    mail["Date"] = format_datetime(at)
    mail["In-Reply-To"] = f"<{row['id']}.{at.timestamp():.0f}@shop.example>"
    quoted = "\n".join(f"> {line}" for line in row["message"].splitlines())
    mail.set_content(f"With pleasure!\n\nOn that day {row['name']} wrote:\n{quoted}\n")
    return mail.as_bytes()


def hours_ago(hours: float) -> datetime:
    """Return a time before now, in whole seconds."""
    now = datetime.now(UTC).replace(microsecond=0)
    return now - timedelta(hours=hours)


def ids(found: Sequence[Mapping[str, object]], status: str) -> set[object]:
    """Return the ids of those of `missed --json` that have this status."""
    return {one["id"] for one in found if one["status"] == status}
