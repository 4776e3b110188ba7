"""Inquiries of one person with one text, soon after each other: an impatient click."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from watchdog.rules.matching.decision import HOUR
from watchdog.rules.matching.sought import Sought

SOON = HOUR
"""Who writes the same later than that wants to remind us."""


def duplicates(
    soughts: Sequence[Sought], arrived: Collection[int]
) -> Mapping[int, str]:
    """Return the entry that arrived for each of `soughts` that only repeats it.

    Both `arrived` and the result know an inquiry by its `id`.
    """
    groups: dict[object, list[Sought]] = defaultdict(list)
    for sought in soughts:
        person = sought.address or sought.phone or sought.name
        if person and len(sought.words):
            same = (sought.inquiry.check, person, tuple(sought.words))
            groups[same].append(sought)
    found: dict[int, str] = {}
    for group in groups.values():
        had = sorted((one for one in group if id(one) in arrived), key=lambda o: o.key)
        times = [one.at for one in had]
        for sought in group if had else ():
            nearest = _nearest(times, sought.at)
            is_soon = abs(times[nearest] - sought.at) <= SOON
            if id(sought) not in arrived and is_soon:
                found[id(sought)] = had[nearest].inquiry.entry
    return found


def _nearest(times: Sequence[float], at: float) -> int:
    place = bisect_left(times, at)
    near = [one for one in (place - 1, place) if 0 <= one < len(times)]
    return min(near, key=lambda one: abs(times[one] - at))
