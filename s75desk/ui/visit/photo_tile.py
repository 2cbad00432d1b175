"""The tiles of the photo strip: a photo, one that is on its way, and the way to one more."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from s75desk.domain.records import VisitPhoto
from s75desk.ui.theme import Theme

_WIDE, _HIGH, _CORNER = 84, 64, 5
_ICON = 26
_JPEG = b"\xff\xd8\xff"
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


def tile_size(widget: QWidget) -> QSize:
    """How large a tile is: more than a finger is wide, at every text size."""
    metrics = Theme.of(widget).metrics
    return QSize(metrics.space(_WIDE), metrics.space(_HIGH))


class Thumbnails:
    """Small pictures ready to be drawn, each made once."""

    def __init__(self) -> None:
        self._bytes: Mapping[str, bytes] = {}
        self._made: dict[tuple[str, int, int, float], QPixmap] = {}

    def hold(self, thumbnails: Mapping[str, bytes]) -> None:
        """Draw from other bytes: small pictures as JPEG, by fingerprint."""
        self._bytes = thumbnails

    def clear(self) -> None:
        """Forget what was made, because sizes have changed."""
        self._made.clear()

    def get(self, fingerprint: str, size: QSize, scale: float) -> QPixmap | None:
        """A picture that covers ``size`` logical pixels, or None if it is not in the desk.

        Args:
            fingerprint: Of the small picture.
            size: Of the tile.
            scale: Physical pixels to a logical one.
        """
        key = (fingerprint, size.width(), size.height(), scale)
        made = self._made.get(key)
        if made is None:
            data = self._bytes.get(fingerprint, b"")
            image = QImage.fromData(data) if data.startswith(_JPEG) else QImage()
            if image.isNull():
                return None
            made = self._made[key] = _covering(image, size * scale)
            made.setDevicePixelRatio(scale)
        return made


def _covering(image: QImage, size: QSize) -> QPixmap:
    """The middle of a picture, scaled so that it fills ``size``."""
    whole = image.scaled(
        size, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    across, down = whole.width() - size.width(), whole.height() - size.height()
    return QPixmap.fromImage(whole.copy(across // 2, down // 2, size.width(), size.height()))


class Tile(QAbstractButton):
    """A tile that can be pressed, by pointer, finger, Enter or Space.

    Signals:
        stepped: An arrow key was pressed: how far across and down.
        ended: Home or End was pressed: whether it was End.
        reached: The keyboard came here.
    """

    stepped = Signal(int, int)
    ended = Signal(bool)
    reached = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ringed = False
        self._edited = False
        self.setProperty("ring", False)  # its own lies within the tile, where no edge of the strip cuts it off
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """The size of every tile."""
        return tile_size(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go from tile to tile."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in _ARROWS:
            self.stepped.emit(*_ARROWS[key])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.ended.emit(key == Qt.Key.Key_End)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring is for the keyboard alone."""
        self._ringed = event.reason() in _BY_KEYBOARD
        super().focusInEvent(event)
        self.reached.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes with the keyboard; a menu only borrows it."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._ringed = False
        super().focusOutEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Another edge under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer left."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring, and the tile within it."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner = _CORNER * theme.metrics.factor
        where = QRectF(self.rect())
        if self._ringed or self._edited:
            wide = theme.tokens.line["focus"]
            painter.setPen(QPen(theme.colour("focus"), wide))
            painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), corner, corner)
            clear = wide + theme.tokens.line["focus_gap"]
            where, corner = where.adjusted(clear, clear, -clear, -clear), max(1.0, corner - clear)
        painter.setPen(Qt.PenStyle.NoPen)
        self.paint_inside(painter, theme, where, corner)

    def paint_inside(self, painter: QPainter, theme: Theme, where: QRectF, corner: float) -> None:
        """Draw what the tile is about."""
        raise NotImplementedError


class PhotoTile(Tile):
    """A photo.

    Signals:
        caption_wanted: Write its caption.
        remove_wanted: Take it out.

    Args:
        pictures: Where its small picture comes from.

    Attributes:
        photo: The photo on show.
    """

    caption_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, pictures: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._locked = False
        self.photo = VisitPhoto()

    def set_edited(self, edited: bool) -> None:
        """Keep the ring while its caption is being written, so that it is seen whose that is."""
        self._edited = edited
        self.update()

    def set_photo(self, photo: VisitPhoto, place: int, count: int, *, locked: bool) -> None:
        """Show a photo.

        Args:
            photo: The photo.
            place: Its place in the strip, from 1.
            count: How many there are.
            locked: Whether it can only be looked at.
        """
        self.photo, self._locked = photo, locked
        caption = (photo.caption or "").strip()
        self.setAccessibleName(f"Photo {place} of {count}: {caption or 'no caption'}")
        keys = "Enter opens it." if locked else "Enter opens it, F2 writes its caption, Delete takes it out."
        self.setAccessibleDescription(keys)
        self.setToolTip(caption or "No caption")
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 writes the caption, Delete takes the photo out."""
        if event.key() == Qt.Key.Key_F2 and not self._locked:
            self.caption_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete and not self._locked:
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """What the keys do, for pointer and finger."""
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        menu.popup(self.mapToGlobal(QPoint(0, self.height())) if by_key else event.globalPos())

    def menu(self) -> QMenu:
        """What can be done with the photo."""
        menu = QMenu(self)
        menu.addAction("Open").triggered.connect(self.click)
        if not self._locked:
            menu.addAction("Caption").triggered.connect(self.caption_wanted)
            menu.addSeparator()
            menu.addAction("Take it out").triggered.connect(self.remove_wanted)
        return menu

    def paint_inside(self, painter: QPainter, theme: Theme, where: QRectF, corner: float) -> None:
        """The middle of the picture; a hairline, so that a white one does not vanish."""
        size = tile_size(self)
        picture = self._pictures.get(self.photo.thumbnail or "", size, self.devicePixelRatioF())
        if picture is None:
            painter.setBrush(theme.colour("sunken"))
        else:
            brush = QBrush(picture)
            shrunk = QTransform.fromTranslate(where.x(), where.y())
            brush.setTransform(shrunk.scale(where.width() / size.width(), where.height() / size.height()))
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setBrush(brush)
        painter.setPen(QPen(theme.colour("line_strong" if self.underMouse() else "line"), 1))
        painter.drawRoundedRect(where.adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        if picture is None:
            _write(painter, theme, where, "Not in this desk")


class AddTile(Tile):
    """The way to one more photo; it shows where pictures can be dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._awaits = False
        self.setAccessibleName("Add photos")
        self.setAccessibleDescription("Choose files, paste a picture, or drop files here.")
        self.setToolTip("Add photos: choose files, paste, or drop them here")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def set_awaiting(self, awaits: bool) -> None:
        """Show that what is dragged can be dropped."""
        if awaits != self._awaits:
            self._awaits = awaits
            self.update()

    def paint_inside(self, painter: QPainter, theme: Theme, where: QRectF, corner: float) -> None:
        """A dashed edge and a camera."""
        pen = QPen(theme.colour("accent" if self._awaits else "line_strong"), 2 if self._awaits else 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        if self._awaits or self.isDown():
            painter.setBrush(theme.colour("accent_soft"))
        elif self.underMouse():
            painter.setBrush(theme.colour("hover"))
        inset = pen.widthF() / 2
        painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), corner, corner)
        side = theme.metrics.space(_ICON)
        middle = where.center()
        icon = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        theme.icons.paint(painter, "camera", icon, "accent" if self._awaits else "text")


class AddingTile(QWidget):
    """The outline of a photo that is being read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Adding a photo")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The size of every tile."""
        return tile_size(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """An outline and a word."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("sunken"))
        corner = _CORNER * theme.metrics.factor
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        _write(painter, theme, QRectF(self.rect()), "Adding…")


def _write(painter: QPainter, theme: Theme, where: QRectF, words: str) -> None:
    painter.setFont(theme.fonts.get("small"))
    painter.setPen(theme.colour("muted"))
    painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)
