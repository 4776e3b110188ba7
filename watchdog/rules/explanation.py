"""What a verdict says of where a message was lost, why, and what can be done."""

from dataclasses import dataclass

from watchdog.model import Leg


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One sentence each for a shop owner; `leg` is the first without proof."""

    leg: Leg | None
    cause: str
    advice: str
