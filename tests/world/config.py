"""Configurations that watch forms and mailboxes of the tests' world."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.world.mail_host import Inbox

CONTACT = "it@example.test"


@dataclass(frozen=True, kw_only=True)
class Watched:
    """One form, and the mailbox that its messages come into."""

    url: str = ""
    """Empty where there is no form: then `more` says by which server it goes."""
    mailbox: str
    """Its table in TOML; checks with the same one share the mailbox."""
    name: str = "Contact form"
    expected: str = "20s"
    """A message that comes ends the waiting: this long only on a slow machine."""
    deadline: str = "20s"
    more: tuple[str, ...] = ()
    """Further lines of its table."""


def imap(
    inbox: Inbox,
    *more: str,
    port: int | None = None,
    password: str | None = None,
) -> str:
    """Return the table of an IMAP account, by TLS where `more` says nothing else."""
    dovecot = inbox.host.dovecot
    lines = (
        'kind = "imap"',
        'host = "localhost"',
        f"port = {port or dovecot.imaps_port}",
        f'user = "{inbox.address}"',
        f'password = {{ file = "{password or dovecot.password}" }}',
        f'ca = "{dovecot.ca}"',
        *more,
    )
    return "\n".join(lines)


def write_config(
    folder: Path, *watched: Watched, contact: str = CONTACT, visitor: str = CONTACT
) -> Path:
    """Write `config.toml` in `folder`, and passwords, in files of their own name."""
    for password in ("secret", "wrong"):
        path = folder / password
        path.touch(mode=0o600)
        path.write_text(password)
    boxes = list(dict.fromkeys(each.mailbox for each in watched))
    path = folder / "config.toml"
    path.write_text(
        "\n".join(
            [
                "[watchdog]",
                'ledger = "sqlite:///watchdog.db"',
                f'contact = "{contact}"',
                f'visitor = "{visitor}"',
                *(f"[mailbox.box{number}]\n{box}" for number, box in enumerate(boxes)),
                *(_check(each, boxes.index(each.mailbox)) for each in watched),
            ]
        )
    )
    return path


def _check(watched: Watched, box: int) -> str:
    lines: Sequence[str] = (
        "[[check]]",
        f'name = "{watched.name}"',
        f'expected = "{watched.expected}"',
        f'deadline = "{watched.deadline}"',
        f'mailbox = "box{box}"',
        *((f'form.url = "{watched.url}"',) if watched.url else ()),
        *watched.more,
    )
    return "\n".join(lines)
