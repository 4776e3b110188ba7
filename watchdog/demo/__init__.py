"""A small business on this machine, and the switches that break it."""


class DemoMissing(Exception):
    """The demonstration's mail servers are not installed."""
