"""What goes wrong in an override of Qt's is reported and leaves Qt, the window and the painters whole."""

from __future__ import annotations

import gc
from typing import Any

import pytest
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QSize, Qt
from PySide6.QtGui import QCloseEvent, QPainter
from PySide6.QtWidgets import QApplication, QListView, QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from s75desk import crash

OURS = "s75desk.ui.a_page_with_faults"


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What was reported."""
    told: list[BaseException] = []
    monkeypatch.setattr(crash, "tell", told.append)
    return told


class Faulty(QWidget):
    """Fails wherever it is told to."""

    __module__ = OURS

    def __init__(self, where: str) -> None:
        super().__init__()
        self.where = where
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _fail(self, where: str) -> None:
        if self.where == where:
            raise ValueError(where)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        self._fail("heightForWidth")
        return 30

    def sizeHint(self) -> QSize:
        self._fail("sizeHint")
        return QSize(100, 30)

    def paintEvent(self, event: QEvent) -> None:
        painter = QPainter(self)
        painter.drawLine(0, 0, 9, 9)
        self._fail("paintEvent")

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.User:
            self._fail("event")
        return super().event(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._fail("closeEvent")


class FaultyRows(QAbstractListModel):
    """Has three rows of which nothing can be said."""

    __module__ = OURS

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 3

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        raise KeyError("data")


@pytest.mark.parametrize("where", ["heightForWidth", "sizeHint", "paintEvent", "event"])
def test_a_fault_in_an_override_is_reported_and_the_window_goes_on(
    where: str, qtbot: QtBot, faults: list[BaseException]
) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    inside = QWidget()
    layout = QVBoxLayout(inside)
    widget = Faulty(where)
    layout.addWidget(widget)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.show()
    for wide in range(200, 230):  # unguarded, this many faults end the process
        area.resize(wide, 200)
        widget.update()
        QApplication.sendEvent(widget, QEvent(QEvent.Type.User))
        QApplication.processEvents()
    gc.collect()
    assert faults
    assert {str(fault) for fault in faults} == {where}
    assert area.isVisible()


def test_a_list_whose_rows_fail_stays_a_list(qtbot: QtBot, faults: list[BaseException]) -> None:
    view = QListView()
    qtbot.addWidget(view)
    rows = FaultyRows(view)
    view.setModel(rows)
    view.show()
    QApplication.processEvents()
    assert faults
    assert rows.data(rows.index(0)) is None
    assert view.model().rowCount() == 3


def test_a_window_that_fails_to_close_stays_once_and_goes_the_second_time(
    qtbot: QtBot, faults: list[BaseException]
) -> None:
    widget = Faulty("closeEvent")
    qtbot.addWidget(widget)
    widget.show()
    assert not widget.close()
    assert widget.isVisible()
    assert widget.close()
    assert len(faults) == 2


def test_what_is_not_ours_and_what_is_not_qts_is_left_alone() -> None:
    class Theirs(QWidget):
        def sizeHint(self) -> QSize:
            raise ValueError

    class Ours(QWidget):
        __module__ = OURS

        def answer(self) -> int:
            return 1

    assert not hasattr(Theirs.sizeHint, "__wrapped__")
    assert not hasattr(Ours.answer, "__wrapped__")
    assert hasattr(Faulty.sizeHint, "__wrapped__")


def test_leaving_the_program_is_no_fault(qtbot: QtBot, faults: list[BaseException]) -> None:
    class Leaving(QWidget):
        __module__ = OURS

        def sizeHint(self) -> QSize:
            raise SystemExit(0)

    widget = Leaving()
    qtbot.addWidget(widget)
    with pytest.raises(SystemExit):
        widget.sizeHint()
    assert not faults
