"""The note of a question: plain words of any length. What is pasted loses its looks; pictures go to the photos."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.visit.given_pictures import holds_files, holds_pictures, pictures_in
from s75desk.ui.visit.pasted_text import cleaned, words_of

_LEAST_LINES = 3
_LONGEST_WORD = 5000
_WRAP = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


class PlainNote(QPlainTextEdit):
    """A field for paragraphs that fills the room it is given.

    Signals:
        typed: The officer changed the words; not for ``set_words``.
        pictures_given: Pictures were pasted or dropped onto it: a list of ``Path`` and ``bytes``.

    Args:
        lines: How high it asks to be; what scrolls around it scrolls from less than that.
    """

    typed = Signal()
    pictures_given = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, lines: int = 2 * _LEAST_LINES) -> None:
        super().__init__(parent)
        self._lines = lines
        self._held = ""
        self._setting = False
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.textChanged.connect(self._changed)
        self._dress()

    def set_words(self, text: str) -> None:
        """Show other words; caret and undo stay as they are if they are the same."""
        words = cleaned(text)
        if self._held == words:
            return
        self._setting = True
        if not self._make_room(words):
            self.setPlainText("")
            self.setWordWrapMode(_WRAP)
        self.setPlainText(words)
        # Whoever comes back to a note goes on at its end, and reads it from its beginning.
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.verticalScrollBar().setValue(0)
        self._setting = False

    def toPlainText(self) -> str:  # noqa: N802 - Qt's name
        """The words, every sign as it was typed: hard spaces stay, halves of broken signs do not.

        Qt's own turns hard spaces into plain ones, and a half of a sign cannot be written to any file.
        """
        return cleaned(self.document().toRawText().replace("\u2029", "\n").replace("\u2028", "\n"))

    def sizeHint(self) -> QSize:
        """A few lines; it takes all the room it gets."""
        return QSize(Theme.of(self).metrics.px(20), self._high(self._lines))

    def minimumSizeHint(self) -> QSize:
        """Three lines."""
        return QSize(Theme.of(self).metrics.px(8), self._high(_LEAST_LINES))

    def changeEvent(self, event: QEvent) -> None:
        """Its letters follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_setting"):
            self._dress()

    # Pasting and dropping

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, pictures and files."""
        return not self.isReadOnly() and (source.hasText() or source.hasHtml() or holds_pictures(source))

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Put the words in, or hand the pictures on; Word and Excel add a picture to words, and the words count."""
        if self.isReadOnly():
            return
        words = "" if holds_files(source) else words_of(source.html(), source.text())
        if words.strip():
            self._make_room(words)
            self.insertPlainText(words)
            self.ensureCursorVisible()
        elif pictures := pictures_in(source):
            self.pictures_given.emit(pictures)
        elif words:
            self.insertPlainText(words)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain text alone, so that it comes back as it was."""
        data = QMimeData()
        data.setText(cleaned(self.textCursor().selectedText()))
        return data

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are copied, never moved: the program they come from would delete them."""
        super().dragEnterEvent(event)
        self._copy_files(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As on entering."""
        super().dragMoveEvent(event)
        self._copy_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """As pasting, at the place of the pointer; files and pictures change nothing in the note."""
        data = event.mimeData()
        if not holds_files(data) and (data.hasText() or data.hasHtml()):
            super().dropEvent(event)
            return
        self.dragLeaveEvent(QDragLeaveEvent())  # Qt's field shows a caret where a drop would go, until it is told
        if not self.isReadOnly() and (pictures := pictures_in(data)):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.pictures_given.emit(pictures)
        else:
            event.ignore()

    def _copy_files(self, event: QDragMoveEvent) -> None:
        if holds_files(event.mimeData()) and not self.isReadOnly():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    # Parts

    def _make_room(self, words: str) -> bool:
        """Wrap anywhere if a word is as long as a chapter: looking for where to wrap it takes seconds a letter."""
        endless = len(words) > _LONGEST_WORD and max(map(len, words.split()), default=0) > _LONGEST_WORD
        if endless:
            self.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        return endless

    def _changed(self) -> None:
        # Qt tells of changed looks and of what an input method only proposes, too.
        words = self.toPlainText()
        if words == self._held:
            return
        self._held = words
        if not self._setting:
            self.typed.emit()

    def _dress(self) -> None:
        font = Theme.of(self).fonts.get("visit_note")
        if self.font() != font:
            self.setFont(font)
        self.updateGeometry()

    def _high(self, lines: int) -> int:
        margin = 2 * int(self.document().documentMargin()) + 2 * (Theme.of(self).metrics.space(5) + 1)
        return lines * self.fontMetrics().lineSpacing() + margin
