"""Two weeks at a glance: days down the left, what falls on them beside; each entry opens its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QMenu, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, row
from s75desk.ui.widgets.surface import Hairline

_LINE = 1.72


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that falls on a day.

    Attributes:
        icon: Icon of its kind.
        text: What it is.
        when: A time, "late", "last day"; may be empty.
        kind: Record kind it opens.
        uid: Record it opens; "" if there is nothing to open.
    """

    icon: str
    text: str
    when: str = ""
    kind: str = ""
    uid: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the agenda.

    Attributes:
        name: "Mon 2".
        entries: What falls on it; nothing due if empty.
        today: Whether it is today.
        before: Words of a line above it, such as "Next week".
    """

    name: str
    entries: tuple[Entry, ...] = ()
    today: bool = False
    before: str = ""


class Agenda(QWidget):
    """The days in order.

    Signals:
        opened: An entry was pressed: the ``Entry``.
    """

    opened = Signal(object)

    def __init__(self, days: Sequence[Day] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        self.setAccessibleName("Next two weeks")
        self._scale()
        Theme.of(self).changed.connect(self._scale)
        self.set_days(days)

    def set_days(self, days: Sequence[Day]) -> None:
        """Show other days."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        line = 0
        for day in days:
            if day.before:
                words = Label(day.before, "caption", bold=True, colour="muted")
                self._grid.addWidget(boxed(row(words, (Hairline(), 1), margins=(0, 4, 0, 4)), self), line, 0, 1, 2)
                line += 1
            self._grid.addWidget(_DayName(day, self), line, 0, Qt.AlignmentFlag.AlignTop)
            for entry in day.entries:
                button = _EntryButton(day, entry, self)
                button.clicked.connect(self._open)
                self._grid.addWidget(button, line, 1)
                line += 1
            if not day.entries:
                nothing = Label("Nothing due", colour="muted", parent=self)
                nothing.setAccessibleName(f"{day.name}: nothing due")
                self._grid.addWidget(nothing, line, 1)
                line += 1
            gap = QWidget(self)
            gap.setFixedHeight(Theme.of(self).metrics.space(5))
            self._grid.addWidget(gap, line, 0)
            line += 1
        self._grid.setRowStretch(line, 1)

    def _open(self) -> None:
        button = self.sender()
        if isinstance(button, _EntryButton) and button.entry.uid:
            self.opened.emit(button.entry)

    def _scale(self) -> None:
        metrics = Theme.of(self).metrics
        self._grid.setHorizontalSpacing(metrics.space(12))
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnMinimumWidth(0, metrics.px(3.4))


class _DayName(QWidget):
    """Name of a day; today stands on blue."""

    def __init__(self, day: Day, parent: QWidget) -> None:
        super().__init__(parent)
        self._day = day
        self.setAccessibleName(f"{day.name}, today" if day.today else day.name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        theme = Theme.of(self)
        wide = QFontMetrics(theme.fonts.get(bold=True)).horizontalAdvance(self._day.name)
        return QSize(wide + theme.metrics.space(12), theme.metrics.px(_LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._day.today:
            corner = theme.metrics.radius("control")
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(QRectF(self.rect()), corner, corner)
        painter.setFont(theme.fonts.get(bold=True))
        painter.setPen(theme.colour("on_accent" if self._day.today else "text"))
        area = QRectF(self.rect()).adjusted(theme.metrics.space(5), 0, 0, 0)
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter), self._day.name)


class _EntryButton(QAbstractButton):
    """One entry: icon, what, when."""

    def __init__(self, day: Day, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        opens = bool(entry.uid)
        self.setText(entry.text)
        self.setAccessibleName(", ".join(part for part in (day.name, entry.text, entry.when) if part))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if opens else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def sizeHint(self) -> QSize:
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(14), metrics.px(_LINE))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What Enter does, for whoever looks for it here."""
        if self.entry.uid:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.addAction("Open (Enter)", self.click)
            menu.popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = Theme.of(self)
        metrics = theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.underMouse() and self.entry.uid:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("hover"))
            painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        side = metrics.space(17)
        theme.icons.paint(painter, self.entry.icon, QRectF(0, (self.height() - side) / 2, side, side))
        small = theme.fonts.get("small")
        wide = QFontMetrics(small).horizontalAdvance(self.entry.when)
        start = side + metrics.space(8)
        room = self.width() - start - (wide + metrics.space(8) if wide else 0)
        font = theme.fonts.get()
        words = QFontMetrics(font).elidedText(self.entry.text, Qt.TextElideMode.ElideMiddle, room)
        self.setToolTip(self.entry.text if words != self.entry.text else "")
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRectF(start, 0, room, self.height()), int(middle), words)
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        painter.drawText(QRectF(self.rect()), int(middle | Qt.AlignmentFlag.AlignRight), self.entry.when)
