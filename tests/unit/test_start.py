"""What is not needed for the first window is not paid for before it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from s75desk.domain.records import Agreement
from s75desk.services.desk import DeskService
from s75desk.services.office import Office
from s75desk.services.workplace import Workplace

HEAVY = ("alembic", "numpy", "pandas", "pikepdf", "reportlab", "xlsxwriter", "mimetypes", "http", "unittest")


AFTER_THE_PAINT = (
    *HEAVY,
    "sqlalchemy",
    "asyncio",
    "logging.handlers",
    "s75desk.domain.records",
    "s75desk.models.tables",
    "s75desk.services.desk",
    "s75desk.services.office",
    "s75desk.ui.forms",
    "s75desk.ui.pages",
    "s75desk.ui.window.desk_view",
    "s75desk.ui.window.restore_page",
    "s75desk.ui.window.welcome",
)
"""What the first painted window must not have waited for."""

FIRST_PAINT = """
import sys
from pathlib import Path
from s75desk.services.first_look import FirstLook
look = FirstLook(Path(sys.argv[1]))
from PySide6.QtWidgets import QApplication
from s75desk.app import Program
application = QApplication([])
program = Program(application, Path(sys.argv[2]))
loaded = []
program.window.painted.connect(lambda: loaded.extend(sys.modules))
program.window.desk_ready.connect(program.window.close)
program.window.start(look.path, look.found(30))
kept = program.window.opening.currentWidget().findChildren(object)
application.exec()
program.clear_away()
print(len(kept) > 20)
print(*sorted(loaded))
"""


def test_the_window_is_painted_with_what_the_desk_kept_before_the_rest_is_loaded(tmp_path: Path) -> None:
    desk = kept_desk(tmp_path / "East.s75desk", tmp_path / "made")
    said = subprocess.run(
        [sys.executable, "-c", FIRST_PAINT, str(desk), str(tmp_path / "data")],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    ).stdout.splitlines()
    assert said[0] == "True", "what the desk kept was on show"
    loaded = said[1].split()
    assert "s75desk.ui.window.main_window" in loaded
    assert [name for name in AFTER_THE_PAINT if name in loaded] == []


def kept_desk(path: Path, data: Path) -> Path:
    """A desk with one agreement, closed after its Overview was kept."""
    desks = DeskService(data)
    desk = desks.create(path)
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    office = Office(Workplace(desk, "Officer", now.date, lambda: now))
    office.records.create(Agreement(title="Community beds"))
    office.overview.keep(office.overview.read())
    desks.close()
    return path


@pytest.mark.parametrize("module", ["s75desk.app", "s75desk.commands"])
def test_the_first_window_loads_nothing_that_only_later_work_needs(module: str) -> None:
    source = f"import sys, {module}; print(*sorted(set({HEAVY!r}) & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", source],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    ).stdout.split()
    assert loaded == []
