"""One photo large over the window, with its caption, and the way to those beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from s75desk.domain.errors import DeskError
from s75desk.domain.records import VisitPhoto
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallIcon, TallLine
from s75desk.ui.visit.picture_view import PictureView
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import row

_CLEAR = 24
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_PageDown: 1,
}
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_LARGER = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_SMALLER = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)


class PhotoViewer(FloatingSheet):
    """Shows the photos of a question one by one; it keeps nothing itself.

    Signals:
        caption_typed: A letter of a caption was typed: the photo's uid and the caption as it now is.
        caption_changed: A caption was left: the photo's uid and the caption.
        remove_asked: Take a photo out: its uid. The viewer goes on with the next one, or closes.

    Args:
        window: Any widget of the window; an open viewer of the same window gives way.
        photos: The photos in their order.
        picture: Gives the bytes of a photo; may raise ``DeskError``.
        locked: Whether photos can only be looked at.

    Attributes:
        view: The picture.
        caption: Its caption.
        larger: Shows it larger.
        smaller: Shows it smaller, at the least whole.
    """

    caption_typed = Signal(str, str)
    caption_changed = Signal(str, str)
    remove_asked = Signal(str)

    def __init__(
        self,
        window: QWidget,
        photos: Sequence[VisitPhoto],
        picture: Callable[[VisitPhoto], bytes],
        *,
        locked: bool = False,
    ) -> None:
        super().__init__(window, name="Photos", padding=(16, 8, 16, 14))
        for other in self.window().findChildren(PhotoViewer):
            if other is not self:
                other.close_sheet()
        self._photos = list(photos)
        self._picture = picture
        self._locked = locked
        self._at = 0
        self._touched = False
        self._place = Label("", "heading", bold=True)
        self._about = Label("", "visit_small", colour="muted")
        close = TallIcon("close", "Close", key="Esc")
        close.clicked.connect(self._close)
        self.view = PictureView()
        self.view.zoomed.connect(self._tell_size)
        self._shown_at = Label("", "visit_small", colour="muted")
        self.larger = make_button("Larger", "plus", "quiet", touch=True, key="+")
        self.smaller = make_button("Smaller", "minus", "quiet", touch=True, key="-")
        for button in (self.larger, self.smaller):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys do the same from the picture
        self.larger.clicked.connect(self._grow)
        self.smaller.clicked.connect(self._shrink)
        self.previous = make_button("", "chevron_left", touch=True)
        self.next = make_button("", "chevron_right", touch=True)
        for button, words in ((self.previous, "Photo before (Left)"), (self.next, "Next photo (Right)")):
            button.setAccessibleName(words.partition(" (")[0])
            button.setToolTip(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same from anywhere
        self.previous.clicked.connect(self._go_back)
        self.next.clicked.connect(self._go_on)
        self.caption = TallLine("Caption", "" if locked else "What it shows")
        self.caption.setReadOnly(locked)
        self.caption.textEdited.connect(self._caption_typed)
        self.caption.editingFinished.connect(self._keep_caption)
        self.remove = make_button("Take the photo out", "archive", "quiet", touch=True)
        self.remove.setVisible(not locked)
        self.remove.clicked.connect(self._take_out)
        self.body.put(row(self._place, self._about, None, self.smaller, self._shown_at, self.larger, close, gap=10))
        self.body.put((row(self.previous, (self.view, 1), self.next, gap=12), 1))
        self.body.put(row(Label("Caption", "visit_small", bold=True), (self.caption, 1), self.remove, gap=10))

    @property
    def photo(self) -> VisitPhoto:
        """The photo on show."""
        return self._photos[self._at]

    def open_photo(self, uid: str) -> None:
        """Open with one of the photos; nothing happens if it is not among them."""
        places = [place for place, photo in enumerate(self._photos) if photo.uid == uid]
        if not places:
            self.deleteLater()
            return
        self._at = places[0]
        self._show()
        self.open_centred(focus=self.view)

    def preferred_size(self) -> QSize:
        """Nearly the whole window."""
        clear = 2 * (Theme.of(self).metrics.space(_CLEAR) - self.edge)
        window = self.window().size()
        return QSize(window.width() - clear, window.height() - clear)

    def close_sheet(self, *, give_back: bool = True) -> None:
        """Close it; a caption that was being written is kept."""
        self._keep_caption()
        super().close_sheet(give_back=give_back)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from photo to photo, or over an enlarged one; plus, minus and 0 say how large it is.

        Delete takes out. In the caption these keys are the caption's.
        """
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and self.view.enlarged and key in _MOVES:
            self.view.move_by(*_MOVES[key])
        elif plain and key in _STEPS:
            self._step(_STEPS[key])
        elif key in _LARGER:
            self._grow()
        elif key in _SMALLER:
            self._shrink()
        elif key == Qt.Key.Key_0:
            self.view.show_whole()
        elif event.key() == Qt.Key.Key_Delete and not self._locked and not self.caption.hasFocus():
            self._take_out()
        elif event.key() == Qt.Key.Key_F2 and not self._locked:
            self.caption.selectAll()
            self.caption.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        place = self._at + by
        if 0 <= place < len(self._photos):
            self._keep_caption()
            self._at = place
            self._show()
            announce(self, self.view.accessibleName())

    def _grow(self) -> None:
        self.view.grow()

    def _shrink(self) -> None:
        self.view.shrink()

    def _tell_size(self) -> None:
        self._shown_at.setText("" if self.view.words else f"{self.view.scale:.0%}")
        self.larger.setEnabled(self.view.can_grow)
        self.smaller.setEnabled(self.view.enlarged)
        if self.view.enlarged:
            announce(self, f"Shown at {self.view.scale:.0%}. Arrow keys move it.")

    def _go_back(self) -> None:
        self._step(-1)

    def _go_on(self) -> None:
        self._step(1)

    def _show(self) -> None:
        photo, count = self.photo, len(self._photos)
        place = f"Photo {self._at + 1} of {count}"
        self._place.setText(place)
        size = f"{photo.wide:,} × {photo.high:,} pixels, " if photo.wide and photo.high else ""
        self._about.setText(f"{size}place removed")
        self.caption.setText(photo.caption or "")
        self.caption.setCursorPosition(0)
        self.view.setAccessibleName(f"{place}: {(photo.caption or '').strip() or 'no caption'}")
        self.previous.setEnabled(self._at > 0)
        self.next.setEnabled(self._at < count - 1)
        try:
            self.view.show_picture(self._picture(photo))
        except DeskError as trouble:
            self.view.show_words(f"{trouble.what} {trouble.remedy}".strip())
        if self.view.words:
            self.view.setAccessibleName(f"{place}: {self.view.words}")

    def _caption_typed(self, text: str) -> None:
        self._touched = True
        self._photos[self._at] = replace(self.photo, caption=text or None)
        self.caption_typed.emit(self.photo.uid, text)

    def _keep_caption(self) -> None:
        if self._touched:
            self._touched = False
            self.caption_changed.emit(self.photo.uid, self.caption.text())

    def _take_out(self) -> None:
        self._touched = False
        gone = self._photos.pop(self._at)
        if self._photos:
            self._at = min(self._at, len(self._photos) - 1)
            self._show()
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.close_sheet()
        self.remove_asked.emit(gone.uid)

    def _close(self) -> None:
        self.close_sheet()
