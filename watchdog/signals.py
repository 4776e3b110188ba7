"""What other processes want of us."""

import asyncio
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def heard(handlers: Mapping[signal.Signals, Callable[[], None]]) -> Iterator[None]:
    """Call these handlers, in the event loop, for the signals that come meanwhile."""
    loop = asyncio.get_running_loop()
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)


@contextmanager
def ended_by(number: signal.Signals) -> Iterator[None]:
    """Let a signal end what is done within, in good order, wherever it waits."""
    task, has_come = asyncio.current_task(), asyncio.Event()
    assert task is not None  # noqa: S101  whoever has a loop running is in a task

    def end() -> None:
        has_come.set()
        task.cancel()

    try:
        with heard({number: end}):
            yield
    except asyncio.CancelledError:
        if not has_come.is_set():
            raise
        task.uncancel()
