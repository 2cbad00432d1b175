"""A word typed is on the disk, and a page opens, while long work is held in the middle; closing loses none of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from s75desk.models import backup, history
from s75desk.models.backup import list_all
from s75desk.models.desk_file import DeskFile
from s75desk.models.passphrase import change_passphrase
from s75desk.services import exporting
from s75desk.services.desk import backup_root
from s75desk.ui import filing
from s75desk.ui.navigation import Destination
from s75desk.ui.pages import documents_page
from s75desk.ui.widgets import pdf_printing
from s75desk.ui.window.long_work import LongWork
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import PATIENCE_MS, Officer

SECRET = "a passphrase"


class Gate:
    """Stands in the place of a function and holds who calls it until it is opened; then the function is called."""

    def __init__(self) -> None:
        self.reached, self.opened = threading.Event(), threading.Event()

    def before(self, place: Any, name: str, patch: pytest.MonkeyPatch) -> None:
        real = getattr(place, name)

        def held(*args: Any, **named: Any) -> Any:
            self.reached.set()
            assert self.opened.wait(PATIENCE_MS / 1000)
            return real(*args, **named)

        patch.setattr(place, name, held)


@pytest.fixture
def gate() -> Iterator[Gate]:
    made = Gate()
    yield made
    made.opened.set()


@pytest.fixture
def officer(start: StartOfficer, sample: Path) -> Officer:
    """An officer with an encrypted desk open."""
    with DeskFile.open(sample) as desk:
        change_passphrase(desk, SECRET)
    found = start()
    found.window.opener._open(sample, SECRET)
    found.settle()
    return found


def _printer(folder: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "paper.pdf"))
    return printer


def _paper(officer: Officer) -> Any:
    officer.press("Ctrl+7")
    page = officer.page
    page.start_new()
    officer.wait(lambda: page.composer.made is not None)
    return page.composer


# Each begins the work, once the gate stands in the middle of it.


def _backup(officer: Officer, folder: Path) -> None:
    officer.window.files.back_up()


def _quiet_backup(officer: Officer, folder: Path) -> None:
    officer.window.files.back_up_quietly()


def _check(officer: Officer, folder: Path) -> None:
    officer.window.files.check()


def _export(officer: Officer, folder: Path) -> None:
    officer.press("Ctrl+2")
    officer.page.export_to(folder / "table.xlsx")


def _print(officer: Officer, folder: Path) -> None:
    _paper(officer).print_now(_printer(folder))


def _save_paper(officer: Officer, folder: Path) -> None:
    _paper(officer).save_to(folder / "paper.pdf")


def _attach(officer: Officer, folder: Path) -> None:
    (folder / "scan.txt").write_text("A scan")
    page = officer.go("agreements", officer.agreement())
    page.record.papers.attach(folder / "scan.txt")


LONG: dict[str, tuple[Any, str, Callable[[Officer, Path], None]]] = {
    "backup": (LongWork, "_advance", _backup),
    "backup by the clock": (backup, "check_pages", _quiet_backup),
    "check": (history, "verify", _check),
    "export": (exporting, "write_whole", _export),
    "print": (pdf_printing, "_paint", _print),
    "paper saved": (filing, "write_whole", _save_paper),
    "file taken in": (documents_page, "read_file", _attach),
}


@pytest.mark.parametrize("work", LONG)
def test_what_is_typed_is_on_the_disk_and_a_page_opens_while_long_work_is_in_the_middle(
    officer: Officer, qtbot: QtBot, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, work: str
) -> None:
    place, name, begin = LONG[work]
    gate.before(place, name, monkeypatch)
    begin(officer, tmp_path)
    qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE_MS)
    records = officer.office.records
    officer.view.go(Destination("actions", new="action"))
    page = officer.page
    qtbot.waitUntil(lambda: page.form.form is not None, timeout=PATIENCE_MS)
    officer.type("Ask for the fire log")
    qtbot.waitUntil(lambda: records.draft("action", "", "") is not None, timeout=PATIENCE_MS)
    assert "Ask for the fire log" in records.draft("action", "", "").typed.values()  # type: ignore[union-attr]
    officer.view.show_page("providers")
    providers = officer.page
    qtbot.waitUntil(lambda: bool(providers.table.rows_model().all_rows()), timeout=PATIENCE_MS)
    assert officer.window.worker.busy, "the long work is still held"
    gate.opened.set()
    officer.settle()


@pytest.mark.parametrize("work", ["print", "paper saved", "file taken in"])
def test_what_was_begun_before_closing_is_in_the_desk(
    officer: Officer,
    qtbot: QtBot,
    gate: Gate,
    tmp_path: Path,
    sample: Path,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
) -> None:
    place, name, begin = LONG[work]
    gate.before(place, name, monkeypatch)
    before = len(officer.office.briefings.rows()), _documents(officer.window.desks.desk)
    begin(officer, tmp_path)
    qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE_MS)
    officer.window.close()
    gate.opened.set()
    qtbot.waitUntil(lambda: not officer.window.isVisible(), timeout=PATIENCE_MS)
    with DeskFile.open(sample, SECRET) as desk:
        after = len(officer.program.office_for(desk).briefings.rows()), _documents(desk)
    assert sum(after) == sum(before) + 1


def _documents(desk: DeskFile) -> int:
    with desk.reading() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM document WHERE sha256 IS NOT NULL").scalar_one())


def test_closing_breaks_a_check_off_and_backs_up(
    officer: Officer, qtbot: QtBot, gate: Gate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate.before(history, "verify", monkeypatch)
    officer.window.files.check()
    qtbot.waitUntil(gate.reached.is_set, timeout=PATIENCE_MS)
    officer.view.go(Destination("actions", new="action"))
    qtbot.waitUntil(lambda: officer.page.form.form is not None, timeout=PATIENCE_MS)
    officer.type("Ask for the fire log")
    officer.window.close()
    gate.opened.set()
    qtbot.waitUntil(lambda: not officer.window.isVisible(), timeout=PATIENCE_MS)
    (made,) = list_all(backup_root(tmp_path / "data"))
    assert made.encrypted
