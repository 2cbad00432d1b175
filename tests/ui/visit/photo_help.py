"""Photos made for tests, and drags of files and pictures onto widgets."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.domain.records import VisitPhoto

MOVE_OR_COPY = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def image(wide: int = 40, high: int = 30, hue: int = 200) -> QImage:
    made = QImage(wide, high, QImage.Format.Format_RGB32)
    made.fill(QColor.fromHsv(hue % 360, 200, 200))
    return made


@cache
def packed(wide: int = 320, high: int = 240, hue: int = 200, kind: str = "jpeg") -> bytes:
    """A picture of one colour as a file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    assert QImageWriter(buffer, QByteArray(kind.encode())).write(image(wide, high, hue))
    return bytes(buffer.data().data())


def photos(count: int, start: int = 0) -> list[VisitPhoto]:
    """Photos of a question; every second has a caption."""
    return [
        VisitPhoto(
            uid=f"u{number}",
            visit="v",
            question="8.3",
            number=number + 1,
            caption=f"Chart {number + 1}" if number % 2 else None,
            sha256=f"p{number}",
            thumbnail=f"t{number}",
            wide=2000,
            high=1500,
        )
        for number in range(start, start + count)
    ]


def thumbnails(count: int) -> dict[str, bytes]:
    return {f"t{number}": packed(hue=number * 37) for number in range(count)}


def files(names: Iterable[Path]) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(name)) for name in names])
    return data


def drag_onto(widget: QWidget, data: QMimeData, at: QPoint | None = None) -> QDropEvent | None:
    """Drag something over a widget and let it go there, as a file manager does that would rather move than copy.

    Returns:
        The drop, or None if the widget did not want it.
    """
    where = QPointF(at or widget.rect().center())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, MOVE_OR_COPY, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return None
    move = QDragMoveEvent(where, MOVE_OR_COPY, data, buttons, keys)
    QApplication.sendEvent(widget, move)
    drop = QDropEvent(where, MOVE_OR_COPY, data, buttons, keys, QEvent.Type.Drop)
    drop.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(widget, drop)
    return drop
