"""Whether another distribution's package `watchdog` lies in the folder of ours."""

from pathlib import Path

THEIRS = "observers"
"""A package in PyPI's `watchdog`, which watches files; we have none of that name."""

SENTENCE = (
    "Another distribution has installed a package `watchdog` over ours, as PyPI's "
    "watchdog does: an upgrade or removal of either will break the other."
)
MEND = (
    "Install contact-form-watchdog into an environment of its own: with pipx, with "
    "`uv tool install`, or in a fresh virtual environment."
)


def is_visible(folder: Path = Path(__file__).parent) -> bool:
    """Return whether their files lie in `folder`; one look, cheap at every start."""
    return (folder / THEIRS).exists()
