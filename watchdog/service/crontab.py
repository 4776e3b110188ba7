"""A crontab line that does the daemon's work without a daemon."""

import shlex
from pathlib import Path

MARK = "# contact-watchdog"


def line(path: Path, *, program: Path) -> str:
    """Return the line; a percent sign would be a line break to cron (crontab(5))."""
    words = [program, "-m", "watchdog", "check", "--scheduled", "--config", path]
    command = shlex.join(map(str, words)).replace("%", r"\%")
    return f"* * * * * {command} >/dev/null {MARK}"


def with_line(crontab: str, line: str) -> str:
    """Return a crontab with this line in place of any of ours that it held."""
    others = [each for each in crontab.splitlines() if not each.endswith(MARK)]
    return "\n".join([*others, line, ""])
