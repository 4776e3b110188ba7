"""What holds for all tests."""

from hypothesis import settings

# A shared machine may pause for longer than Hypothesis thinks fit.
settings.register_profile("watchdog", deadline=None)
settings.load_profile("watchdog")
