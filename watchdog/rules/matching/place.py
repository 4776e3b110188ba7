"""What the folders in which a mail was seen say of whether its owner has it."""

from watchdog.model import InquiryStatus, Mail
from watchdog.rules.matching.piece import WRITTEN, Piece, is_put_away


def status_of(piece: Piece, *, is_late: bool) -> tuple[InquiryStatus, Mail]:
    """Return the status of the inquiry that `piece` is, and the mail that shows it.

    A mail that was in the inbox once was before the owner's eyes, wherever it
    lies now.  One that was thrown away out of the spam folder was not.
    """
    came = [mail for mail in piece.mails if mail.role not in WRITTEN]
    if not came:
        return _in_time(is_late=is_late), piece.first
    for mail in came:
        is_had = mail.role == "inbox" or (
            is_put_away(mail) and (mail.role != "trash" or came[0].role != "spam")
        )
        if is_had or (mail.role == "other" and mail.is_read):
            return _in_time(is_late=is_late), mail
    if came[0].role == "spam":
        return InquiryStatus.JUNKED, came[0]
    return InquiryStatus.MISFILED, came[0]


def _in_time(*, is_late: bool) -> InquiryStatus:
    return InquiryStatus.LATE if is_late else InquiryStatus.ARRIVED
