"""How many were missed of whom we know no names: counts and estimates; pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from watchdog.account import Account
from watchdog.cli.times import local, stamp
from watchdog.rules.one_line import one_line
from watchdog.unkept import Estimated


def sentences(account: Account) -> Iterator[str]:
    """Yield each number as people read it: a count is called so, an estimate too."""
    for check, found in account.logged.items():
        first, last = found[0].inquiry, found[-1].inquiry
        yield (
            f"A count: the log of “{one_line(check)}” tells of {len(found)} from"
            f" {local(first.submitted_at)} to {local(last.submitted_at)} whose message"
            " is not in your inbox. It does not say who wrote, nor if they were people."
        )
    for one in account.estimates:
        yield _estimated(one)


def as_json(account: Account) -> Sequence[Mapping[str, Any]]:
    """Return the elements of `numbers`; absent values are null."""
    counts = [
        {
            "check": check,
            "kind": "count",
            "from_at": stamp(found[0].inquiry.submitted_at),
            "until_at": stamp(found[-1].inquiry.submitted_at),
            "count": len(found),
            "likely": None,
            "least": None,
            "most": None,
            "weeks": None,
        }
        for check, found in account.logged.items()
    ]
    return [*counts, *map(_estimate, account.estimates)]


def _estimated(one: Estimated) -> str:
    begin = local(one.begin)
    time = f"since {begin}" if one.end is None else f"from {begin} to {local(one.end)}"
    lost = f"Through “{one_line(one.check)}” messages were lost {time}"
    told = one.estimate
    if told is None:
        return f"{lost}. For an estimate of how many, too little is known of before."
    return (
        f"{lost}. An estimate, by the same hours of the {told.weeks} weeks before:"
        f" probably {told.least} to {told.most} inquiries."
    )


def _estimate(one: Estimated) -> Mapping[str, Any]:
    told = one.estimate
    return {
        "check": one.check,
        "kind": "estimate",
        "from_at": stamp(one.begin),
        "until_at": stamp(one.end),
        "count": None,
        "likely": round(told.likely, 2) if told else None,
        "least": told.least if told else None,
        "most": told.most if told else None,
        "weeks": told.weeks if told else None,
    }
