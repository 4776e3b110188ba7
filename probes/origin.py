"""Where settings were read from: what a path in them is relative to."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, ValidationInfo


@dataclass(frozen=True, slots=True)
class Origin:
    """Handed to pydantic as the context where settings come out of a file.

    Then paths are resolved, and secrets are looked for.  Settings built in code
    have no origin: they are taken as they are.
    """

    folder: Path
    looks_for_secrets: bool = True
    """Whether a secret that cannot be had is a fault."""


def _resolved(path: Path, info: ValidationInfo) -> Path:
    """Return `path` as seen from the folder of its file; `~` is the user's home."""
    if not isinstance(info.context, Origin):
        return path
    try:
        path = path.expanduser()
    except RuntimeError:
        raise ValueError("begins with the home of a user who is not known") from None
    return info.context.folder / path


ResolvedPath = Annotated[Path, AfterValidator(_resolved)]
