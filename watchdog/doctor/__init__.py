"""The doctor: everything that can be wrong with the set-up, each with its mend."""

from watchdog.doctor.diagnosis import Examined, diagnose, diagnose_without
from watchdog.doctor.setup import Setup

__all__ = ["Examined", "Setup", "diagnose", "diagnose_without"]
