"""The checks that a command is about, by their names."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from watchdog.config import Check, Config

Names = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME", help="Which checks; without a name, all."),
]


def chosen(config: "Config", names: Sequence[str]) -> Sequence["Check"]:
    """Return the checks of these names; all, where there are none.

    A name that no check has is a usage error, with the nearest one that is known.
    """
    from watchdog.config.names import near_miss, shown

    known = {check.name: check for check in config.check}
    for name in names:
        if name not in known:
            near = near_miss(name, known)
            hint = f"; did you mean `{near}`?" if near else ""
            raise typer.BadParameter(f"there is no check `{shown(name)}`{hint}")
    return [check for check in config.check if not names or check.name in names]
