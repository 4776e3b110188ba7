"""`python -m benchmarks.matched INQUIRIES MAILS`: match once, tell what it took.

In a process of its own, so that its memory is that of nobody else.
"""

import json
import resource
import sys
import time

from tests.world.correspondence import CHECK, Business, chatter, scope
from watchdog.model import InquiryStatus, Mail
from watchdog.rules.matching import match

SEED = 1
WORDS = 60_000


def main(inquiries: int, mails: int) -> None:
    """Write as JSON what the matching cost, and how much of it was right."""
    began = time.process_time()
    made = Business(SEED).write(inquiries)
    read = (time.process_time() - began) / len(made.mails)
    days = (made.inquiries[-1].submitted_at - made.inquiries[0].submitted_at).days + 1
    others = chatter(WORDS, mails - len(made.mails), days=days, seed=SEED)
    every = [*made.mails, *others]
    floor = _floor(every)
    before = _megabytes()
    began = time.process_time()
    found = match(made.inquiries, every, {CHECK: scope(made)})
    seconds = time.process_time() - began
    lost = InquiryStatus.MISSING
    told = {key for key, one in found.items() if one.status is lost}
    true = {key for key, status in made.truth.items() if status is lost}
    wrong = sum(one.status is not made.truth[key] for key, one in found.items())
    measured = {
        "seconds": seconds,
        "floor": floor,
        "megabytes": _megabytes(),
        "before": before,
        "read_ms": 1000 * read,
        "precision": len(told & true) / len(told),
        "recall": len(told & true) / len(true),
        "wrong": wrong,
    }
    print(json.dumps(measured))


def _floor(mails: list[Mail]) -> float:
    """Return the seconds it takes to count every trait of every mail once."""
    began = time.process_time()
    counts: dict[int, int] = {}
    for mail in mails:
        for trait in mail.traits:
            counts[trait] = counts.get(trait, 0) + 1
    return time.process_time() - began


def _megabytes() -> float:
    """Return the most memory that the process ever held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
