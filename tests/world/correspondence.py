"""A made-up business's mail: inquiries in many scripts, and what became of each."""

import random
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from probes.mail.mailbox import Letter, Role
from tests.world import notices
from tests.world.notices import OFFICE, SITE, mail
from watchdog.model import (
    CheckName,
    Inquiry,
    InquiryId,
    InquiryStatus,
    Mail,
    MailboxName,
    MailId,
)
from watchdog.rules.matching import Scope
from watchdog.stages.mail_facts import mail_of

CHECK = CheckName("studio")
MAILBOX = MailboxName("office")
KEY = b"k" * 32
START = datetime(2026, 3, 1, 8, tzinfo=UTC)

_BLOCKS = (Path(__file__).with_name("tongues.txt")).read_text().split("\n\n")
NAMES, WORDS, UNBLANKED, SPICE, SHORT = (block.splitlines() for block in _BLOCKS)
"""Names, vocabularies, texts without blanks, ends of texts, and very short ones."""


@dataclass(slots=True)
class Correspondence:
    """Inquiries with the statuses that they deserve, and the mail of the same time."""

    inquiries: list[Inquiry] = field(default_factory=list)
    truth: dict[InquiryId, InquiryStatus] = field(default_factory=dict)
    mails: list[Mail] = field(default_factory=list)


class Business:
    """Makes up a correspondence, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._at = START
        self.made = Correspondence()

    def write(self, count: int) -> Correspondence:
        """Let `count` inquiries or a few more come, each with a fate of its own."""
        fates = (
            *[self._arrives] * 12,
            *[self._is_lost] * 3,
            self._is_junked,
            self._is_misfiled,
            self._is_late,
            self._is_moved,
            self._is_thrown_away,
            self._is_only_answered,
            self._bounces,
            self._writes_directly,
            self._returns,
            self._asks_twice,
            self._is_copied,
            self._gets_only_his_copy,
        )
        while len(self.made.inquiries) < count:
            self._dice.choice(fates)()
        return self.made

    def _arrives(self) -> None:
        self._put(self._ask(InquiryStatus.ARRIVED))

    def _is_lost(self) -> None:
        self._ask(InquiryStatus.MISSING)

    def _is_junked(self) -> None:
        self._put(self._ask(InquiryStatus.JUNKED), "Junk", Role.SPAM)

    def _is_misfiled(self) -> None:
        self._put(self._ask(InquiryStatus.MISFILED), "Newsletters", Role.OTHER)

    def _is_late(self) -> None:
        hours = self._dice.randint(1, 20)
        self._put(self._ask(InquiryStatus.LATE), after=timedelta(hours=hours))

    def _is_moved(self) -> None:
        one = self._ask(InquiryStatus.ARRIVED)
        message = self._notice(one)
        message["Message-ID"] = f"<{one.id}@studio.example>"
        self.deliver(message, one.submitted_at)
        self.deliver(message, one.submitted_at, "Newsletters", Role.OTHER)

    def _is_thrown_away(self) -> None:
        self._put(self._ask(InquiryStatus.ARRIVED), "Trash", Role.TRASH)

    def _is_only_answered(self) -> None:
        one = self._ask(InquiryStatus.ARRIVED)
        quote = "\n".join(f"> {line}" for line in one.message.splitlines())
        text = f"Yes, gladly.\n\nOn 3 May 2026 at 10:00 {one.name} wrote:\n{quote}"
        answer = mail(
            "Re: Contact",
            text,
            from_=OFFICE,
            to=one.email,
            In_Reply_To=f"<gone-{one.id}@studio.example>",
        )
        self.deliver(answer, one.submitted_at, "Sent", Role.SENT, minutes=90)

    def _bounces(self) -> None:
        one = self._ask(InquiryStatus.MISSING)
        text = (
            "This is the mail system. Your message could not be delivered.\n\n"
            f"<{OFFICE}>: mailbox full\n\n"
            "--- Below this line is a copy of the message.\n\n"
            f"From: {SITE}\nTo: {OFFICE}\nSubject: Contact\n\n{one.message}\n"
        )
        daemon = "MAILER-DAEMON@studio.example"
        bounce = mail("failure notice", text, from_=daemon, to=SITE)
        self.deliver(bounce, one.submitted_at)

    def _writes_directly(self) -> None:
        one = self._ask(InquiryStatus.MISSING)
        text = f"{self._text()}\n\n{one.name}"
        self.deliver(mail("Hello", text, from_=one.email), one.submitted_at, minutes=30)

    def _returns(self) -> None:
        first = self._ask(InquiryStatus.ARRIVED)
        self._put(first)
        for status in self._dice.sample(
            (InquiryStatus.ARRIVED, InquiryStatus.MISSING), 2
        ):
            again = self._ask(status, person=first)
            if status is InquiryStatus.ARRIVED:
                self._put(again)

    def _asks_twice(self) -> None:
        first = self._ask(InquiryStatus.MISSING, text=self._dice.choice(SHORT))
        self._at += timedelta(hours=self._dice.randint(2, 30))
        text = first.message
        self._put(self._ask(InquiryStatus.ARRIVED, person=first, text=text))

    def _is_copied(self) -> None:
        """Let two people send the same text; one of them gets through."""
        first = self._ask(InquiryStatus.MISSING)
        self._put(self._ask(InquiryStatus.ARRIVED, text=first.message))

    def _gets_only_his_copy(self) -> None:
        one = self._ask(InquiryStatus.MISSING)
        text = f"Thank you, {one.name}. You wrote:\n\n{one.message}"
        copy = mail("We got your message", text, to=one.email)
        self.deliver(copy, one.submitted_at)

    def _ask(
        self,
        status: InquiryStatus,
        *,
        person: Inquiry | None = None,
        text: str | None = None,
    ) -> Inquiry:
        self._at += timedelta(seconds=self._dice.expovariate(1 / 1800))
        number = len(self.made.inquiries) + 1
        one = Inquiry(
            id=InquiryId(number),
            check=CHECK,
            entry=str(4000 + number),
            submitted_at=self._at,
            name=person.name if person else self._dice.choice(NAMES),
            email=person.email if person else self._address(number),
            phone=person.phone if person else self._phone(),
            message=self._text() if text is None else text,
        )
        self.made.inquiries.append(one)
        self.made.truth[InquiryId(number)] = status
        return one

    def _address(self, number: int) -> str:
        domain = self._dice.choice(("example.org", "müller.example", "mail.example"))
        tag = self._dice.choice(("", "", "+site"))
        return f"visitor{number}{tag}@{domain}"

    def _phone(self) -> str:
        return self._dice.choice(("", f"+49 30 {self._dice.randint(10**6, 10**7)}"))

    def _text(self) -> str:
        dice = self._dice
        spice = " " + dice.choice(["", *SPICE]).replace("\\n", "\n")
        if dice.random() < 0.2:
            letters = dice.choice(UNBLANKED)
            return "".join(dice.choices(letters, k=dice.randint(15, 60))) + spice
        words = dice.choice(WORDS).split()
        length = dice.choice((8, 15, 20, 40, 60, 60, 100, 600))
        numbers = [str(dice.randint(1, 3000)) for _ in range(length // 8 + 1)]
        text = [*dice.choices(words, k=length), *numbers]
        dice.shuffle(text)
        return " ".join(text) + spice

    def _notice(self, one: Inquiry) -> EmailMessage:
        said_enough = len(one.message) > 40
        choices: Sequence[notices.Notice] = notices.NOTICES
        if not said_enough:
            choices = [each for each in choices if each is not notices.cut]
        return self._dice.choice(choices)(one)

    def _put(
        self,
        one: Inquiry,
        folder: str = "INBOX",
        role: Role = Role.INBOX,
        *,
        after: timedelta = timedelta(),
    ) -> None:
        self.deliver(self._notice(one), one.submitted_at + after, folder, role)

    def deliver(
        self,
        message: EmailMessage,
        at: datetime,
        folder: str = "INBOX",
        role: Role = Role.INBOX,
        *,
        minutes: float = 0,
    ) -> None:
        """Put a mail into a folder, as a mailbox would hand it out."""
        number = len(self.made.mails) + 1
        arrived_at = at + timedelta(minutes=minutes, seconds=self._dice.randint(0, 90))
        raw = message.as_bytes()
        letter = Letter(
            folder=folder,
            role=role,
            validity=1,
            uid=number,
            arrived_at=arrived_at,
            size=len(raw),
            raw=raw,
        )
        mail_ = mail_of(letter, MAILBOX, KEY, seen_at=arrived_at)
        self.made.mails.append(replace(mail_, id=MailId(number)))


def chatter(words: int, count: int, *, days: int, seed: int) -> Iterator[Mail]:
    """Yield mails that have nothing to do with any form, quickly: as traits alone."""
    dice = random.Random(seed)
    vocabulary = [dice.randrange(1 << 28, 1 << 32) for _ in range(words)]
    for number in range(count):
        length = dice.randint(20, 120)
        found = {vocabulary[int(words * dice.random() ** 4)] for _ in range(length)}
        at = START + timedelta(days=days * dice.random())
        yield Mail(
            id=MailId(10**6 + number),
            mailbox=MAILBOX,
            folder="INBOX",
            role="inbox",
            validity=2,
            uid=number + 1,
            arrived_at=at,
            seen_at=at,
            message_id=f"{number}@chatter.example",
            senders=(f"person{dice.randint(1, 5000)}@elsewhere.example",),
            recipients=(OFFICE,),
            subject="About something else",
            traits=array("I", sorted(found)),
        )


def scope(made: Correspondence) -> Scope:
    """Return a mailbox that was read to its end long after the last inquiry."""
    now = made.inquiries[-1].submitted_at + timedelta(days=30)
    return Scope(
        now=now,
        deadline=timedelta(minutes=15),
        mailbox=MAILBOX,
        seen_from=START - timedelta(days=30),
        seen_to=now,
        watched_from=None,
    )
