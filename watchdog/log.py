"""How we log: events with keys, on stderr; JSON unless somebody is watching."""

import logging
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor


def configure(level: str = "info", *, stream: TextIO = sys.stderr) -> None:
    """Set up structlog for this process; `level` is one of the logging module's.

    Tracebacks go without local variables: those may hold secrets and visitors.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            *_rendering(to_terminal=stream.isatty()),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(
            logging.getLevelNamesMapping()[level.upper()]
        ),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )


def _rendering(*, to_terminal: bool) -> list[Processor]:
    if to_terminal:
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(ensure_ascii=True),
    ]
