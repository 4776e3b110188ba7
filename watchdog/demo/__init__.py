"""A small business on this machine, and the switches that break it."""

from watchdog.errors import Unusable


class DemoMissing(Unusable):
    """The demonstration's mail servers are not installed."""
