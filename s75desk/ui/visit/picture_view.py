"""A picture to look at closely: whole at first, larger by steps, moved about by dragging or from outside."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QImage, QMouseEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from s75desk.ui.theme import Theme

_JPEG = b"\xff\xd8\xff"
_DAMAGED = "This photo cannot be shown: its picture is damaged. Add it again, or restore a backup that holds it."
_SCALES = (1.0, 2.0, 4.0)
"""How large it can be made besides as large as there is room for; at 1 a pixel of the photo is one of the window."""

_MOVE = 0.25
"""Share of the view that one step of moving goes."""

_NOTCH = 120
"""What a wheel tells of one notch."""


class PictureView(QWidget):
    """A picture as large as there is room for, never larger than it is unless that is asked for; or words in its place.

    Signals:
        zoomed: It is shown at another size.
    """

    zoomed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._words = ""
        self._fitted: QPixmap | None = None
        self._scale: float | None = None
        self._middle = QPointF()
        self._dragged: QPointF | None = None
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def words(self) -> str:
        """Why there is no picture; "" if there is one."""
        return self._words

    @property
    def scale(self) -> float:
        """Pixels of the window for one of the photo."""
        return self._fitting() if self._scale is None else self._scale

    @property
    def enlarged(self) -> bool:
        """Whether it is larger than there is room for."""
        return self._scale is not None

    @property
    def can_grow(self) -> bool:
        """Whether it can be shown larger than it is."""
        return not self._image.isNull() and self._larger() is not None

    def show_picture(self, data: bytes) -> None:
        """Show a JPEG, whole."""
        image = QImage.fromData(data) if data.startswith(_JPEG) else QImage()
        self._take(image, _DAMAGED if image.isNull() else "")

    def show_words(self, words: str) -> None:
        """Say why there is no picture."""
        self._take(QImage(), words)

    def grow(self, at: QPointF | None = None) -> None:
        """Show it larger by a step.

        Args:
            at: A point of the view whose place in the picture stays under it; its middle if none is given.
        """
        if not self._image.isNull() and (scale := self._larger()) is not None:
            self._zoom(scale, at)

    def shrink(self, at: QPointF | None = None) -> None:
        """Show it smaller by a step, at the least whole; ``at`` as in ``grow``."""
        if self.enlarged:
            below = [scale for scale in _SCALES if self._fitting() < scale < self.scale]
            self._zoom(below[-1] if below else None, at)

    def show_whole(self) -> None:
        """Show all of it."""
        if self.enlarged:
            self._zoom(None, None)

    def move_by(self, across: int, down: int) -> None:
        """Show what lies to the right or left, below or above, by steps."""
        self._go_to(self._middle + QPointF(across * self.width(), down * self.height()) * _MOVE / self.scale)

    def picture_rect(self) -> QRect:
        """Where the picture is drawn; larger than the view if it is enlarged."""
        scale = self.scale
        size = QSizeF(self._image.size()) * scale
        if not self.enlarged:
            where = QRect(0, 0, round(size.width()), round(size.height()))
            where.moveCenter(self.rect().center())
            return where
        corner = QRectF(self.rect()).center() - self._middle * scale
        return QRectF(corner, size).toRect()

    def minimumSizeHint(self) -> QSize:
        """A picture smaller than this says nothing."""
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(12), metrics.px(9))

    # The pointer

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch makes it larger or smaller where the pointer is."""
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= _NOTCH:
            up = self._turned > 0
            self._turned -= _NOTCH if up else -_NOTCH
            (self.grow if up else self.shrink)(event.position())
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Whole, or as large as it is, there."""
        if self.enlarged:
            self.show_whole()
        else:
            self.grow(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of an enlarged picture."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.enlarged:
            self._dragged = event.position()
            self._dress()
            event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """It follows the hand."""
        if self._dragged is not None:
            self._go_to(self._middle - (event.position() - self._dragged) / self.scale)
            self._dragged = event.position()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        self._dragged = None
        self._dress()

    # Drawing

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In another room it may be whole without being small."""
        super().resizeEvent(event)
        if self._scale is not None and self._scale <= self._fitting():
            self.show_whole()
        elif self.enlarged:
            self._go_to(self._middle)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw picture or words."""
        painter = QPainter(self)
        if self._image.isNull():
            theme = Theme.of(self)
            painter.setFont(theme.fonts.get("visit_body"))
            painter.setPen(theme.colour("muted"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), int(flags), self._words)
        elif self.enlarged:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.picture_rect(), self._image)
        else:
            painter.drawPixmap(self.picture_rect(), self._whole())

    def _whole(self) -> QPixmap:
        """All of it at the size it is shown at, made once: scaled so finely it takes a while."""
        wanted = self.picture_rect().size() * self.devicePixelRatioF()
        if self._fitted is None or self._fitted.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            fitted = self._image.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._fitted = QPixmap.fromImage(fitted)
        return self._fitted

    # Parts

    def _take(self, image: QImage, words: str) -> None:
        self._image, self._words = image, words
        self._fitted = self._scale = self._dragged = None
        self._middle = QRectF(image.rect()).center()
        self._dress()
        self.zoomed.emit()
        self.update()

    def _fitting(self) -> float:
        """The scale at which all of it is seen; 1 if there is more room than that."""
        if self._image.isNull():
            return 1.0
        return min(1.0, self.width() / self._image.width(), self.height() / self._image.height())

    def _larger(self) -> float | None:
        return next((scale for scale in _SCALES if scale > self.scale), None)

    def _zoom(self, scale: float | None, at: QPointF | None) -> None:
        from_middle = QPointF() if at is None else at - QRectF(self.rect()).center()
        # What lies under the point lies under it afterwards.
        under = self._middle + from_middle / self.scale
        self._scale = scale
        self._go_to(under - from_middle / self.scale)
        self._dress()
        self.zoomed.emit()

    def _go_to(self, middle: QPointF) -> None:
        """Show another part, never more of what is beside the picture than there has to be."""
        places = []
        for wanted, room, whole in (
            (middle.x(), self.width(), self._image.width()),
            (middle.y(), self.height(), self._image.height()),
        ):
            half = min(room / self.scale, whole) / 2
            places.append(min(max(wanted, half), whole - half))
        self._middle = QPointF(*places)
        self.update()

    def _dress(self) -> None:
        hands = Qt.CursorShape.OpenHandCursor if self._dragged is None else Qt.CursorShape.ClosedHandCursor
        self.setCursor(hands if self.enlarged else Qt.CursorShape.ArrowCursor)
