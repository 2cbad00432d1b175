"""Editors for what is typed: a line of text or figures, and paragraphs that grow."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.money.typed_fields import in_full
from s75desk.domain.parsing import NotUnderstood, holds_time
from s75desk.ui.forms.editors import Editor
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import row

_WIDE = 20.86
_UNIQUE = 12.14
_FIGURE = 9.3
_AMOUNT = 15.0
_PLAIN_AMOUNT = re.compile(r"-?£?[\d,. ]*")
_LEAST_LINES, _MOST_LINES = 3, 14


class LineEditor(Editor):
    """A line: text, money, figures and years. As wide as the answer; figures keep their unit beside them."""

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(field, today=today, parent=parent)
        self.edit = QLineEdit()
        self.take_input(self.edit)
        self.edit.textEdited.connect(self._edited)
        line = row((self.edit, 1) if self.fills else self.edit, gap=8, parent=self)
        if field.unit and field.unit != "%" and field.type is not FieldType.TEXT:  # per cent is written in it
            line.put(Label(field.unit, colour="muted" if field.type is FieldType.MONEY else "text"))
        if not self.fills:
            line.put(None)
        self._size()

    @property
    def fills(self) -> bool:
        """Titles and names take the column; figures, times and references of one's own do not."""
        return self.field.type is FieldType.TEXT and not self.field.unique and not holds_time(self.field)

    def text(self) -> str:
        """What was typed."""
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Put typed text back."""
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)
            self.changed.emit()

    def normalise(self) -> None:
        """Write figures, years and times in full: "372k" becomes "£372,000"."""
        plain = self.field.type is FieldType.TEXT and not holds_time(self.field)
        if plain or not self.edit.text().strip():
            return
        try:
            self.set_text(in_full(self.field, self.edit.text(), self.today))
        except NotUnderstood:
            return

    def understood(self) -> str:
        """What a sum, a range or a short amount was read as, while it is being typed."""
        text = self.edit.text().strip()
        if self.field.type is not FieldType.MONEY or _PLAIN_AMOUNT.fullmatch(text):
            return ""
        try:
            full = in_full(self.field, text, self.today)
        except NotUnderstood:
            return ""
        return f"Read as {full}." if full and full.casefold() != text.casefold() else ""

    def changeEvent(self, event: QEvent) -> None:
        """Width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "edit"):
            self._size()

    def _edited(self) -> None:
        self.changed.emit()

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        if self.fills:
            self.edit.setMinimumWidth(metrics.px(9))
        else:
            self.edit.setFixedWidth(metrics.px(_width_of(self.field)))


def _width_of(field: Field) -> float:
    """Room for the longest answer that makes sense, in multiples of b."""
    if field.type is FieldType.TEXT:
        return 6.0 if holds_time(field) else _UNIQUE
    if field.type is FieldType.WHOLE:
        if field.most is not None and field.most < 1000:
            return 4.0
        return 7.0
    if field.type is FieldType.YEAR:
        return 7.0
    # An amount may be typed as a sum, "about" or a range.
    return _AMOUNT if field.upto else _FIGURE


class _Paragraphs(QPlainTextEdit):
    """Grows with its text; Tab goes on, and pasted text loses its looks."""

    least = _LEAST_LINES

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.document().documentLayout().documentSizeChanged.connect(self.grow)
        self.grow()

    def sizeHint(self) -> QSize:
        return QSize(Theme.of(self).metrics.px(_WIDE), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self.grow()

    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll only while there is something to scroll and the keyboard is here; the form scrolls otherwise."""
        if self.hasFocus() and self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def grow(self) -> None:
        """Take the height of the text."""
        # The height of a plain text document is counted in lines, not in pixels.
        lines = max(self.least, min(_MOST_LINES, int(self.document().size().height())))
        high = lines * self.fontMetrics().lineSpacing() + 2 * int(self.document().documentMargin())
        over = self.document().size().height() > _MOST_LINES
        bars = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(bars.ScrollBarAsNeeded if over else bars.ScrollBarAlwaysOff)
        frame = 2 * (Theme.of(self).metrics.space(5) + 1)
        if self.height() != high + frame:
            self.setFixedHeight(high + frame)


class LongTextEditor(Editor):
    """Paragraphs."""

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(field, today=today, parent=parent)
        self.edit = _Paragraphs()
        self.take_input(self.edit)
        self._putting = False
        self.edit.textChanged.connect(self._edited)
        row((self.edit, 1), gap=0, parent=self)

    def shrink(self, lines: int) -> None:
        """Be no higher than so many lines while there are no more."""
        self.edit.least = lines
        self.edit.grow()

    @property
    def fills(self) -> bool:
        """Always."""
        return True

    def text(self) -> str:
        """What was typed."""
        return self.edit.toPlainText()

    def set_text(self, text: str) -> None:
        """Put typed text back."""
        if text != self.edit.toPlainText():
            self.edit.setPlainText(text)

    def _edited(self) -> None:
        self.changed.emit()
