"""Signs that real inquiries go astray: they arrive, where hardly anybody looks."""

from collections.abc import Iterator, Mapping

from watchdog.model import CheckName, InquiryStatus
from watchdog.rules.catalogue import ENGLISH, Catalogue
from watchdog.rules.warning import Sign

DAYS = 7
"""So far back we look; when none was seen for so long, it is over."""

REACHED = (
    InquiryStatus.ARRIVED,
    InquiryStatus.LATE,
    InquiryStatus.JUNKED,
    InquiryStatus.MISFILED,
)
"""What is in the mailbox, wherever."""


def signs_of_astray(
    site: str,
    check: CheckName,
    counts: Mapping[InquiryStatus, int],
    texts: Catalogue = ENGLISH,
) -> Iterator[Sign]:
    """Yield a sign for inquiries in the spam folder, and one for those in others.

    `counts` are of the last `DAYS`.
    """
    checks, reached = frozenset({check}), sum(counts.get(one, 0) for one in REACHED)
    if junked := counts.get(InquiryStatus.JUNKED, 0):
        yield Sign(
            key=f"junked-inquiries:{site}",
            checks=checks,
            words=texts.say(
                "Real inquiries from {site} land in the spam folder: {count} of the"
                " {all} that came in a week.",
                site=site,
                count=junked,
                all=reached,
            ),
            advice=texts.say(
                "Answer these people, and mark their messages as not spam:"
                " “{command}” shows who they are. Have the website send through an"
                " authenticated account of your domain.",
                command="contact-watchdog missed",
            ),
        )
    if misfiled := counts.get(InquiryStatus.MISFILED, 0):
        yield Sign(
            key=f"misfiled-inquiries:{site}",
            checks=checks,
            words=texts.say(
                "Real inquiries from {site} come into a folder other than the inbox:"
                " {count} of the {all} that came in a week.",
                site=site,
                count=misfiled,
                all=reached,
            ),
            advice=texts.say(
                "Look for a filter rule that moves them, if it is not yours:"
                " “{command}” shows who they are.",
                command="contact-watchdog missed",
            ),
        )
