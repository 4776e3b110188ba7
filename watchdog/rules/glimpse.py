"""What a browser saw of a submission, as a verdict's evidence tells it."""

from collections.abc import Iterator, Sequence

from watchdog.model import Evidence


def glimpse(evidence: Evidence) -> Iterator[str]:
    """Yield what a page complained of, in sentences; nothing without a browser."""
    if errors := _texts(evidence, "console_errors"):
        yield "The page's own scripts failed: " + _listed(errors)
    if failures := _texts(evidence, "failed_requests"):
        yield "The page asked in vain for: " + _listed(failures)


def _texts(evidence: Evidence, key: str) -> Sequence[str]:
    told = evidence.get(key)
    return told if isinstance(told, (list, tuple)) else ()


def _listed(texts: Sequence[str]) -> str:
    return "; ".join(text.rstrip(".;") for text in texts) + "."
