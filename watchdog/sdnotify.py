"""What we tell systemd of ourselves, where it started us (sd_notify(3))."""

import os
import socket
import time

import structlog

log = structlog.get_logger()

MOST_WORDS = 200
"""As much of a status as fits a line of `systemctl status`."""


def ready() -> None:
    """Say that we have started, or that we have read the configuration again."""
    _tell("READY=1")


def reloading() -> None:
    """Say that we read the configuration again; `ready` must follow.

    `Type=notify-reload` wants to know when (systemd.service(5)).
    """
    microseconds = time.clock_gettime_ns(time.CLOCK_MONOTONIC) // 1000
    _tell(f"RELOADING=1\nMONOTONIC_USEC={microseconds}")


def stopping() -> None:
    """Say that we are about to end."""
    _tell("STOPPING=1")


def alive() -> None:
    """Say that we get on; systemd starts us anew if it does not hear that in time."""
    _tell("WATCHDOG=1")


def status(words: str) -> None:
    """Say in a sentence how we are."""
    line = " ".join(words.split())
    _tell(f"STATUS={line[:MOST_WORDS]}")


def _tell(words: str) -> None:
    address = os.environ.get("NOTIFY_SOCKET", "")
    if not address:
        return
    if address.startswith("@"):
        address = f"\0{address[1:]}"  # an abstract socket (unix(7))
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as connection:
            connection.settimeout(0)
            connection.sendto(words.encode(), address)
    except OSError as error:
        log.warning("systemd.untold", error=error.strerror)
