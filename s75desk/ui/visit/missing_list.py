"""What is missing before a visit can be signed, by name: what keeps it open first, then what is worth a look."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from s75desk.domain.status import Shape
from s75desk.domain.visits.completeness import Missing
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
GAP = Qt.ItemDataRole.UserRole + 1
_EDGE = 5
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class MissingModel(QAbstractListModel):
    """The gaps as a list; an adapter between them and Qt."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.gaps: tuple[Missing, ...] = ()

    def set_gaps(self, gaps: Sequence[Missing]) -> None:
        """Show other gaps: those that block first, each group in the order of the visit."""
        new = (*(gap for gap in gaps if gap.blocks), *(gap for gap in gaps if not gap.blocks))
        if new != self.gaps:
            self.beginResetModel()
            self.gaps = new
            self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self.gaps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Name and what is missing."""
        if not index.isValid() or not 0 <= index.row() < len(self.gaps):
            return None
        gap = self.gaps[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return gap.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{'Needed' if gap.blocks else 'Worth a look'}: {gap.title}. {gap.text}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{gap.title}\n{gap.text}"
        return gap if role == GAP else None


class MissingList(QListView):
    """See the module. Enter or a press goes there.

    Signals:
        chosen: A ``Missing``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.gaps_model = MissingModel(self)
        self.setModel(self.gaps_model)
        self.setItemDelegate(_GapPainter(self))
        self.setProperty("ground", "canvas")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName("What is missing")
        self.clicked.connect(self._press)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not event.modifiers():
            self._press(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines elsewhere; a list that is no grid would keep the old heights."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def _press(self, index: QModelIndex) -> None:
        gap = index.data(GAP)
        if isinstance(gap, Missing):
            self.chosen.emit(gap)


class _GapPainter(QStyledItemDelegate):
    """A shape, the name in bold, and under it what is missing; long words wrap, nothing is cut short."""

    def __init__(self, view: MissingList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As high as its words, and never lower than a finger."""
        metrics = Theme.of(self._view).metrics
        wide = self._view.viewport().width()
        _, title, text = self._places(QRect(0, 0, wide, 0), index.data(GAP))
        high = round(title.height() + text.height()) + 2 * metrics.space(_EDGE) + 1
        return QSize(metrics.px(10), max(metrics.size("touch_minimum"), high))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one gap."""
        gap: Missing = index.data(GAP)
        theme = Theme.of(self._view)
        rect = QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        here = self._view.hasFocus() and index == self._view.currentIndex()
        if here:
            painter.fillRect(rect, theme.colour("selected"))
            bar = int(theme.tokens.line["selected_bar"])
            painter.fillRect(QRect(rect.left(), rect.top(), bar, rect.height()), theme.colour("accent"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.colour("hover"))
        mark, title, text = self._places(rect, gap)
        paint_shape(painter, Shape.ALERT if gap.blocks else Shape.INFO, mark, theme.colour)
        for font, colour, where, words in (
            (theme.fonts.get("visit_small", bold=True), "text", title, gap.title),
            (theme.fonts.get("visit_small"), "muted", text, gap.text),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            painter.drawText(where, _WRAPPED, words)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def _places(self, rect: QRect, gap: Missing) -> tuple[QRectF, QRectF, QRectF]:
        """Where the shape, the name and the words stand in a line."""
        theme = Theme.of(self._view)
        space, side = theme.metrics.space, theme.metrics.space(16)
        bold = QFontMetricsF(theme.fonts.get("visit_small", bold=True))
        plain = QFontMetricsF(theme.fonts.get("visit_small"))
        start = rect.left() + space(10) + side + space(10)
        room = QRectF(0, 0, max(1, rect.right() - space(10) - start), 10_000)
        top = rect.top() + space(_EDGE)
        title = bold.boundingRect(room, _WRAPPED, gap.title)
        text = plain.boundingRect(room, _WRAPPED, gap.text)
        mark = QRectF(rect.left() + space(10), top + (bold.height() - side) / 2, side, side)
        upper = QRectF(start, top, room.width(), title.height())
        return mark, upper, QRectF(start, upper.bottom(), room.width(), text.height())
