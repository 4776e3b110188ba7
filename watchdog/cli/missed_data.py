"""Who was missed, for scripts and for spreadsheets; pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from watchdog.account import Account
from watchdog.cli import missed_numbers
from watchdog.cli.missed_text import reasons
from watchdog.cli.times import local, stamp
from watchdog.model import Traced
from watchdog.rules import spreadsheet

COLUMNS = (
    "check",
    "id",
    "submitted_at",
    "name",
    "email",
    "phone",
    "subject",
    "message",
    "status",
    "certainty",
    "evidence",
    "case",
)


def as_json(account: Account, shown: Sequence[Traced]) -> Mapping[str, Any]:
    """Return what `missed --json` prints; absent values are null."""
    window = account.window
    return {
        "window": {
            "proven_from": stamp(window.proven_from),
            "proven_to": stamp(window.proven_to),
            "possible_from": stamp(window.possible_from),
            "possible_to": stamp(window.possible_to),
        },
        "counts": dict(account.counts),
        "inquiries": [_element(one) for one in shown],
        "numbers": missed_numbers.as_json(account),
    }


def as_csv(shown: Sequence[Traced]) -> str:
    """Return the list as a spreadsheet takes it; times are local."""
    return spreadsheet.as_csv(COLUMNS, [_row(one) for one in shown])


def _element(traced: Traced) -> Mapping[str, Any]:
    inquiry, finding = traced.inquiry, traced.finding
    return {
        "check": inquiry.check,
        "id": inquiry.entry,
        "submitted_at": stamp(inquiry.submitted_at),
        "name": inquiry.name or None,
        "email": inquiry.email or None,
        "phone": inquiry.phone or None,
        "message": inquiry.message or None,
        "status": traced.status,
        "certainty": finding.certainty if finding else None,
        "evidence": finding.evidence if finding else None,
        "case": traced.case.state if traced.case else None,
    }


def _row(traced: Traced) -> Sequence[str]:
    inquiry, finding = traced.inquiry, traced.finding
    return (
        inquiry.check,
        inquiry.entry,
        local(inquiry.submitted_at),
        inquiry.name,
        inquiry.email,
        inquiry.phone,
        inquiry.subject,
        inquiry.message,
        traced.status or "",
        finding.certainty if finding else "",
        " ".join(reasons(traced)),
        traced.case.state if traced.case else "",
    )
