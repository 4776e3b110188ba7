"""What any channel is given to tell, and what it tells of having done so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Literal

from probes.errors import ProbeError, Refused, Unintelligible, Unreachable


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with a notice, where the channel can carry one."""

    name: str
    kind: Literal["csv", "html", "jpeg"]
    content: str | bytes
    """Bytes of an image, else text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One alarm in all its lengths; each channel takes what it can carry."""

    subject: str
    text: str
    html: str
    """The same as `text`, as a whole page; empty for none."""
    short: str
    """The essence, for 160 characters: what does not fit is cut at its end."""
    written_at: datetime
    message_id: str
    """`<unique@domain>`: an alarm told twice bears the same one."""
    in_reply_to: str = ""
    """The message id of the first alarm about the same trouble, if any."""
    references: Sequence[str] = ()
    """The message ids of the alarms before this one, oldest first."""
    attachments: Sequence[Attachment] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """Somebody at least was told, as far as the channel's server knows."""

    reference: str
    """By which the channel's server knows it again; empty where it gave nothing."""
    words: str
    """What that server said."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """Who was not told, and why."""


class Delivery(StrEnum):
    """How far a message came, by a later report."""

    SENT = "sent"
    """On its way: nobody knows more yet."""
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a channel's server tells later of a message that it took."""

    delivery: Delivery
    words: str


def nobody_told(troubles: Sequence[ProbeError]) -> ProbeError:
    """Return one error for the `troubles` of all ways that were tried, at least one.

    It is permanent only if each of them is: else trying again may help.
    """
    words = " ".join(dict.fromkeys(trouble.message for trouble in troubles))
    if all(isinstance(trouble, Unreachable) for trouble in troubles):
        answered = any(getattr(trouble, "answered", False) for trouble in troubles)
        return Unreachable(words, answered=answered)
    if all(isinstance(trouble, Unintelligible) for trouble in troubles):
        return Unintelligible(words)
    permanent = all(
        isinstance(trouble, Refused) and trouble.permanent for trouble in troubles
    )
    return Refused(words, permanent=permanent)
