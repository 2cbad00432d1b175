"""Floating sheets: children of the window beside what they are about; Esc closes them and focus returns."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.fade import fade_in
from s75desk.ui.widgets.layouts import Line, column
from s75desk.ui.widgets.soft_panel import Side, SoftPanel

_GAP = 10
_OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}


class FloatingSheet(SoftPanel):
    """A sheet that floats over the window.

    It takes the keyboard when it opens, keeps Tab within itself, and gives the keyboard back to who had it. It
    closes by Esc, by its own buttons, and when the keyboard goes elsewhere in the window.

    Signals:
        closed: It is going away.

    Args:
        window: Any widget of the window.
        name: What a screen reader calls it.
        width: Width of the sheet proper in multiples of b; 0 for as wide as its contents.
        padding: Space between edge and contents at b = 14: left, top, right, bottom.

    Attributes:
        body: Column to put contents into.
        from_start: Whether above or below its anchor it begins where that begins, and not in the middle of it.
    """

    from_start = False

    closed = Signal()

    def __init__(
        self,
        window: QWidget,
        *,
        name: str = "",
        width: float = 0,
        padding: tuple[int, int, int, int] = (16, 14, 16, 14),
    ) -> None:
        super().__init__(window)
        self._width = width
        self._anchor: QRect | None = None
        self._opener: QWidget | None = None
        self._side: Side = "left"
        left, top, right, bottom = padding
        self.body: Line = column(margins=(16 + left, 16 + top, 16 + right, 16 + bottom), gap=8, parent=self)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", False)  # its own edge shows that it has the keyboard
        self.hide()

    # Opening and closing

    def open_at(self, anchor: QRect, side: Side = "left", focus: QWidget | None = None) -> None:
        """Open beside ``anchor`` (window coordinates), with an arrow towards it.

        Args:
            anchor: What the sheet is about.
            side: Which side of it is tried first.
            focus: Who gets the keyboard; the sheet itself by default, so that Tab starts at its top.
        """
        self._anchor = QRect(anchor)
        self._side = side
        self._open(self._place_beside(), focus)

    def open_centred(self, top: float | None = None, focus: QWidget | None = None) -> None:
        """Open in the middle of the window; ``top`` multiples of b from its upper edge if given."""
        self._anchor = None
        self._top = top
        self._open(self._place_centred(), focus)

    def close_sheet(self, *, give_back: bool = True) -> None:
        """Close it; focus returns to who had it unless ``give_back`` is false."""
        if not self.isVisible():
            return
        QApplication.instance().focusChanged.disconnect(self._focus_moved)  # type: ignore[union-attr]
        self.window().removeEventFilter(self)
        held = self.isAncestorOf(QApplication.focusWidget() or self) or self.hasFocus()
        self.hide()
        opener = self._opener
        if give_back and held and opener is not None and shiboken6.isValid(opener) and opener.isVisible():
            opener.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.closed.emit()
        self.deleteLater()

    def _open(self, where: QRect, focus: QWidget | None) -> None:
        self._opener = QApplication.focusWidget()
        fade_in(self, where)
        (focus or self).setFocus(Qt.FocusReason.PopupFocusReason)
        self.window().installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    # Place

    def preferred_size(self) -> QSize:
        """Size with the soft edge, no larger than the window allows."""
        metrics = Theme.of(self).metrics
        edge = 2 * self.edge
        window = self.window().size()
        layout = self.body
        layout.invalidate()
        layout.activate()
        wide = metrics.px(self._width) + edge if self._width else layout.sizeHint().width()
        wide = min(wide, window.width())
        if layout.hasHeightForWidth():
            high = layout.totalHeightForWidth(wide)
        else:
            high = max(layout.sizeHint().height(), layout.minimumSize().height())
        return QSize(wide, min(high, window.height()))

    def refit(self) -> None:
        """Take the size of changed contents and stay in place."""
        if self.isVisible():
            self.setGeometry(self._place_beside() if self._anchor is not None else self._place_centred())

    def _place_centred(self) -> QRect:
        size = self.preferred_size()
        window = self.window()
        metrics = Theme.of(self).metrics
        y = (window.height() - size.height()) // 2
        if self._top is not None:
            y = metrics.px(self._top) - self.edge
        self.set_arrow(None)
        return QRect(QPoint((window.width() - size.width()) // 2, max(-self.edge, y)), size)

    def _place_beside(self) -> QRect:
        anchor = self._anchor or QRect()
        size = self.preferred_size()
        for side in (self._side, _OPPOSITE[self._side], "bottom", "top", "right", "left"):
            rect = self._beside(anchor, size, side)
            if rect is not None:
                self._point(rect, anchor, side)
                return rect
        self.set_arrow(None)
        return self._kept_inside(QRect(anchor.center() - QPoint(size.width() // 2, 0), size))

    def _beside(self, anchor: QRect, size: QSize, side: Side) -> QRect | None:
        """Where it would stand on one side of the anchor, or None if there is no room."""
        gap, edge, window = _GAP, self.edge, self.window().rect()
        if side in ("left", "right"):
            x = anchor.left() - gap - size.width() + edge if side == "left" else anchor.right() + gap - edge
            rect = self._kept_inside(QRect(QPoint(x, anchor.center().y() - size.height() // 2), size), along_x=False)
            fits = x >= -edge and x + size.width() <= window.width() + edge
        else:
            y = anchor.top() - gap - size.height() + edge if side == "top" else anchor.bottom() + gap - edge
            x = anchor.left() - edge if self.from_start else anchor.center().x() - size.width() // 2
            rect = self._kept_inside(QRect(QPoint(x, y), size), along_y=False)
            fits = y >= -edge and y + size.height() <= window.height() + edge
        return rect if fits else None

    def _kept_inside(self, rect: QRect, *, along_x: bool = True, along_y: bool = True) -> QRect:
        window, slack = self.window().rect(), self.edge // 2
        if along_x:
            rect.moveLeft(max(-slack, min(rect.left(), window.width() - rect.width() + slack)))
        if along_y:
            rect.moveTop(max(-slack, min(rect.top(), window.height() - rect.height() + slack)))
        return rect

    def _point(self, rect: QRect, anchor: QRect, side: Side) -> None:
        """The arrow stands on the side that faces the anchor, clear of the round corners."""
        clear = self.edge + Theme.of(self).metrics.space(18)
        if side in ("left", "right"):
            at = min(max(anchor.center().y() - rect.top(), clear), rect.height() - clear)
        else:
            at = min(max(anchor.center().x() - rect.left(), clear), rect.width() - clear)
        self.set_arrow(_OPPOSITE[side], at)

    # Keyboard and window

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's name
        """Tab goes round within the sheet."""
        stops = [part for part in self._in_tab_order() if part.focusPolicy() & Qt.FocusPolicy.TabFocus]
        stops = [part for part in stops if part.isVisible() and part.isEnabled()]
        if not stops:
            return True
        now = QApplication.focusWidget()
        place = stops.index(now) if now in stops else (-1 if next else 0)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(place + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def _in_tab_order(self) -> list[QWidget]:
        found: list[QWidget] = []
        part = self.nextInFocusChain()
        while part is not None and part is not self:
            if self.isAncestorOf(part):
                found.append(part)
            part = part.nextInFocusChain()
        return found

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize and watched is self.window():
            self.refit()
        return False

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        """The keyboard went elsewhere in the window: the sheet has done its work."""
        if new is None or new is self or self.isAncestorOf(new) or new.window() is not self.window():
            return
        self.close_sheet(give_back=False)
