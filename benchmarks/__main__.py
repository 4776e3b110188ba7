"""`python -m benchmarks [NAME…] [--checks N] [--minutes N]`: measure, print, keep.

The exit code tells only whether everything could be measured: a shared machine
may be slow, and a benchmark is no test.
"""

import asyncio
import sys
import traceback
from argparse import ArgumentParser
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial

from benchmarks import (
    browser,
    cheap,
    flat_ledger,
    flat_mailbox,
    lasting_browser,
    light,
    many,
    matching,
    report,
    seen_at_once,
    world,
)
from benchmarks.measure import Measure, tell

Benchmark = Callable[[world.World], Coroutine[None, None, Sequence[Measure]]]

BENCHMARKS: Mapping[str, Benchmark] = {
    "seen-at-once": seen_at_once.measure,
    "cheap": cheap.measure,
    "flat-mailbox": flat_mailbox.measure,
    "flat-ledger": flat_ledger.measure,
    "light": light.measure,
    "browser": browser.measure,
    "lasting-browser": lasting_browser.measure,
    "matching": matching.measure,
    "many": many.measure,
}
ON_DEMAND = frozenset({"lasting-browser", "many", "matching"})
"""Those that take so long that only who names them gets them."""


def main(arguments: Sequence[str]) -> int:
    """Run those benchmarks whose names begin as asked, or all but the longest."""
    options = _parser().parse_args(arguments)
    asked: Sequence[str] = options.names
    asked_for = {"count": options.checks, "minutes": options.minutes}
    size = {name: number for name, number in asked_for.items() if number}
    sized = {
        "many": partial(many.measure, **size),
        "lasting-browser": partial(lasting_browser.measure, **size),
    }
    chosen = [name for name in BENCHMARKS if name.startswith(tuple(asked))]
    if not asked:
        chosen = [name for name in BENCHMARKS if name not in ON_DEMAND]
    if not chosen:
        print(f"There are: {', '.join(BENCHMARKS)}", file=sys.stderr)
        return 3
    measures: list[Measure] = []
    failed = False
    with world.running() as running:
        for name in chosen:
            try:
                measures += asyncio.run(sized.get(name, BENCHMARKS[name])(running))
            except Exception:  # noqa: BLE001  the others can be measured all the same
                failed = True
                tell("")
                print(f"{name} could not be measured:", file=sys.stderr)
                traceback.print_exc()
    tell("")
    report.write(measures)
    print(report.table(measures))
    return int(failed)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help="all but the longest")
    parser.add_argument("--checks", type=int, help="of the longest")
    parser.add_argument("--minutes", type=float, help="likewise")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
