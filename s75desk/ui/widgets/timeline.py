"""What happened, newest first: date, mark, title and a second line, joined by a line down the marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from s75desk.domain.status import Shape
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape

_HIGH = 3.14


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened.

    Attributes:
        when: "1 Feb", or with the year where it is another.
        title: "Risk: amber to red".
        sub: Second line.
        shape: Status shape as the mark, or None for ``icon``.
        icon: Icon as the mark.
        bold: Whether it matters most.
        kind: Record kind it opens.
        uid: Record it opens; "" if there is nothing to open.
    """

    when: str
    title: str
    sub: str = ""
    shape: Shape | None = None
    icon: str = "note"
    bold: bool = False
    kind: str = ""
    uid: str = ""


class Timeline(QWidget):
    """The events in the order given.

    Signals:
        opened: An event was pressed: the ``Event``.
    """

    opened = Signal(object)

    def __init__(self, events: Sequence[Event] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._lines: list[_EventLine] = []
        self.setAccessibleName("Timeline")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_events(events)

    def set_events(self, events: Sequence[Event]) -> None:
        """Show other events."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = []
        theme = Theme.of(self)
        small = QFontMetrics(theme.fonts.get("small"))
        dates = max((small.horizontalAdvance(event.when) for event in events), default=0)
        for place, event in enumerate(events):
            line = _EventLine(event, dates, last=place == len(events) - 1, parent=self)
            line.clicked.connect(self._open)
            self._column.addWidget(line)
            self._lines.append(line)

    def _open(self) -> None:
        line = self.sender()
        if isinstance(line, _EventLine) and line.event_shown.uid:
            self.opened.emit(line.event_shown)


class _EventLine(QAbstractButton):
    """One event with its stretch of the line."""

    def __init__(self, event: Event, dates: int, *, last: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.event_shown = event
        self._dates = dates
        self._last = last
        opens = bool(event.uid)
        self.setText(event.title)
        self.setAccessibleName(". ".join(part for part in (event.when, event.title, event.sub) if part))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(20), metrics.px(_HIGH))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.of(self)
        metrics = theme.metrics
        shown = self.event_shown
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and shown.uid:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        line = metrics.px(1.36)
        side = metrics.size("status_shape")
        centre = self._dates + metrics.space(8) + side
        middle = Qt.AlignmentFlag.AlignVCenter
        small = theme.fonts.get("small")
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(0, 2, self._dates + 1, line), int(middle | Qt.AlignmentFlag.AlignRight), shown.when)
        mark_middle = 2 + line / 2
        if not self._last:
            painter.setPen(QPen(theme.colour("line"), 1.5))
            painter.drawLine(QPointF(centre, mark_middle + side), QPointF(centre, self.height() - 2))
        if shown.shape is not None:
            mark = QRectF(centre - side / 2, mark_middle - side / 2, side, side)
            paint_shape(painter, shown.shape, mark, theme.colour)
        else:
            big = metrics.space(17)
            theme.icons.paint(painter, shown.icon, QRectF(centre - big / 2, mark_middle - big / 2, big, big), "text")
        start = centre + side / 2 + metrics.space(14)
        room = self.width() - start
        font = theme.fonts.get(bold=shown.bold)
        title = QFontMetrics(font).elidedText(shown.title, Qt.TextElideMode.ElideMiddle, int(room))
        sub = QFontMetrics(small).elidedText(shown.sub, Qt.TextElideMode.ElideMiddle, int(room))
        whole = (title, sub) == (shown.title, shown.sub)
        self.setToolTip("" if whole else f"{shown.title}\n{shown.sub}".strip())
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(start, 2, room, line), int(middle), title)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(start, 2 + line, room, line), int(middle), sub)
