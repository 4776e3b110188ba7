"""Those who wait to write: what waits together is committed together."""

from collections import deque
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Engine

from watchdog.ledger.engine import name_of
from watchdog.ledger.errors import LedgerError, translated

T = TypeVar("T")

AT_ONCE = 100
"""Written in one transaction: whoever wants to read waits for all of it."""


class Turn(Generic[T]):
    """One query that writes, and what became of it."""

    tell: Callable[[], T] | None = None
    """Returns its answer, or raises its error; None before it is over."""

    def __init__(self, query: Callable[[Connection], T]) -> None:
        self._query = query

    def make(self, connection: Connection) -> None:
        """Ask the query; nothing of it is kept before `connection` commits."""
        answer = self._query(connection)
        self.tell = lambda: answer

    def fail(self, error: Exception) -> None:
        """Note that nothing of it was kept."""

        def tell() -> T:
            raise error

        self.tell = tell


class Turns:
    """The queue before the one thread that writes.

    Whoever wants to write joins it, and then asks the thread to end his turn.  The
    first who is served makes the turns of all who have joined by then.
    """

    def __init__(self, writer: Engine) -> None:
        self._writer = writer
        self._waiting: deque[Turn[Any]] = deque()

    def join(self, query: Callable[[Connection], T]) -> Turn[T]:
        """Line up to write."""
        turn = Turn(query)
        self._waiting.append(turn)
        return turn

    def end(self, turn: Turn[T]) -> T:
        """Return the answer to a query that has lined up.

        Only the thread may do this.  Where one of many fails, nothing of them is
        kept, and each is made anew by itself; but not where it is the ledger that
        fails: each would wait as long again for the same lock.
        """
        while turn.tell is None:
            count = min(len(self._waiting), AT_ONCE)
            turns = [self._waiting.popleft() for _ in range(count)]
            try:
                with translated(name_of(self._writer.url)):
                    self._make(turns)
            except LedgerError as error:
                for one in turns:
                    one.fail(error)
            except Exception:  # noqa: BLE001  each hears of his own
                for one in turns:
                    self._make_alone(one)
        return turn.tell()

    def _make(self, turns: list[Turn[Any]]) -> None:
        with self._writer.begin() as connection:
            for turn in turns:
                turn.make(connection)

    def _make_alone(self, turn: Turn[Any]) -> None:
        try:
            self._make([turn])
        except Exception as error:  # noqa: BLE001  raised to whose it is
            turn.fail(error)
