"""What holds for all tests."""

import signal

from hypothesis import settings

# A shared machine may pause for longer than Hypothesis thinks fit.
settings.register_profile("watchdog", deadline=None)
settings.load_profile("watchdog")

# What a shell starts in the background is deaf to Ctrl-C, and all that it starts in
# its turn; but a test may press it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
