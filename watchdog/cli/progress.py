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

from watchdog.model import CheckName


class _TowardsDeadline(ProgressColumn):
    """A bar that fills with the time that the message has had."""

    def render(self, task: Task) -> ProgressBar:
        return ProgressBar(total=task.total, completed=task.elapsed or 0, width=24)


@contextmanager
def progress(
    deadlines: Sequence[tuple[CheckName, timedelta]],
) -> Iterator[Callable[[CheckName, str], None]]:
    """Show a row per check, its bar filling towards the deadline.

    Yields what tells a row its news; the bar then begins anew, for the deadline
    counts from the moment the message has left us.  Nothing is shown where
    stderr is no terminal.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _check, _words: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        _TowardsDeadline(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as shown:
        rows = {
            name: shown.add_task(escape(name), total=deadline.total_seconds())
            for name, deadline in deadlines
        }

        def tell(check: CheckName, words: str) -> None:
            shown.reset(rows[check], description=f"{escape(check)}: {words}")

        yield tell
