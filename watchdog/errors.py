"""What is wrong with what we were given: neither the world's fault nor a bug."""

from collections.abc import Iterator


class Unusable(Exception):
    """We cannot start from this: a sentence (or several lines) for the user.

    A command that meets it ends with exit code 3.
    """


def leaves(error: BaseException) -> Iterator[BaseException]:
    """Yield what a task group has bundled, or `error` itself."""
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield from leaves(inner)
    else:
        yield error
