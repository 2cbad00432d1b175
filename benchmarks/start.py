"""Start and memory: the program with a large desk against a bare window, each as a whole process."""

from __future__ import annotations

from pathlib import Path

from benchmarks.harness import Comparison, Figures, Row, said_by

ROOT = Path(__file__).parent.parent
MEGABYTE = 1_000_000
SAY_AND_LEAVE = "S75DESK_BENCH_EXIT"
"""Environment variable that has the program say ``usable`` and a number once the Overview shows, then quit."""


def comparison(desk: Path, home: Path) -> Comparison:
    """The program, opening ``desk``, against a bare window.

    Args:
        desk: The large desk.
        home: An empty folder for the program's own files.
    """
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "S75DESK_DATA": str(home / "data"),
        "S75DESK_LOGS": str(home / "logs"),
        SAY_AND_LEAVE: "1",
    }

    def ours() -> Figures:
        return _in_megabytes(said_by(["-m", "s75desk", str(desk)], environment, ROOT))

    def bare() -> Figures:
        return _in_megabytes(said_by(["-m", "benchmarks.bare_window"], environment, ROOT))

    return Comparison(
        "a bare window, seven empty tabs",
        ours,
        bare,
        (
            Row("start to first painted window, large desk", "painted", "s", 1.9),
            Row("start to usable window, large desk", "seconds", "s", 3),
            Row("memory with that desk open", "rss", "MB", 150, "difference"),
        ),
    )


def _in_megabytes(figures: Figures) -> Figures:
    return figures | {"rss": figures["rss"] / MEGABYTE}
