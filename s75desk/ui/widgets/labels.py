"""Words on the window: one line, wrapped at a readable measure, or cut short with the whole in the tip."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.styling import set_look


class Label(QLabel):
    """Plain words in a text size, weight and colour of the house; the style sheet dresses it, so it follows changes.

    Args:
        text: Plain text; it is never read as markup.
        size: "caption", "small", "body", "heading", "title", "figure", "hero" or a visit size.
        bold: Whether it is bold.
        colour: A text token: "text", "muted", "accent", "alert_text" and so on.
        selectable: Whether the words can be marked with the pointer and copied.
    """

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        *,
        bold: bool = False,
        colour: str = "text",
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("textsize", size)
        self.setProperty("bold", bold)
        self.setProperty("colour", colour)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setText(text)

    def set_colour(self, colour: str) -> None:
        """Take another text token."""
        set_look(self, "colour", colour)

    def set_bold(self, bold: bool) -> None:
        """Change the weight."""
        set_look(self, "bold", bold)


class WrappedLabel(Label):
    """Running text: wraps, and never grows wider than the measure of 80 characters."""

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        *,
        bold: bool = False,
        colour: str = "text",
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, bold=bold, colour=colour, selectable=selectable, parent=parent)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._keep_measure()

    def changeEvent(self, event: QEvent) -> None:
        """The measure follows the font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._keep_measure()

    def heightForWidth(self, width: int) -> int:
        """As high as the words are at the width they will have: a layout asks with all the width there is."""
        return super().heightForWidth(min(width, self.maximumWidth()))

    def _keep_measure(self) -> None:
        self.ensurePolished()
        widest = self.fontMetrics().averageCharWidth() * Theme.of(self).tokens.measure
        if widest != self.maximumWidth():
            self.setMaximumWidth(widest)


class ElidedLabel(Label):
    """One line that gives way: cut in its middle, so that no name reads as another; whole in the tip."""

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        *,
        bold: bool = False,
        colour: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, bold=bold, colour=colour, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """A few characters are enough."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), self.fontMetrics().averageCharWidth() * 6), whole.height())

    def setText(self, text: str) -> None:
        """Show other words."""
        super().setText(text)
        self._tell_rest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What no longer fits goes into the tip."""
        super().resizeEvent(event)
        self._tell_rest()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, cut short if they must be."""
        painter = QPainter(self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room.width())
        alignment = int(self.alignment() | Qt.AlignmentFlag.AlignVCenter)
        self.style().drawItemText(
            painter, room, alignment, self.palette(), self.isEnabled(), shown, self.foregroundRole()
        )

    def _tell_rest(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(self.text() if cut else "")
