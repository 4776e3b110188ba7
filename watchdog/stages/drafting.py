"""Put the letter of a case among the drafts: once, whoever is killed meanwhile."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from probes.errors import ProbeError
from probes.mail.drafts import Drafts
from probes.settings import ImapSettings
from watchdog.config import Config
from watchdog.config.letters import letter_template
from watchdog.ledger import Ledger
from watchdog.model import CaseStep, CheckName, MailboxName, Missed, StepKind
from watchdog.rules import draft, person

LAPSE = timedelta(minutes=5)
"""After this long without a result, whoever was putting a letter there has died."""

MARGIN = timedelta(days=1)
"""By so much a mail host's clock may differ from ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A letter that is to lie among the drafts, and how it is known again there."""

    name: str
    """Of its file, where the drafts are files."""
    message_id: str
    raw: bytes


def site_of(config: Config, check: CheckName) -> str:
    """Return what people call the site they wrote to, as far as we know it."""
    for one in config.check:
        if one.name == check:
            return one.of_site
    return check


def mailbox_of(config: Config, check: CheckName) -> MailboxName | None:
    """Return the mailbox of a check; None if the configuration names it no more."""
    return next((one.mailbox for one in config.check if one.name == check), None)


def sender_of(config: Config, mailbox: MailboxName | None) -> draft.Sender:
    """Return who writes the letters to those whose message should have come there."""
    settings = config.mailbox.get(mailbox) if mailbox else None
    user = settings.user if isinstance(settings, ImapSettings) else ""
    return draft.Sender(
        name=config.recovery.from_name or "",
        address=config.recovery.sender
        or person.address_of(user)
        or config.watchdog.contact,
        language=config.watchdog.language,
    )


def letters_of(key: bytes, missed: Missed, sender: draft.Sender) -> list[str]:
    """Return the ids of all letters drafted for a case, and of those being drafted."""
    return [
        _id(key, missed, kind, number, sender)
        for kind in (StepKind.DRAFTED, StepKind.FOLLOWED_UP)
        for number in range(len(missed.steps) + 1)
    ]


def ready(
    config: Config, key: bytes, missed: Missed, kind: StepKind, *, now: datetime
) -> Ready:
    """Return the letter for a case.

    Raise `TemplateFault` or `ConfigError` where the owner's template is no good.
    """
    number = sum(step.kind is kind for step in missed.steps)
    sender = sender_of(config, mailbox_of(config, missed.inquiry.check))
    known = _id(key, missed, kind, number, sender)
    name = f"case-{missed.case.id}"
    if kind is StepKind.FOLLOWED_UP:
        name = f"{name}-follow-up"
    raw = draft.compose(
        missed,
        letter_template(config, kind),
        sender,
        message_id=known,
        site=site_of(config, missed.inquiry.check),
        now=now,
    )
    return Ready(
        name=f"{name}-{number + 1}" if number else name, message_id=known, raw=raw
    )


async def put_draft(
    ledger: Ledger, drafts: Drafts, missed: Missed, step: CaseStep, letter: Ready
) -> bool:
    """Put a letter there and write it down as `step`; False if another is at it.

    One that lies there already, since whoever put it there was killed before he
    could write it down, is not put there again.  Raise `ProbeError`.
    """
    if not await ledger.claim_draft(step.case, now=step.done_at, lapse=LAPSE):
        return False
    since = missed.case.opened_at - MARGIN
    try:
        if not await drafts.holds(letter.name, letter.message_id, since=since):
            await drafts.put(letter.name, letter.raw)
    except ProbeError:
        await ledger.release_draft(step.case)
        raise
    await ledger.release_draft(step.case, step)
    return True


def _id(
    key: bytes, missed: Missed, kind: StepKind, number: int, sender: draft.Sender
) -> str:
    if missed.case.id is None:
        raise ValueError("a case without a number has no letters")
    domain = sender.address.rpartition("@")[2]
    return draft.message_id(key, missed.case.id, kind, number, domain)
