"""The caption of a photo, written where the photo stands."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from s75desk.domain.records import VisitPhoto


class CaptionEdit(QLineEdit):
    """Lies over the lower part of the photos, across the strip; Enter or leaving keeps the caption, Esc the old one.

    Signals:
        typed: A letter was typed: the photo's uid and the caption as it now is.
        changed: Something was typed, and the field has been left: the photo's uid and the caption.
        closed: The field has been left: the photo's uid, and whether the keyboard should go back to the photo.

    Attributes:
        uid: The photo whose caption is being written, or "".
    """

    typed = Signal(str, str)
    changed = Signal(str, str)
    closed = Signal(str, bool)

    def __init__(self, strip: QWidget) -> None:
        super().__init__(strip)
        self.uid = ""
        self._before = ""
        self._touched = False
        self._strip = strip
        self.setPlaceholderText("What it shows")
        self.textEdited.connect(self._edited)
        self.hide()

    def open(self, photo: VisitPhoto, name: str, below: int) -> None:
        """Write a caption.

        Args:
            photo: Whose.
            name: What the photo is called: "Photo 1 of 2".
            below: Where the photo ends, in the strip.
        """
        self.finish()
        self.uid, self._before = photo.uid, photo.caption or ""
        self._touched = False
        self.setText(self._before)
        self.setAccessibleName(f"Caption of {name[0].lower()}{name[1:]}")
        high = self.sizeHint().height()
        self.setGeometry(QRect(0, max(0, below - high), self._strip.width(), high))
        self.show()
        self.raise_()
        self.selectAll()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def finish(self, *, keep: bool = True, returns: bool = False) -> None:
        """Close it, and tell what the caption is now.

        Args:
            keep: Whether what was typed counts.
            returns: Whether the keyboard should go back to the photo.
        """
        if not self.uid:
            return
        uid, self.uid = self.uid, ""
        self.hide()
        self.closed.emit(uid, returns)
        if self._touched:
            self.changed.emit(uid, self.text() if keep else self._before)

    def sizeHint(self) -> QSize:
        """As wide as the strip."""
        return QSize(self._strip.width(), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Esc does not; neither goes any further."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish(returns=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False, returns=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Whoever goes elsewhere keeps what was typed; a menu or another window only borrows the keyboard."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish()

    def _edited(self, text: str) -> None:
        self._touched = True
        self.typed.emit(self.uid, text)
