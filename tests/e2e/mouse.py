"""A hand on the mouse: it reaches things as a person does, and says what is in the way where it cannot.

Every press goes to the window itself, so that Qt decides which widget is hit. Before it, the hand looks where it is
about to press: what is hidden, disabled, outside the window, cut off by what it lies in or covered by something else
fails the test in words. What is out of sight is brought into sight by turning the wheel, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QMimeData, QModelIndex, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QCursor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from tests.e2e.driver import Officer

LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier
NOTCH = 120
MOST_NOTCHES = 200
EDGE = 3
"""Pixels within the edge of a widget at which it is looked at, beside its middle."""


class Mouse:
    """Works one program with the mouse; the keyboard types words into a field that was pressed, and nothing else.

    Attributes:
        officer: Waits for the program's answers.
        presses: How often the button went down.
        letters: How many letters were typed.
        notches: How far the wheel was turned.
        pressed: What was pressed: its name, its size, and the shape of the pointer over it.
    """

    def __init__(self, officer: Officer) -> None:
        self.officer = officer
        self.presses = self.letters = self.notches = 0
        self.pressed: list[tuple[str, tuple[int, int], Qt.CursorShape]] = []
        self._field: QWidget | None = None

    # Pressing

    def click(self, widget: QWidget) -> None:
        """Press a widget in its middle."""
        where = self.reach(widget)
        heard: list[bool] = []
        button = widget if isinstance(widget, QAbstractButton) else None
        if button is not None:
            button.clicked.connect(lambda *_: heard.append(True))
        name = name_of(widget)
        self._press(widget, where)
        assert button is None or heard, f"{name} was pressed, and nothing came of it"
        self.officer.settle()

    def click_item(self, view: QAbstractItemView, index: QModelIndex) -> None:
        """Press a line of a list or a table; it is scrolled to by the wheel."""
        name = f"line {index.row()} of {name_of(view)}"
        port = view.viewport()
        self._wait_until_still(port)

        def where() -> QRect:
            return view.visualRect(index).intersected(QRect(0, view.visualRect(index).y(), port.width(), 10_000))

        self._scroll_to(view, where, name)
        rect = where()
        point = self._point(port, rect.center())
        assert port.rect().contains(rect), f"{name} does not come wholly into sight"
        self._look(port, [rect.center()], name)
        self._press(port, point, name, rect)
        self.officer.settle()

    def click_tab(self, bar: QTabBar, title: str) -> None:
        """Press a tab by what it says."""
        place = next(place for place in range(bar.count()) if bar.tabText(place).startswith(title))
        self._wait_until_still(bar)
        rect = bar.tabRect(place)
        self._look(bar, [rect.center()], f"tab {title}")
        self._press(bar, self._point(bar, rect.center()), title, rect)
        self.officer.settle()

    def choose(self, box: QComboBox, words: str) -> None:
        """Open a box and press one of its lines."""
        self.click(box)
        view = box.view()
        popup = view.window()  # held here: the bindings let go of what is in it with the last name for it
        self.officer.wait(popup.isVisible)
        self.click_item(view, box.model().index(box.findText(words), 0))
        self.officer.wait(lambda: not popup.isVisible())
        assert box.currentText() == words

    def draw(self, widget: QWidget, strokes: Sequence[Sequence[tuple[float, float]]]) -> None:
        """Drag the pointer over a widget: lines of points, as shares of its width and height."""
        self.reach(widget)
        handle = _handle(widget)
        for stroke in strokes:
            places = [QPoint(round(x * widget.width()), round(y * widget.height())) for x, y in stroke]
            self._look(widget, places, name_of(widget))
            first, *rest = [self._point(widget, place) for place in places]
            self.presses += 1
            QTest.mouseMove(handle, first)
            QTest.mousePress(handle, LEFT, PLAIN, first)
            for point in rest:
                QTest.mouseMove(handle, point)
            QTest.mouseRelease(handle, LEFT, PLAIN, rest[-1])
        self.officer.settle()

    def drop(self, widget: QWidget, files: Sequence[Path]) -> None:
        """Drop files of another program onto a widget."""
        where, handle = self.reach(widget), _handle(widget)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
        either = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
        enter = QDragEnterEvent(QPointF(where), either, data, LEFT, PLAIN)
        QCoreApplication.sendEvent(handle, enter)
        move = QDragMoveEvent(QPointF(where), either, data, LEFT, PLAIN)
        QCoreApplication.sendEvent(handle, move)
        assert move.isAccepted(), f"{name_of(widget)} takes no files"
        drop = QDropEvent(QPointF(where), either, data, LEFT, PLAIN)
        QCoreApplication.sendEvent(handle, drop)
        assert drop.isAccepted()
        assert drop.dropAction() == Qt.DropAction.CopyAction, "files are never moved"
        self.presses += 1
        self.officer.settle()

    # Typing

    def fill(self, field: QWidget, text: str) -> None:
        """Press a field, then type words into it."""
        self.click(field)
        focus = self.officer.focus
        assert focus is field, f"{name_of(field)} was pressed, but {name_of(focus)} has the keyboard"
        assert text.isprintable(), "words only: no key does anything but write"
        QTest.keyClicks(focus, text)
        self.letters += len(text)
        self.officer.settle()

    # Reaching

    def reach(self, widget: QWidget) -> QPoint:
        """Bring a widget into sight by the wheel, and look whether a press would hit it; where to press."""
        name = name_of(widget)
        self._wait_until_still(widget)
        assert widget.isVisible(), f"{name} is not on show"
        assert widget.isEnabled(), f"{name} cannot be pressed now"
        for area in areas_around(widget):
            self._scroll_to(area, lambda area=area: _place_in(widget, area), name)
        rect = widget.rect()
        shown = _shown(widget)
        assert shown.contains(rect.center()), f"{name} does not come into sight: {_what_clips(widget)}"
        whole = rect.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        corners = [whole.topLeft(), whole.topRight(), whole.bottomLeft(), whole.bottomRight()]
        self._look(widget, [rect.center(), *(corner for corner in corners if shown.contains(corner))], name)
        return self._point(widget, rect.center())

    def hover(self, widget: QWidget) -> None:
        """Move the pointer over a widget and leave it there."""
        self._move(widget, self.reach(widget))
        self.officer.settle()

    def _wait_until_still(self, widget: QWidget) -> None:
        """No hand is as fast as a layout: wait until a widget stays where it is."""
        was: list[QRect] = []
        for _ in range(50):
            QApplication.processEvents()
            self.officer.settle()
            now = QRect(widget.mapTo(widget.window(), QPoint(0, 0)), widget.size())
            if was[-2:] == [now, now]:
                return
            was.append(now)
        raise AssertionError(f"{name_of(widget)} does not stand still: {was[-3:]}")

    def _scroll_to(self, area: QAbstractScrollArea, where: Callable[[], QRect], name: str) -> None:
        """Turn the wheel until ``where``, in coordinates of the area's inside, lies within it; as near as it comes."""
        port, bar = area.viewport(), area.verticalScrollBar()
        before = 0
        for _ in range(MOST_NOTCHES):
            rect = where()
            if port.rect().contains(rect) or (bar.maximum() == bar.minimum()):
                return
            up = rect.top() < 0 if rect.height() <= port.height() else rect.center().y() < port.height() / 2
            turn = 1 if up else -1
            if before == -turn:
                return  # between two notches: the middle is in sight, or what follows says that it is not
            before, was = turn, bar.value()
            rest = self._resting_place(area)
            QTest.wheelEvent(_handle(port), QPointF(rest), QPoint(0, turn * NOTCH))
            self.notches += 1
            self.officer.settle()
            if bar.value() == was:
                return
        raise AssertionError(f"{name} is not reached by {MOST_NOTCHES} notches of the wheel")

    def _resting_place(self, area: QAbstractScrollArea) -> QPoint:
        """A point over a scroll area under which nothing else takes the wheel, in coordinates of the window."""
        port = area.viewport()
        window, shown = port.window(), _shown(port)
        for down in (0.5, 0.25, 0.75, 0.1, 0.9, 0.02, 0.98):
            for across in (0.5, 0.1, 0.9, 0.02, 0.98):
                inside = QPoint(
                    shown.left() + round(across * (shown.width() - 1)), shown.top() + round(down * (shown.height() - 1))
                )
                point = port.mapTo(window, inside)
                hit = window.childAt(point)
                if hit is not None and next(_takers_of_the_wheel(hit), None) is area:
                    return point
        raise AssertionError(f"the wheel cannot be turned over {name_of(area)}")

    def _look(self, widget: QWidget, places: Sequence[QPoint], name: str) -> None:
        """Fail unless a press at every place of a widget would hit it."""
        window = widget.window()
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        assert popup is None or popup is window, f"{name} is behind what is open: {popup and name_of(popup)}"
        if popup is None and modal is not None:
            assert modal is window, f"{name} is behind a dialog: {name_of(modal)}"
        main = self.officer.window
        for place in places:
            point = widget.mapTo(window, place)
            assert main.rect().contains(main.mapFromGlobal(widget.mapToGlobal(place))), (
                f"{name} lies outside the window that fills the screen"
            )
            hit = window.childAt(point) or window
            covered = f"{name} is covered by {name_of(hit)} at {place.x()}, {place.y()} of {widget.size().toTuple()}"
            assert hit is widget or widget.isAncestorOf(hit), covered

    def _press(self, widget: QWidget, point: QPoint, name: str = "", rect: QRect | None = None) -> None:
        handle = _handle(widget)
        self._move(widget, point)
        size = widget.size() if rect is None else rect.size()
        hit = widget.window().childAt(point) or widget
        self.pressed.append((name or name_of(widget), (size.width(), size.height()), hit.cursor().shape()))
        self.presses += 1
        QTest.mousePress(handle, LEFT, PLAIN, point)
        QApplication.processEvents()  # a finger stays down a while: what moves away under it is not pressed
        QTest.mouseRelease(handle, LEFT, PLAIN, point)

    @staticmethod
    def _move(widget: QWidget, point: QPoint) -> None:
        """Bring the pointer to a point of a window: what lies under it knows, and what it left knows too."""
        QCursor.setPos(widget.window().mapToGlobal(point))
        QTest.mouseMove(_handle(widget), point)

    @staticmethod
    def _point(widget: QWidget, place: QPoint) -> QPoint:
        return widget.mapTo(widget.window(), place)


def areas_around(widget: QWidget) -> list[QAbstractScrollArea]:
    """The scroll areas a widget lies in, the outermost first."""
    found: list[QAbstractScrollArea] = []
    above = widget.parentWidget()
    while above is not None and not widget.isWindow():
        if isinstance(above, QAbstractScrollArea) and above.viewport().isAncestorOf(widget):
            found.insert(0, above)
        above = None if above.isWindow() else above.parentWidget()
    return found


def name_of(widget: QWidget) -> str:
    """What a widget is called in a message."""
    said = widget.accessibleName() or getattr(widget, "text", str)() or widget.objectName()
    return f"{type(widget).__name__} “{said}”" if said else type(widget).__name__


def named(within: QWidget, kind: type[Any], name: str) -> Any:
    """The one widget on show whose name, or words, begin so."""
    found = [
        part
        for part in within.findChildren(kind)
        if part.isVisible() and (part.accessibleName() or getattr(part, "text", str)()).startswith(name)
    ]
    assert len(found) == 1, f"{len(found)} things on show are called {name}: {[name_of(part) for part in found]}"
    return found[0]


def field_in(editor: QWidget) -> QWidget:
    """The field that is typed into, in an editor of a form."""
    for kind in (QLineEdit, QPlainTextEdit):
        found = editor.findChild(kind)
        if isinstance(found, QWidget):
            return found
    raise AssertionError(f"{name_of(editor)} has no field")


def _handle(widget: QWidget) -> QWindow:
    handle = widget.window().windowHandle()
    assert handle is not None
    return handle


def _takers_of_the_wheel(widget: QWidget) -> Iterator[QWidget]:
    """What would be offered the wheel over a widget, from the inside out."""
    part: QWidget | None = widget
    while part is not None:
        if isinstance(part, (QAbstractScrollArea, QComboBox, QAbstractSpinBox)):
            yield part
        part = None if part.isWindow() else part.parentWidget()


def _place_in(widget: QWidget, area: QAbstractScrollArea) -> QRect:
    return QRect(widget.mapTo(area.viewport(), QPoint(0, 0)), widget.size())


def _shown(widget: QWidget) -> QRect:
    """The part of a widget that what it lies in does not cut off, in its own coordinates."""
    shown, above = widget.rect(), widget.parentWidget()
    while above is not None and not widget.isWindow():
        origin = widget.mapTo(above, QPoint(0, 0))
        shown = shown.intersected(above.rect().translated(-origin))
        above = None if above.isWindow() else above.parentWidget()
    return shown


def _what_clips(widget: QWidget) -> str:
    """What cuts off the middle of a widget."""
    above = widget.parentWidget()
    while above is not None:
        if not above.rect().contains(widget.mapTo(above, widget.rect().center())):
            return f"{name_of(above)} ends before it"
        above = None if above.isWindow() else above.parentWidget()
    return "nothing cuts it off"
