"""Measures two things side by side and says whether the one stays within its budget of the other.

A machine's speed drifts while it is measured, so the two are run in turn, pair after pair, each as a whole process of
its own; what counts is the median over the pairs.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Literal

import psutil

KEPT = Path(__file__).parent.parent / "build" / "benchmarks"
"""What is kept from one run to the next: large desks, compiled modules."""

MOST_SPREAD = 0.25
"""Pairs that lie further apart than this say more of the machine than of the program: no verdict."""

PATIENCE = 300
"""Seconds after which a measured process is taken to hang."""


Figures = dict[str, float]
"""What one run of one side says, by name."""


@dataclass(frozen=True, slots=True)
class Row:
    """One budget.

    Attributes:
        what: What is measured, as in the design.
        figure: Name of the figure that the runs say.
        unit: Of that figure: "s" or "MB".
        at_most: The budget: so many times the other side, or for a difference so much more than it.
        by: Whether the budget is a ratio or a difference.
    """

    what: str
    figure: str
    unit: Literal["s", "MB"]
    at_most: float
    by: Literal["ratio", "difference"] = "ratio"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides that are run in turn, and the budgets read off their figures.

    Attributes:
        against: What our side is held against.
        ours: Runs our side once.
        other: Runs the other side once.
        rows: The budgets.
    """

    against: str
    ours: Callable[[], Figures]
    other: Callable[[], Figures]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a row: medians of both sides, and of the pairs' ratios or differences.

    Attributes:
        row: The budget.
        against: What our side was held against.
        ours: Median of our side.
        other: Median of the other side.
        score: Median of the pairs' ratios or differences.
        spread: Half the distance between the quartiles of those, as a share of the median.
    """

    row: Row
    against: str
    ours: float
    other: float
    score: float
    spread: float

    @property
    def ok(self) -> bool:
        """Whether the budget is kept, as far as can be told."""
        return not self.certain or self.score <= self.row.at_most

    @property
    def certain(self) -> bool:
        """Whether the pairs agree enough for a verdict."""
        return self.spread <= MOST_SPREAD

    def cells(self) -> tuple[str, ...]:
        """The row as written in the table."""
        unit = self.row.unit
        digits = 3 if unit == "s" else 0
        measured = f"{self.ours:.{digits}f} {unit} / {self.other:.{digits}f} {unit}"
        if self.row.by == "ratio":
            score, most = f"{self.score:.2f} x", f"{self.row.at_most:g} x"
        else:
            score, most = f"{self.score:+.0f} {unit}", f"+{self.row.at_most:g} {unit}"
        verdict = ("ok" if self.ok else "TOO MUCH") if self.certain else "no verdict"
        return (self.row.what, self.against, measured, score, f"{self.spread:.0%}", most, verdict)


HEADER = ("what", "against", "measured", "ratio", "spread", "at most", "")


def run(comparison: Comparison, pairs: int) -> list[Result]:
    """Measure: one pair that does not count, to fill the disk's caches, then ``pairs`` pairs in turn."""
    measured = [(comparison.other(), comparison.ours()) for _ in range(pairs + 1)][1:]
    results = []
    for row in comparison.rows:
        both = [(other[row.figure], ours[row.figure]) for other, ours in measured]
        scores = [ours / other if row.by == "ratio" else ours - other for other, ours in both]
        low, score, high = quantiles(scores, n=4, method="inclusive") if len(scores) > 1 else scores * 3
        spread = (high - low) / 2 / abs(score) if score else 0.0
        other, ours = median(other for other, _ in both), median(ours for _, ours in both)
        results.append(Result(row, comparison.against, ours, other, score, spread))
    return results


def table(results: Sequence[Result]) -> str:
    """The results as aligned text."""
    rows = [HEADER, *(result.cells() for result in results)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return "\n".join(lines)


def _as_installed() -> dict[str, str]:
    """The environment, with compiled modules kept: an installed program has them, whatever this shell asks for."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPYCACHEPREFIX": str(KEPT / "compiled")}


def said_by(arguments: Sequence[str], environment: Mapping[str, str], cwd: Path) -> Figures:
    """Run a Python process to its end and return the figures it says, one a line as ``name number``.

    Two figures are added: ``seconds``, from before the process was started until it said its first figure, and
    ``rss``, the bytes of memory it held then. ``painted`` is no figure but a moment: the seconds until it was said.

    Raises:
        RuntimeError: If it fails, or says nothing.
    """
    said: Figures = {}
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=cwd,
            env={**_as_installed(), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        )
        watchdog = threading.Timer(PATIENCE, process.kill)
        watchdog.start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            for line in process.stdout:
                name, _, number = line.strip().partition(" ")
                try:
                    figure = float(number)
                except ValueError:
                    continue
                if name == "painted":
                    said[name] = time.perf_counter() - started
                    continue
                if "seconds" not in said:
                    said |= {"seconds": time.perf_counter() - started, "rss": _memory_of(process.pid)}
                    process.stdin.close()  # Whoever waits to be measured may go.
                said[name] = figure
            status = process.wait()
        finally:
            watchdog.cancel()
            process.stdin.close()
            process.stdout.close()
        if status != 0 or not said:
            errors.seek(0)
            words = errors.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{' '.join(arguments)} ended with {status}:\n{words}")
    return said


def _memory_of(process: int) -> float:
    """Bytes of memory that a process holds; infinity if it had left before it could be asked."""
    try:
        return float(psutil.Process(process).memory_info().rss) or float("inf")
    except psutil.Error:
        return float("inf")
