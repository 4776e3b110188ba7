"""How long to wait before trying again what has failed."""

MOST_DOUBLINGS = 16
"""Past these a pause is as long as any; and no power outgrows a float."""


def pause_after(failures: int, *, first: float, most: float) -> float:
    """Return the seconds to wait after so many failures in a row: ever more.

    `first` after the first, twice as long after each further one, at most `most`.
    """
    return min(first * 2.0 ** min(failures - 1, MOST_DOUBLINGS), most)
