"""The three ways in which the outside world can fail us.

    ProbeError
    ├── Unreachable     nobody took our question
    ├── Refused         they understood, and said no
    └── Unintelligible  they said something that we do not understand

A fourth kind, a bug of ours, is any other exception and is never caught by a
probe.  Messages are sentences for the owner of the site; they hold no secret.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from probes.seen import Seen


class ProbeError(Exception):
    """What the outside world did to us, in one sentence."""

    seen: Seen | None = None
    """What a browser saw meanwhile, if it was one that met with it."""

    def __init__(self, message: str, /) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return self.message


class Unreachable(ProbeError):
    """Nobody took our question.

    `answered` is true where somebody did speak to us on the way (a refused
    connection, a bad certificate, "no such name"): then the fault is theirs,
    and our own network works.
    """

    def __init__(self, message: str, /, *, answered: bool = False) -> None:
        super().__init__(message)
        self.answered = answered


class Refused(ProbeError):
    """They understood us and said no; `permanent` means asking again is vain."""

    def __init__(self, message: str, /, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.permanent = permanent


class Unintelligible(ProbeError):
    """They said something that we do not understand."""


Translation = Mapping[type[Exception], type[ProbeError]]


@contextmanager
def translated(table: Translation, prefix: str = "") -> Iterator[None]:
    """Turn the foreign exceptions of `table` into ours, special before general.

    A `ProbeError` passes through unchanged.  The foreign exception stays as the
    cause, for our log; `prefix` begins the sentence.
    """
    try:
        yield
    except ProbeError:
        raise
    except Exception as error:
        for foreign, ours in table.items():
            if isinstance(error, foreign):
                words = str(error) or type(error).__name__
                raise ours(f"{prefix}{words}") from error
        raise
