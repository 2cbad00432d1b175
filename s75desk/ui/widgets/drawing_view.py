"""A chart in the window: the drawing that goes on paper, in the colours of the theme, with words for every point."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from s75desk.domain.drawing import Drawing, Spot
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.drawing_painting import paint_drawing
from s75desk.ui.widgets.table_copy import as_mime

Builder = Callable[[float], Drawing]
"""Makes the drawing for a width in units; the drawing decides its height."""

_LEAST_WIDTH = 24.0
_REACH = 8.0
_COPY_SCALE = 2
_COPY_MARGIN = 12


class DrawingView(QWidget):
    """Shows what ``build`` makes for the width there is; a unit is a logical pixel at b = 14.

    Words of a point show under the pointer; with the keyboard, arrows go from point to point and each is read out.
    The menu copies the picture, on white as on paper, or the figures as a table.

    Args:
        build: Makes the drawing; None for nothing yet.
        name: What a screen reader calls it; the drawing's own words describe it.
    """

    def __init__(self, build: Builder | None = None, name: str = "Chart", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build = build
        self._made: dict[int, Drawing] = {}
        self._spot = -1
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self._tell()

    def set_build(self, build: Builder | None) -> None:
        """Show another drawing."""
        self._build = build
        self._made.clear()
        self._spot = -1
        self._tell()
        self.updateGeometry()
        self.update()

    def drawing(self) -> Drawing:
        """The drawing as made for the width now; an empty one if there is none."""
        return self._for_width(self.width())

    def copy_picture(self) -> None:
        """Put the drawing on the clipboard as a picture in the colours of paper."""
        QGuiApplication.clipboard().setImage(self.picture())

    def copy_table(self) -> None:
        """Put the figures behind the drawing on the clipboard."""
        table = self.drawing().table
        if table:
            QGuiApplication.clipboard().setMimeData(as_mime(table))

    def picture(self) -> QImage:
        """The drawing on white, twice as fine as the window."""
        theme = Theme.of(self)
        drawing = self.drawing()
        wide = round(drawing.width + 2 * _COPY_MARGIN) * _COPY_SCALE
        high = round(drawing.height + 2 * _COPY_MARGIN) * _COPY_SCALE
        image = QImage(max(1, wide), max(1, high), QImage.Format.Format_ARGB32)
        image.setDevicePixelRatio(_COPY_SCALE)
        image.fill(theme.paper_colour("surface"))
        painter = QPainter(image)
        painter.translate(_COPY_MARGIN, _COPY_MARGIN)
        paint_drawing(painter, drawing, theme.paper_colour, theme.tokens.family)
        painter.end()
        return image

    # Size

    def sizeHint(self) -> QSize:
        """As wide as it likes to be."""
        wide = Theme.of(self).metrics.px(40)
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        """Narrower than this no drawing can be read."""
        wide = Theme.of(self).metrics.px(_LEAST_WIDTH)
        return QSize(wide, 0)

    def hasHeightForWidth(self) -> bool:
        """The drawing decides its height."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of the drawing made for ``width``."""
        return round(self._for_width(width).height * self._factor())

    # Painting and words

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        theme = Theme.of(self)
        drawing = self.drawing()
        painter = QPainter(self)
        painter.scale(self._factor(), self._factor())
        paint_drawing(painter, drawing, theme.colour, theme.tokens.family)
        if self.hasFocus() and 0 <= self._spot < len(drawing.spots):
            spot = drawing.spots[self._spot]
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), theme.tokens.line["focus"]))
            reach = max(spot.radius, 4.0) + 4
            painter.drawEllipse(QPointF(spot.x, spot.y), reach, reach)

    def event(self, event: QEvent) -> bool:
        """Words of the point under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            spot = self._spot_at(QPointF(event.pos()))
            if spot is None:
                QToolTip.hideText()
                event.ignore()
            else:
                QToolTip.showText(event.globalPos(), spot.text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from point to point."""
        spots = self.drawing().spots
        step = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()))
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(spots) - 1}.get(Qt.Key(event.key()))
        if not spots or (step is None and ends is None):
            super().keyPressEvent(event)
            return
        place = ends if ends is not None else self._spot + (step or 0)
        self._spot = max(0, min(place, len(spots) - 1))
        self._say_spot()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The keyboard left."""
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy the picture or the figures."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with it, for a button beside its heading."""
        menu = QMenu(self)
        menu.addAction("Copy as picture").triggered.connect(self.copy_picture)
        table = menu.addAction("Copy as table")
        table.triggered.connect(self.copy_table)
        table.setEnabled(bool(self.drawing().table))
        return menu

    def changeEvent(self, event: QEvent) -> None:
        """Its height follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._made.clear()
            self.updateGeometry()

    def _factor(self) -> float:
        return Theme.of(self).metrics.factor

    def _for_width(self, width: int) -> Drawing:
        made = self._made.get(width)
        if made is None:
            units = max(1.0, width / self._factor())
            made = self._build(units) if self._build is not None else Drawing(units, 0)
            if len(self._made) > 4:
                self._made.clear()
            self._made[width] = made
        return made

    def _spot_at(self, where: QPointF) -> Spot | None:
        factor = self._factor()
        x, y = where.x() / factor, where.y() / factor
        near = [(max(abs(spot.x - x), abs(spot.y - y)), spot) for spot in self.drawing().spots]
        near = [(far, spot) for far, spot in near if far <= max(spot.radius, _REACH)]
        return min(near, key=_distance)[1] if near else None

    def _say_spot(self) -> None:
        spot = self.drawing().spots[self._spot]
        factor = self._factor()
        where = self.mapToGlobal(QPointF(spot.x * factor, (spot.y + spot.radius) * factor).toPoint())
        QToolTip.showText(where, spot.text, self)
        announce(self, spot.text, urgent=True)
        self.update(QRectF(self.rect()).toRect())

    def _tell(self) -> None:
        """Tell screen readers the story of the drawing."""
        drawing = self._for_width(max(self.width(), Theme.of(self).metrics.px(_LEAST_WIDTH)))
        self.setAccessibleDescription(drawing.alternative)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if drawing.spots else Qt.FocusPolicy.NoFocus)


def _distance(pair: tuple[float, Spot]) -> float:
    return pair[0]
