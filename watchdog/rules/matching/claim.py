"""What speaks for a piece of mail being an inquiry's message, apart from the time."""

from dataclasses import dataclass

from watchdog.rules.matching.piece import Piece
from watchdog.rules.matching.sought import Sought

ALIKE = 0.7
"""Two texts of one language share so many common words that less proves nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """All that an inquiry and a piece of mail have in common."""

    sought: Sought
    piece: Piece
    in_subject: bool
    """The entry's number stands in the subject."""
    in_text: bool
    """The entry's number is marked as one in the text."""
    answers_to: bool
    """Reply-To is the person's address."""
    is_from: bool
    """From is the person's address: he wrote it himself, or the site in his name."""
    has_address: bool
    has_phone: bool
    has_name: bool
    is_foreign: bool
    """Reply-To is an address of somebody else, neither sender nor recipient."""
    is_his_copy: bool
    """The site sent it to the person alone."""
    share: float
    """How much of the inquiry's words is in the mail, 0 to 1, rare words first."""
    cover: float
    """How much of the mail's own words is in the inquiry."""
    shared: int
    """Words in common."""
    may_be_cut: bool
    """Enough of it is the person's own for a message of which the rest was cut."""
    strange: int
    """Words of the mail that are neither the inquiry's nor its sender's phrases."""
    says_little: bool
    is_notice: bool
    """It speaks of forms, entries, messages, as notices do."""

    @property
    def likeness(self) -> float:
        """How alike the texts are; a message that was cut is like the whole one."""
        return max(self.share, self.cover if self.may_be_cut else 0.0)

    @property
    def is_known(self) -> bool:
        """Whether the person's address connects the two."""
        return self.answers_to or self.is_from or self.has_address

    @property
    def has_number(self) -> bool:
        """Whether the mail names the entry's number."""
        return self.in_subject or self.in_text

    @property
    def is_worth_keeping(self) -> bool:
        """Whether anything at all connects the two."""
        points = self.is_known or self.has_number or self.has_phone or self.has_name
        return points or self.likeness >= ALIKE

    @property
    def strength(self) -> float:
        """What this counts beside other claims; the time decides among equals."""
        text = 3.0 * self.share + self.cover if self.likeness >= ALIKE else 0.0
        return round(
            text
            + (4.0 if self.in_subject else 2.0 if self.in_text else 0.0)
            + (3.0 if self.answers_to else 2.5 if self.is_known else 0.0)
            + (1.0 if self.has_phone else 0.0)
            + (1.0 if self.has_name else 0.0),
            1,
        )
