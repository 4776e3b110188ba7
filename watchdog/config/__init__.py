"""The configuration: one TOML file, checked once and all at once."""

from watchdog.config.check import Check
from watchdog.config.load import load, load_without_secrets
from watchdog.config.mailboxes import Mailbox
from watchdog.config.model import Config, Step
from watchdog.config.place import find
from watchdog.config.problem import ConfigError, Problem

__all__ = [
    "Check",
    "Config",
    "ConfigError",
    "Mailbox",
    "Problem",
    "Step",
    "find",
    "load",
    "load_without_secrets",
]
