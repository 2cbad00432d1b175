"""A visit: saving an answer, a key to its effect on the screen, opening visit mode, the sheet from click to file.

Each side is a process of its own: ``python -m benchmarks.visit SIDE DESK VISIT FOLDER`` says its figure.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles

from benchmarks.harness import Comparison, Figures, Row, said_by

ROOT = Path(__file__).parent.parent
ANSWERS, KEYS = 300, 120
FRAME = 0.016
"""A frame of an ordinary screen, in seconds."""


def comparisons(desk: Path, visit: str, home: Path) -> list[Comparison]:
    """Every row of a visit.

    Args:
        desk: The desk of ``large_visit``; each run works on a copy.
        visit: Uid of the visit.
        home: An empty folder.
    """

    def side(name: str) -> Callable[[], Figures]:
        def run() -> Figures:
            copy = home / f"{name}.s75desk"
            shutil.copyfile(desk, copy)
            environment = {
                "QT_QPA_PLATFORM": "offscreen",
                "S75DESK_DATA": str(home / "data"),
                "S75DESK_LOGS": str(home / "logs"),
            }
            return said_by(["-m", "benchmarks.visit", name, str(copy), visit, str(home)], environment, ROOT)

        return run

    def fixed(name: str, seconds: float) -> Callable[[], Figures]:
        return lambda: {name: seconds}

    return [
        Comparison(
            "one INSERT and commit by the driver, same PRAGMAs",
            side("save"),
            side("insert"),
            (Row("saving one visit answer, durable", "saved", "s", 4),),
        ),
        Comparison(
            "one display frame (16 ms)",
            side("key"),
            fixed("drawn", FRAME),
            (Row("key press in visit mode to its effect on screen, 95th percentile", "drawn", "s", 3),),
        ),
        Comparison(
            "the same while nothing else runs",
            side("beside"),
            side("disk"),
            (Row("key press to the disk of an encrypted desk, backups and checks running", "kept", "s", 3),),
        ),
        Comparison(
            "one second",
            side("open"),
            fixed("opened", 1.0),
            (Row("opening visit mode, 300 questions and 60 photos", "opened", "s", 1),),
        ),
        Comparison(
            "one second",
            side("sheet"),
            fixed("filed", 1.0),
            (Row("feedback sheet from click to file, the first of the day", "filed", "s", 1),),
        ),
    ]


# --- the sides ----------------------------------------------------------------------------------------------------


def save(desk: Path, visit: str, folder: Path) -> float:
    """Seconds that keeping one answer takes, with its history."""
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    with DeskFile.open(desk) as opened:
        visiting = Office(Workplace(opened, "quality officer")).visiting
        book = visiting.book(visit)
        taken = []
        for number in range(ANSWERS):
            question = book.body.questions[number % len(book.body.questions)]
            answer = replace(book.answer(question.code), rating=number % 4 + 1, seen=f"What was seen, {number}.")
            started = time.perf_counter()
            visiting.keep(visit, settled=[answer])
            taken.append(time.perf_counter() - started)
    return median(taken)


def insert(desk: Path, visit: str, folder: Path) -> float:
    """Seconds that the driver takes for one INSERT and a durable commit."""
    from s75desk.models.cipher import connect
    from s75desk.models.engine import set_up

    connection = connect(desk, None)
    set_up(connection)
    connection.isolation_level = None
    connection.execute("CREATE TABLE bare (uid TEXT PRIMARY KEY, visit TEXT, question TEXT, rating INTEGER, seen TEXT)")
    taken = []
    for number in range(ANSWERS):
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        row = (f"answer-{number}", visit, "8.3", number % 4 + 1, f"What was seen, {number}.")
        connection.execute("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", row)
        connection.execute("COMMIT")
        taken.append(time.perf_counter() - started)
    connection.close()
    return median(taken)


class Window:
    """The program with the visit's desk open."""

    def __init__(self, desk: Path, folder: Path, secret: str | None = None) -> None:
        from PySide6.QtWidgets import QApplication

        from benchmarks.large_visit import TODAY
        from s75desk.app import Program

        self.application = QApplication([])
        self.program = Program(self.application, folder / "window", lambda: TODAY)
        self.window = self.program.window
        self.window.start()
        self.window.opener._open(desk, secret)
        self.until(lambda: self.window.view is not None and not self.window.worker.busy)

    def until(self, holds: Callable[[], object]) -> None:
        """Run the event loop until something is so."""
        from PySide6.QtCore import QEventLoop

        while not holds():
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)

    def open_visit(self, visit: str) -> float:
        """Seconds from asking for the visit until it is drawn."""
        from s75desk.ui.navigation import VISIT_MODE, Destination

        started = time.perf_counter()
        self.window.view.go(Destination(VISIT_MODE, visit))  # type: ignore[union-attr]
        self.until(lambda: self.mode is not None)
        self.application.processEvents()
        self.window.repaint()
        return time.perf_counter() - started

    @property
    def mode(self):  # type: ignore[no-untyped-def]
        """The visit on show."""
        return self.window.view.visits.mode  # type: ignore[union-attr]

    def close(self) -> None:
        """Close the desk and the window."""
        self.window.close()
        self.until(lambda: not self.window.isVisible())


def opening(desk: Path, visit: str, folder: Path) -> float:
    """Seconds until visit mode is drawn."""
    window = Window(desk, folder)
    seconds = window.open_visit(visit)
    window.close()
    return seconds


def key(desk: Path, visit: str, folder: Path) -> float:
    """Seconds from a rating key until its effect is drawn, at the 95th percentile."""
    from PySide6.QtTest import QTest

    window = Window(desk, folder)
    window.open_visit(visit)
    mode = window.mode
    codes = [question.code for question in mode.session.book.body.questions]
    taken = []
    for number in range(KEYS):
        mode.go(codes[number])
        window.until(lambda: not window.window.worker.busy)
        window.application.processEvents()
        started = time.perf_counter()
        QTest.keyClicks(window.application.focusWidget() or mode, str(number % 4 + 1))
        # As the event loop would draw it: what asked for it, in the order it asked.
        window.application.sendPostedEvents()
        window.application.processEvents()
        taken.append(time.perf_counter() - started)
    window.close()
    return quantiles(taken, n=20)[-1]


def kept(desk: Path, visit: str, folder: Path, *, beside: bool = False) -> float:
    """Seconds from a rating key until the rating is on the disk; while one backup and check after another runs."""
    from PySide6.QtTest import QTest

    from s75desk.domain.lanes import Lane
    from s75desk.models.desk_file import DeskFile
    from s75desk.models.passphrase import change_passphrase

    with DeskFile.open(desk) as opened:
        change_passphrase(opened, "a passphrase")
    window = Window(desk, folder, "a passphrase")
    window.open_visit(visit)
    mode, main = window.mode, window.window
    running = beside

    def run_for_ever(job: Callable[[], object], lane: Lane) -> None:
        if running:
            main.on_worker(job, lambda _: run_for_ever(job, lane), lane=lane)

    run_for_ever(main.desks.back_up, Lane.OUT)
    run_for_ever(main.view.operations.office.checks.check, Lane.LONG)  # type: ignore[union-attr]
    taken = []
    for number in range(KEYS):
        mode.go(mode.session.book.body.questions[number].code)
        window.until(lambda: not mode.session.unsaved)
        started = time.perf_counter()
        QTest.keyClicks(window.application.focusWidget() or mode, str(number % 4 + 1))
        window.until(lambda: not mode.session.unsaved)
        taken.append(time.perf_counter() - started)
    running = False
    window.close()
    return median(taken)


def beside(desk: Path, visit: str, folder: Path) -> float:
    """``kept`` while backups and checks run."""
    return kept(desk, visit, folder, beside=True)


def sheet(desk: Path, visit: str, folder: Path) -> float:
    """Seconds from asking for the feedback sheet until its file is there and filed in the desk."""
    window = Window(desk, folder)
    window.open_visit(visit)
    said: list[str] = []
    mode = window.mode
    mode.paper._say = said.append
    target = folder / "sheet.pdf"
    target.unlink(missing_ok=True)
    started = time.perf_counter()
    mode.paper.save_sheet(target)
    window.until(lambda: said and said[-1].startswith("Saved"))
    seconds = time.perf_counter() - started
    if not target.exists():
        raise RuntimeError(f"no sheet was saved: {said}")
    window.close()
    return seconds


_SIDES: dict[str, tuple[str, Callable[[Path, str, Path], float]]] = {
    "save": ("saved", save),
    "insert": ("saved", insert),
    "disk": ("kept", kept),
    "beside": ("kept", beside),
    "open": ("opened", opening),
    "key": ("drawn", key),
    "sheet": ("filed", sheet),
}


def main(arguments: Sequence[str]) -> None:
    """Run one side and say its figure."""
    name, desk, visit, folder = arguments
    figure, side = _SIDES[name]
    print(f"{figure} {side(Path(desk), visit, Path(folder)):.6f}", flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1:])
