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
