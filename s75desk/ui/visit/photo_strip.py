"""The photos of a question: small pictures, the way to one more, and what went wrong with one, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
)
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import VisitPhoto
from s75desk.domain.status import Shape
from s75desk.ui.visit.caption_edit import CaptionEdit
from s75desk.ui.visit.fields import TallIcon
from s75desk.ui.visit.given_pictures import holds_pictures, pictures_in
from s75desk.ui.visit.photo_tile import AddingTile, AddTile, PhotoTile, Thumbnails, Tile
from s75desk.ui.visit.tile_grid import TileGrid
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.chip import ShapeMark
from s75desk.ui.widgets.file_dialogs import Purpose, ask_open_several
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Surface

# Kinds that cannot be read are offered as well: choosing one says what to do, a list without it does not.
_ENDINGS = "jpg jpeg jpe jfif png webp gif bmp tif tiff mpo heic heif avif".split()
_FILTER = " ".join(f"*.{ending} *.{ending.upper()}" for ending in _ENDINGS)
_NO_PICTURE = "Nothing added: what was copied last is no picture. Copy a picture or a file, then paste."


class PhotoStrip(QWidget):
    """Shows photos and tells what is wanted of them; it keeps nothing itself.

    The photos are one stop of the Tab key, with arrow keys between them; the tile that adds is the next.

    Signals:
        pictures_given: Photos were chosen, pasted or dropped: a list of ``Path`` and ``bytes``.
        caption_typed: A letter of a caption was typed: the photo's uid and the caption as it now is.
        caption_changed: A caption was left: the photo's uid and the caption.
        remove_asked: Take a photo out: its uid.
        open_asked: Show a photo large: its uid.

    Attributes:
        add: The tile that adds photos.
        caption: The field in which a caption is being written.
    """

    pictures_given = Signal(object)
    caption_typed = Signal(str, str)
    caption_changed = Signal(str, str)
    remove_asked = Signal(str)
    open_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photos: tuple[VisitPhoto, ...] = ()
        self._tiles: dict[str, PhotoTile] = {}
        self._adding: list[AddingTile] = []
        self._locked = False
        self._pictures = Thumbnails()
        self._count = Label("", "visit_small", colour="muted")
        self._grid = TileGrid(self)
        self.add = AddTile(self._grid.inside)
        self.add.clicked.connect(self.choose)
        self._listen(self.add)
        self._words = WrappedLabel("", "small")
        self._dismiss = TallIcon("close", "Dismiss", small=True)
        self._trouble = Surface("fault", self)
        top = Qt.AlignmentFlag.AlignTop
        mark = column(ShapeMark(Shape.ALERT), None, margins=(0, 3, 0, 0))
        row(mark, (self._words, 1), self._dismiss, gap=7, margins=(10, 7, 4, 7), align=top, parent=self._trouble)
        self._trouble.hide()
        column(
            row(Label("Photos", "visit_small", bold=True), self._count, None, gap=8),
            self._grid,
            self._trouble,
            gap=6,
            parent=self,
        )
        self.caption = CaptionEdit(self)
        self.caption.typed.connect(self.caption_typed)
        self.caption.changed.connect(self.caption_changed)
        self.caption.closed.connect(self._caption_closed)
        self._dismiss.clicked.connect(self._dismissed)
        self.setAcceptDrops(True)
        self._lay_out(to_end=False)

    @property
    def locked(self) -> bool:
        """Whether photos can only be looked at."""
        return self._locked

    def set_locked(self, locked: bool) -> None:
        """Let photos only be looked at, or be added and taken out."""
        if locked == self._locked:
            return
        if locked:
            self.caption.finish()
        self._locked = locked
        self._lay_out(to_end=False)

    def show_photos(self, photos: Sequence[VisitPhoto], thumbnails: Mapping[str, bytes]) -> None:
        """Show the photos of a question.

        Args:
            photos: In the order they were added.
            thumbnails: Small pictures as JPEG, by fingerprint; looked at again whenever one is drawn.
        """
        self._pictures.hold(thumbnails)
        shown = tuple(photos)
        if shown == self._photos:
            return
        if self.caption.uid and self.caption.uid not in (photo.uid for photo in shown):
            self.caption.finish()
        more = {photo.uid for photo in shown} - set(self._tiles)
        self._photos = shown
        self._lay_out(to_end=bool(more))

    def set_adding(self, count: int) -> None:
        """Show how many photos are on their way."""
        if count == len(self._adding):
            return
        while len(self._adding) > count:
            _drop(self._adding.pop())
        more = count > len(self._adding)
        while len(self._adding) < count:
            self._adding.append(AddingTile(self._grid.inside))
        self._lay_out(to_end=more)

    def set_trouble(self, words: str) -> None:
        """Say what went wrong and what to do; "" when all is well."""
        if words == self._words.text():
            return
        self._words.setText(words)
        self._trouble.setAccessibleName(words)
        self._trouble.setVisible(bool(words))
        announce(self, words, urgent=True)

    def choose(self) -> None:
        """Choose files to add."""
        if self._locked:
            return
        kinds = f"Photos ({_FILTER});;All files (*)"
        if files := ask_open_several(self, Purpose.PHOTO, "Add photos", kinds):
            self.pictures_given.emit(files)

    def edit_caption(self, uid: str) -> None:
        """Write the caption of a photo, in the strip."""
        tile = self._tiles.get(uid)
        if tile is None or self._locked:
            return
        self._grid.ensureWidgetVisible(tile, 0, 0)
        below = tile.mapTo(self, QPoint(0, tile.height())).y()
        tile.set_edited(True)
        self.caption.open(tile.photo, tile.accessibleName().partition(":")[0], below)

    # Keyboard, pasting and dropping

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:  # noqa: N802 - Qt's name
        """The tile that adds takes the keyboard, or a photo where nothing can be added.

        A focus proxy would do the same, but Tab would go to it as well and pass the photos by.
        """
        stops = [tile for tile in self._tiles.values() if tile.focusPolicy() & Qt.FocusPolicy.TabFocus]
        tile = next(iter(stops), None) if self._locked else self.add
        if tile is not None:
            tile.setFocus(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pasting adds pictures."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._locked:
            pictures = pictures_in(QGuiApplication.clipboard().mimeData())
            if pictures:
                self.pictures_given.emit(pictures)
            else:
                self.set_trouble(
                    "Nothing added: what was copied last is no picture. Copy a picture or a file, then paste."
                )
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures are welcome."""
        self._weigh(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Everywhere in the strip."""
        self._weigh(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """They went away again."""
        self.add.set_awaiting(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Files are copied, never moved: the program they come from would delete them."""
        self.add.set_awaiting(False)
        pictures = [] if self._locked else pictures_in(event.mimeData())
        if not pictures:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.pictures_given.emit(pictures)

    def changeEvent(self, event: QEvent) -> None:
        """Pictures follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_pictures"):
            self._pictures.clear()

    def _weigh(self, event: QDragMoveEvent) -> None:
        wanted = not self._locked and holds_pictures(event.mimeData())
        self.add.set_awaiting(wanted)
        if wanted:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    # Tiles

    def _lay_out(self, *, to_end: bool) -> None:
        """Make the tiles anew where they differ; the keyboard stays where it was, or goes to what took its place."""
        count = len(self._photos)
        gone = dict(self._tiles)
        self._tiles = {}
        for place, photo in enumerate(self._photos, 1):
            tile = gone.pop(photo.uid, None) or self._new_tile()
            tile.set_photo(photo, place, count, locked=self._locked)
            self._tiles[photo.uid] = tile
        held = next((old for old in gone.values() if old.hasFocus()), None)
        place = self._grid.tiles.index(held) if held is not None else 0
        photos: list[Tile] = list(self._tiles.values())
        self.add.setVisible(not self._locked)
        self._grid.set_tiles([*photos, *self._adding, *(() if self._locked else (self.add,))])
        self._grid.setVisible(bool(self._grid.tiles))
        _chain(self._grid.inside, [*photos, self.add])
        for old in gone.values():
            _drop(old)
        if held is not None and (photos or not self._locked):
            heir = photos[min(place, len(photos) - 1)] if photos else self.add
            heir.setFocus(Qt.FocusReason.TabFocusReason)
        self._stop_at(next((tile for tile in photos if tile.hasFocus()), photos[0] if photos else None))
        words = f"{count}, place removed" if count else "none" if self._locked else "none yet"
        self._count.setText(words)
        self.setAccessibleName(f"Photos: {words}")
        if to_end:
            self._grid.scroll_to_end()

    def _new_tile(self) -> PhotoTile:
        tile = PhotoTile(self._pictures, self._grid.inside)
        tile.clicked.connect(self._opened)
        tile.caption_wanted.connect(self._caption_wanted)
        tile.remove_wanted.connect(self._removed)
        self._listen(tile)
        return tile

    def _listen(self, tile: Tile) -> None:
        tile.stepped.connect(self._stepped)
        tile.ended.connect(self._ended)
        tile.reached.connect(self._reached)

    def _stop_at(self, stop: Tile | None) -> None:
        """Let Tab find one of the photos, the one that had the keyboard last."""
        for tile in self._tiles.values():
            policy = Qt.FocusPolicy.StrongFocus if tile is stop else Qt.FocusPolicy.ClickFocus
            tile.setFocusPolicy(policy)

    def _reached(self) -> None:
        tile = self.sender()
        if isinstance(tile, Tile):
            self._grid.ensureWidgetVisible(tile, 0, 0)
            if isinstance(tile, PhotoTile):
                self._stop_at(tile)

    def _stepped(self, across: int, down: int) -> None:
        tile = self.sender()
        if not isinstance(tile, Tile):
            return
        while isinstance(near := self._grid.beside(tile, across, down), AddingTile):
            across += (across > 0) - (across < 0)
            down += (down > 0) - (down < 0)
        if isinstance(near, Tile):
            near.setFocus(Qt.FocusReason.TabFocusReason)

    def _ended(self, last: bool) -> None:
        tiles = [tile for tile in self._grid.tiles if isinstance(tile, Tile)]
        tiles[-1 if last else 0].setFocus(Qt.FocusReason.TabFocusReason)

    def _opened(self) -> None:
        self.open_asked.emit(self._uid_of_sender())

    def _removed(self) -> None:
        self.remove_asked.emit(self._uid_of_sender())

    def _caption_wanted(self) -> None:
        self.edit_caption(self._uid_of_sender())

    def _uid_of_sender(self) -> str:
        tile = self.sender()
        return tile.photo.uid if isinstance(tile, PhotoTile) else ""

    def _caption_closed(self, uid: str, returns: bool) -> None:
        tile = self._tiles.get(uid)
        if tile is not None:
            tile.set_edited(False)
            if returns:
                tile.setFocus(Qt.FocusReason.TabFocusReason)

    def _dismissed(self) -> None:
        self.set_trouble("")
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _chain(first: QWidget, tiles: Sequence[QWidget]) -> None:
    """Let Tab go through tiles in their order, where ``first`` stands; new ones would come at the window's end."""
    policy = first.focusPolicy()
    first.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders only what could have the keyboard
    for one, other in pairwise([first, *tiles]):
        QWidget.setTabOrder(one, other)
    first.setFocusPolicy(policy)


def _drop(tile: QWidget) -> None:
    tile.hide()
    tile.deleteLater()
