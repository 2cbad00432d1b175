"""A count that explains itself; pressing it filters the list below."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from s75desk.domain.status import Shape
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape

MUTED = 0.55
"""How much of its strength is left to a count that may no longer be so: a tile that is not enabled."""

_HIGH = 4.86
_LEAST_WIDTH = 9.0


class Tile(QAbstractButton):
    """A count, what is counted, and the base it stands on. Checkable: checked means that it filters.

    Args:
        shape: Status shape at its corner.
        name: What is counted: "actions overdue".
        count: The count as written.
        base: The base: "Of 41 open; oldest 12 days".
    """

    def __init__(self, shape: Shape, name: str, count: str = "", base: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shape = shape
        self._name = name
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_count(count, base)

    def set_count(self, count: str, base: str, *, shape: Shape | None = None, name: str = "") -> None:
        """Show another count and base."""
        self._count = count
        self._base = base
        self._shape = shape or self._shape
        self._name = name or self._name
        self.setText(f"{count} {self._name}")
        self.setAccessibleName(f"{count} {self._name}. {base}")
        self.setToolTip(base)
        self.update()

    def sizeHint(self) -> QSize:
        """Room for its words."""
        theme = Theme.of(self)
        metrics = theme.metrics
        top = QFontMetrics(theme.fonts.get("figure", bold=True)).horizontalAdvance(self._count)
        top += QFontMetrics(theme.fonts.get(bold=True)).horizontalAdvance(self._name) + metrics.space(60)
        base = QFontMetrics(theme.fonts.get("small")).horizontalAdvance(self._base) + metrics.space(28)
        return QSize(max(top, base), metrics.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Words are cut short below this, and whole in the tip."""
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(_LEAST_WIDTH), metrics.px(_HIGH))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tint under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw panel, count, name, base and shape."""
        theme = Theme.of(self)
        metrics = theme.metrics
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(1 if self.isEnabled() else MUTED)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        corner = metrics.radius("panel")
        on = self.isChecked()
        painter.setPen(QPen(theme.colour("accent" if on else "line"), 1))
        painter.setBrush(theme.colour("accent_soft" if on else "hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(rect, corner, corner)
        pad, side = metrics.space(14), metrics.size("status_shape")
        middle = metrics.space(22)
        count_font = theme.fonts.get("figure", bold=True)
        wide = QFontMetrics(count_font).horizontalAdvance(self._count)
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(count_font)
        painter.setPen(theme.colour("text"))
        painter.drawText(QRectF(pad, middle - metrics.px(1.2), wide + 2, metrics.px(2.4)), flags, self._count)
        name_font = theme.fonts.get(bold=True)
        start = pad + wide + metrics.space(9)
        room = rect.right() - metrics.space(31) - start
        painter.setFont(name_font)
        name = QFontMetrics(name_font).elidedText(self._name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(start, middle - metrics.px(1.05), room, metrics.px(2.4)), flags, name)
        mark = QRectF(rect.right() - metrics.space(13) - side, middle + 1 - side / 2, side, side)
        paint_shape(painter, self._shape, mark, theme.colour)
        small = theme.fonts.get("small")
        painter.setFont(small)
        painter.setPen(theme.colour("muted"))
        room = rect.width() - 2 * pad
        base = QFontMetrics(small).elidedText(self._base, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(pad, metrics.space(38), room + 2, metrics.space(20)), flags, base)
