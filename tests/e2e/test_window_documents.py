"""An attached document is opened by the system's program, dropped on a record, saved out; copies go with the desk."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from tests.e2e.driver import Officer


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the system was asked to open."""
    found: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: found.append(Path(url.toLocalFile())) or True)
    return found


def drop(target: QWidget, *files: Path) -> bool:
    """Drop files on a widget; whether it took them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # Qt has no other way to make one
        entering = QDragEnterEvent(target.rect().center(), copy, mime, left, none)
    entering.ignore()
    QApplication.sendEvent(target, entering)
    if entering.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(target.rect().center()), copy, mime, left, none))
    return entering.isAccepted()


def some(tmp_path: Path, *names: str) -> list[Path]:
    files = [tmp_path / name for name in names]
    for file in files:
        file.write_bytes(b"words of a paper")
    return files


def test_dropped_opened_by_enter_and_swept_with_the_desk(officer: Officer, tmp_path: Path, opened: list[Path]) -> None:
    page = officer.go("providers", officer.office.providers.rows()[0].uid, "Documents")
    papers = page.record.papers
    assert drop(papers, *some(tmp_path, "Insurance.pdf", "Rota.txt"))
    officer.wait(lambda: officer.notice() == "Added: 2 documents")
    papers.list.table.setFocus()
    officer.press("Home", "Return")
    officer.wait(lambda: opened)
    assert opened[0].read_bytes() == b"words of a paper"
    assert officer.notice().startswith(f"Opened: {opened[0].name}, to read.")
    assert "encrypted" not in officer.notice()
    officer.window.close_desk()
    officer.settle()
    assert not opened[0].exists()


def test_dropped_anywhere_on_the_record(officer: Officer, tmp_path: Path) -> None:
    page = officer.go("agreements", officer.agreement(), "Term")
    assert drop(page.record, *some(tmp_path, "Deed.pdf"))
    officer.wait(lambda: officer.notice() == "Added: Deed.pdf")
    titles = [paper.title for paper in officer.office.agreements.dossier(officer.agreement()).documents]
    assert "Deed" in titles


def test_text_dropped_is_no_file(officer: Officer) -> None:
    page = officer.go("agreements", officer.agreement(), "Documents")
    assert not drop(page.record.papers)


def test_no_program_for_it_is_told(officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    page = officer.go("providers", officer.office.providers.rows()[0].uid, "Documents")
    page.record.papers.attach(*some(tmp_path, "paper.odd"))
    officer.wait(lambda: officer.notice().startswith("Added"))
    page.record.papers.list.table.setFocus()
    officer.press("Home", "Return")
    officer.wait(lambda: officer.notice().startswith("Not opened: no program on this computer opens paper.odd."))


def test_an_encrypted_desk_says_that_a_copy_lies_outside(officer: Officer, tmp_path: Path, opened: list[Path]) -> None:
    officer.window.set_passphrase("", "correct horse battery")
    officer.settle()
    page = officer.go("providers", officer.office.providers.rows()[0].uid, "Documents")
    page.record.papers.attach(*some(tmp_path, "paper.pdf"))
    officer.settle()
    page.record.papers.list.table.setFocus()
    officer.press("Home", "Return")
    officer.wait(lambda: opened)
    assert officer.notice().endswith("The copy lies outside this encrypted desk until the desk is closed.")


def titles_without_file(officer: Officer):
    page = officer.go("agreements", officer.agreement(), "Documents")
    papers = page.record.papers
    return papers, papers.list.table.visible_rows()


def test_enter_on_a_title_asks_for_its_file_and_the_row_keeps_the_keyboard(
    officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers, before = titles_without_file(officer)
    file = some(tmp_path, "eia-final.pdf")[0]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    papers.list.table.setFocus()
    officer.press("Home", "Down", "Return")
    title = before[1].title
    officer.wait(lambda: officer.notice() == f"File kept: {title}")
    after = papers.list.table.visible_rows()
    assert len(after) == len(before)
    assert papers.list.table.current_row().title == title
    assert papers.list.table.current_row().filename == "eia-final.pdf"
    assert officer.focus is papers.list.table
    assert papers.own_button.isHidden(), "it has its file now"


def test_a_file_dropped_on_a_title_is_its_file(officer: Officer, tmp_path: Path) -> None:
    papers, before = titles_without_file(officer)
    table = papers.list.table
    papers._dropped(some(tmp_path, "scan.pdf"), table.visualRect(table.model().index(2, 0)).center())
    officer.wait(lambda: officer.notice() == f"File kept: {before[2].title}")
    assert len(table.visible_rows()) == len(before)
    papers._dropped(some(tmp_path, "other.pdf"), table.visualRect(table.model().index(2, 0)).center())
    officer.wait(lambda: officer.notice() == "Added: other.pdf")
    assert len(table.visible_rows()) == len(before) + 1
