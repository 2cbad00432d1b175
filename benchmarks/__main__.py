"""``python -m benchmarks``: every budget of the design that can be measured now, as one table of ratios."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import large_desk, large_visit, plain_pdf, start, visit
from benchmarks.harness import KEPT, Comparison, run, table
from s75desk.models.migrations import LATEST


def main() -> int:
    """Measure what is asked for; 1 if a budget is exceeded."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a smaller desk and fewer runs, to see that it works")
    parser.add_argument("--pairs", type=int, help="how often both sides are run; 7, or 2 with --quick")
    parser.add_argument("--only", choices=["start", "pdf", "visit"], help="measure only these rows")
    options = parser.parse_args()
    pairs = options.pairs or (2 if options.quick else 7)

    results = []
    with tempfile.TemporaryDirectory() as folder:
        comparisons: list[Comparison] = []
        if options.only in (None, "start"):
            comparisons.append(start.comparison(_large_desk(quick=options.quick), Path(folder)))
        if options.only in (None, "pdf"):
            comparisons.append(plain_pdf.comparison())
        if options.only in (None, "visit"):
            desk = Path(folder) / "visit.s75desk"
            uid = large_visit.make(desk)
            comparisons += visit.comparisons(desk, uid, Path(folder))
        for comparison in comparisons:
            results += run(comparison, pairs)
    print(table(results))
    return 0 if all(result.ok for result in results) else 1


def _large_desk(*, quick: bool) -> Path:
    """The large desk, made if it is not there yet: it takes a minute or two."""
    size = large_desk.QUICK if quick else large_desk.Size()
    desk = KEPT / f"large-{size.services}-{size.visits}-{size.measurements}-schema-{LATEST}.s75desk"
    if not desk.exists():
        KEPT.mkdir(parents=True, exist_ok=True)
        started = time.perf_counter()
        making = desk.with_name(f"making-{desk.name}")
        making.unlink(missing_ok=True)
        large_desk.make(making, size)
        making.rename(desk)
        seconds = time.perf_counter() - started
        print(f"Made a large desk of {desk.stat().st_size / 1e6:.0f} MB in {seconds:.0f} s: {desk.name}\n")
    return desk


if __name__ == "__main__":
    sys.exit(main())
