"""Who was missed, as one page to print or mail: no script, nothing from elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from jinja2 import Environment, StrictUndefined

from watchdog.account import Account
from watchdog.cli import missed_numbers
from watchdog.cli.missed_text import groups, reach, reasons, summary, window_lines
from watchdog.cli.times import ago, local, stamp
from watchdog.model import Traced
from watchdog.rules.one_line import beginning, one_line

TITLE = "Who wrote to you, and was not heard"
MOST_NAME = 100
MOST_WORDS = 20_000


def as_html(account: Account, *, every: bool) -> str:
    """Return the page.  Whatever strangers wrote stands in it as text alone."""
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    source = files("watchdog.cli").joinpath("missed.html").read_text(encoding="utf-8")
    return environment.from_string(source).render(
        title=TITLE,
        at=local(account.now),
        health=account.health.value,
        summary=[
            *summary(account),
            *window_lines(account.window),
            *missed_numbers.sentences(account),
        ],
        groups=list(_groups(account, every=every)),
    )


def _groups(
    account: Account, *, every: bool
) -> Iterator[tuple[str, Sequence[Mapping[str, str | None]]]]:
    for heading, found in groups(account, every=every):
        if found:
            yield heading, [_entry(one, account) for one in found]


def _entry(traced: Traced, account: Account) -> Mapping[str, str | None]:
    inquiry = traced.inquiry
    age = ago(account.now - inquiry.submitted_at)
    return {
        "name": beginning(inquiry.name, MOST_NAME) or "(no name)",
        "stamp": stamp(inquiry.submitted_at),
        "when": f"{local(inquiry.submitted_at)}, {age}",
        "case": f"{traced.case.state}" if traced.case else None,
        "reach": reach(inquiry),
        "words": _words(inquiry.message or inquiry.subject),
        "why": " ".join(reasons(traced)),
        "place": f"({one_line(inquiry.check)}, {beginning(inquiry.entry, MOST_NAME)})",
    }


def _words(text: str) -> str:
    """Return a text with its lines, without what cannot be seen."""
    kept = text[:MOST_WORDS].splitlines()
    return "\n".join(one_line(line, MOST_WORDS) for line in kept).strip()
