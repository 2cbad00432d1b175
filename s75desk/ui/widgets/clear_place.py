"""Where a notice may lie: clear of everything that can be pressed or typed in, at the foot of the window if it can."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabBar,
    QTextEdit,
    QWidget,
)

_FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QAbstractSpinBox)
_STEP = 14
_HIGHEST = 0.3
"""It climbs no higher than this share of the window."""


def needed(window: QWidget, apart: QWidget) -> tuple[list[QRect], list[QRect]]:
    """What must not be covered, in window coordinates: what is pressed or typed in, and all that can be pressed.

    Args:
        window: The window.
        apart: The notice itself, which is left out with what is in it.
    """
    first, all_ = [], []
    focus = QApplication.focusWidget()
    for part in window.findChildren(QWidget):
        if not isinstance(part, (QAbstractButton, QTabBar, *_FIELDS)) or not part.isVisible():
            continue
        if apart.isAncestorOf(part):
            continue
        seen = part.visibleRegion().boundingRect()
        if seen.isEmpty():
            continue
        rect = QRect(part.mapTo(window, seen.topLeft()), seen.size())
        all_.append(rect)
        if part is focus or isinstance(part, (QPushButton, *_FIELDS)):
            first.append(rect)
    return first, all_


def clear_place(window: QWidget, size: QSize, lowest: int, apart: QWidget) -> QPoint:
    """The upper left corner of a free place of a size: bottom middle, else beside, else above.

    Args:
        window: The window.
        size: How much room is needed.
        lowest: The lower edge where it lies best.
        apart: What is laid there.
    """
    first, all_ = needed(window, apart)
    spare = window.width() - size.width()
    for taken in (all_, first):
        for bottom in range(lowest, int(window.height() * _HIGHEST), -_STEP):
            for x in (spare // 2, _STEP, spare - _STEP, spare // 4, spare * 3 // 4):
                place = QRect(QPoint(x, bottom - size.height()), size)
                if not _meets(place, taken):
                    return place.topLeft()
    return QPoint(spare // 2, lowest - size.height())


def _meets(place: QRect, taken: Iterable[QRect]) -> bool:
    return any(place.intersects(rect) for rect in taken)
