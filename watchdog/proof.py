"""Whether an alarm that a channel took has come to its people, where that shows."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from probes.channels import sms
from probes.channels.message import Delivery, Notice, Report, Sent
from probes.errors import ProbeError, Unreachable
from probes.mail.mailbox import Bookmark, Folder, Mailbox, Role
from probes.mail.message import read_message
from probes.mail.open import open_mailbox
from probes.settings import (
    AppriseSettings,
    EmailSettings,
    ImapSettings,
    SmsSettings,
)
from watchdog.config import Config
from watchdog.model import ChannelName, Health
from watchdog.rules.fate import share_fate

CLOCK_SKEW = timedelta(minutes=10)
"""A mail host's clock may be so far behind ours."""

MAIL_PAUSE = 2.0
REPORT_PAUSE = 2.0
"""Seconds between two looks."""


class Result(StrEnum):
    """What a drill shows of a channel."""

    PROVEN = "proven"
    HANDED_OVER = "handed over"
    """Its server took the alarm; nobody can tell us more."""
    UNPROVEN = "unproven"
    """Its server took it, but it did not come where we would have seen it."""
    FAILED = "failed"

    @property
    def health(self) -> Health:
        """What it means for who relies on the channel."""
        if self is Result.FAILED:
            return Health.CRITICAL
        return Health.WARNING if self is Result.UNPROVEN else Health.OK


REPORTED: Mapping[Delivery, Result] = {
    Delivery.DELIVERED: Result.PROVEN,
    Delivery.FAILED: Result.FAILED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A result, and what was seen, in a sentence."""

    result: Result
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long we wait for a proof."""

    mail: timedelta = timedelta(minutes=2)
    report: timedelta = timedelta(minutes=1)


async def prove(
    config: Config,
    channel: ChannelName,
    notice: Notice,
    sent: Sent,
    patience: Patience,
) -> Proof:
    """Return how far `notice` has come, as soon as that is seen."""
    settings = config.channel[channel]
    match settings:
        case EmailSettings():
            proof = await _prove_mail(config, settings, notice, patience.mail)
        case SmsSettings():
            proof = await _prove_report(settings, sent, patience.report)
        case AppriseSettings():
            proof = Proof(result=Result.HANDED_OVER, words="The service took it.")
    if sent.refused and proof.result is not Result.FAILED:
        told = " ".join(f"{who}: {why}" for who, why in sent.refused.items())
        words = f"Not all were told. {told} {proof.words}"
        return Proof(result=Result.UNPROVEN, words=words)
    return proof


def mailboxes_of(config: Config, settings: EmailSettings) -> Iterator[ImapSettings]:
    """Yield the watched mailboxes into which mail of this channel comes."""
    for mailbox in config.mailbox.values():
        if not isinstance(mailbox, ImapSettings):
            continue
        if any(_is_of(mailbox, address) for address in settings.to):
            yield mailbox


def _is_of(mailbox: ImapSettings, address: str) -> bool:
    """Tell whether an account is that of an address; some leave its domain out."""
    name, _, domain = address.casefold().rpartition("@")
    user = mailbox.user.casefold()
    return user == f"{name}@{domain}" or (
        user == name and share_fate(domain, [mailbox.host])
    )


async def _prove_mail(
    config: Config, settings: EmailSettings, notice: Notice, patience: timedelta
) -> Proof:
    watched = list(mailboxes_of(config, settings))
    if not watched:
        words = "The mail server took it; nobody's mailbox is known to us, to look in."
        return Proof(result=Result.HANDED_OVER, words=words)
    proofs = await asyncio.gather(
        *(_look(mailbox, notice, patience) for mailbox in watched)
    )
    is_everywhere = all(proof.result is Result.PROVEN for proof in proofs)
    return Proof(
        result=Result.PROVEN if is_everywhere else Result.UNPROVEN,
        words=" ".join(proof.words for proof in proofs),
    )


async def _look(settings: ImapSettings, notice: Notice, patience: timedelta) -> Proof:
    """Look for the mail in every folder of one mailbox, until it is there."""
    whose, since = settings.user, notice.written_at - CLOCK_SKEW
    try:
        async with (
            asyncio.timeout(patience.total_seconds()),
            aclosing(open_mailbox(settings)) as mailbox,
        ):
            folder = await _found(mailbox, notice.message_id, since)
    except ProbeError as error:
        words = f"We could not look into the mailbox of {whose}: {error.message}"
        return Proof(result=Result.UNPROVEN, words=words)
    except TimeoutError:
        words = f"It did not come into the mailbox of {whose} in time."
        return Proof(result=Result.UNPROVEN, words=words)
    if folder.role is Role.SPAM:
        words = f"It lies in the spam folder “{folder.name}” of {whose}."
        return Proof(result=Result.UNPROVEN, words=words)
    return Proof(result=Result.PROVEN, words=f"Seen in “{folder.name}” of {whose}.")


async def _found(mailbox: Mailbox, message_id: str, since: datetime) -> Folder:
    """Return the folder in which a message lies, once it does."""
    known: dict[str, Bookmark] = {}
    while True:
        for folder in await mailbox.folders():
            is_read = False
            while not is_read:
                news = await mailbox.news(folder, known.get(folder.name, since))
                known[folder.name], is_read = news.bookmark, news.complete
                if any(_is(letter.raw, message_id) for letter in news.letters):
                    return folder
        await mailbox.wait(MAIL_PAUSE)


def _is(raw: bytes, message_id: str) -> bool:
    """Compare ids without their domain, which travels as ASCII."""
    name = message_id.strip("<>").rpartition("@")[0]
    return read_message(raw).message_id.rpartition("@")[0] == name


async def _prove_report(
    settings: SmsSettings, sent: Sent, patience: timedelta
) -> Proof:
    """Ask the gateway until it knows what became of the message."""
    said = sent.words
    try:
        async with asyncio.timeout(patience.total_seconds()):
            while True:
                report = await _report(settings, sent.reference)
                if report.delivery in REPORTED:
                    words = f"The gateway reports: {report.words}"
                    return Proof(result=REPORTED[report.delivery], words=words)
                said = report.words
                await asyncio.sleep(REPORT_PAUSE)
    except ProbeError as error:
        words = f"The gateway took it, and does not report more. {error.message}"
        return Proof(result=Result.HANDED_OVER, words=words)
    except TimeoutError:
        words = f"The gateway has not reported its delivery in time: {said}"
        return Proof(result=Result.UNPROVEN, words=words)


async def _report(settings: SmsSettings, reference: str) -> Report:
    """Return what the gateway tells; if it cannot be reached, it may be later."""
    try:
        return await sms.delivery(settings, reference)
    except Unreachable as error:
        return Report(delivery=Delivery.SENT, words=error.message)
