"""What is going on, on the terminal of whoever waits; silent elsewhere."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from rich.console import Console
from rich.markup import escape
from rich.progress import (
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress_bar import ProgressBar
from rich.table import Column

from watchdog.cli.streams import plain
from watchdog.model import CheckName, Outcome

MOST_SHOWN = 40
"""Characters of a check's name in its row: the news behind it has to be seen."""


class _TowardsDeadline(ProgressColumn):
    """A bar that fills with the time that the message has had."""

    def render(self, task: Task) -> ProgressBar:
        elapsed = task.finished_time if task.finished else task.elapsed
        return ProgressBar(total=task.total, completed=elapsed or 0, width=12)


@contextmanager
def progress(
    deadlines: Sequence[tuple[CheckName, timedelta]],
) -> Iterator[Callable[[CheckName, str], None]]:
    """Show a row per check, its bar filling towards the deadline.

    Yields what tells a row its news; the bar then begins anew, for the deadline
    counts from the moment the message has left us.  An outcome ends its row.
    Nothing is shown where stderr is no terminal.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _check, _words: None
        return
    columns = (
        SpinnerColumn(),
        TimeElapsedColumn(table_column=Column(min_width=7)),
        _TowardsDeadline(table_column=Column(min_width=12)),
        TextColumn(
            "{task.description}", table_column=Column(no_wrap=True, overflow="ellipsis")
        ),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        rows = {
            name: shown.add_task(_short(name), total=deadline.total_seconds())
            for name, deadline in deadlines
        }

        def tell(check: CheckName, words: str) -> None:
            row, said = rows[check], f"{_short(check)}: {words}"
            if isinstance(words, Outcome):
                total = shown.tasks[row].total
                shown.update(row, description=said, completed=total)
            else:
                shown.reset(row, description=said)

        yield tell


@contextmanager
def steps() -> Iterator[Callable[[str], None]]:
    """Show in one row what is just being done; silent where stderr is no terminal.

    Yields what takes the words; they may be a stranger's.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _words: None
        return
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as shown:
        row = shown.add_task("beginning", total=None)
        yield lambda words: shown.update(row, description=escape(plain(words)))


def _short(name: CheckName) -> str:
    return escape(name if len(name) <= MOST_SHOWN else f"{name[: MOST_SHOWN - 1]}…")
