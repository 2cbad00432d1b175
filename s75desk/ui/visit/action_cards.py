"""The actions that come from a question, as cards; a press on one edits it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from s75desk.domain.records import Action
from s75desk.domain.status import Shape
from s75desk.domain.wording import date_short
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import column, row


class ActionCard(QAbstractButton):
    """One action: what is needed, and who does it by when; what is missing of that is said."""

    def __init__(self, action: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self._title = action.title.strip() or "Say what is needed"
        due = f"by {date_short(action.due)[:-5]}" if action.due else "no date"
        parts = (action.kind.word if action.kind else "Kind not known", action.owner or "no owner", due)
        self._details = "  ·  ".join(parts)
        self._lacking = not (action.title.strip() and action.owner and action.due)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        whole = f"due {date_short(action.due)}" if action.due else "no date"
        self.setAccessibleName(f"Action: {self._title}, {', '.join((*parts[:2], whole))}")
        self.setToolTip(f"{self._title}\n{'  ·  '.join((*parts[:2], whole))}")

    def sizeHint(self) -> QSize:
        """Two lines."""
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(16), metrics.px(3.9))

    def changeEvent(self, event: QEvent) -> None:
        """Its size follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and both lines."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("hover" if self.underMouse() else "sunken"))
        corner = theme.metrics.radius("panel")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        pad, middle = theme.metrics.space(12), self.height() / 2
        left, side = pad, theme.metrics.space(14)
        if self._lacking:
            paint_shape(painter, Shape.WATCH, QRectF(left, middle - side - 1, side, side), theme.colour)
        start = left + (side + theme.metrics.space(6) if self._lacking else 0)
        bold, small = theme.fonts.get("visit_body", bold=True), theme.fonts.get("visit_small")
        upper = QRectF(start, theme.metrics.space(6), self.width() - start - pad, middle - theme.metrics.space(6))
        lower = QRectF(left, middle, self.width() - left - pad, middle - theme.metrics.space(6))
        for font, colour, rect, words in (
            (bold, "text", upper, self._title),
            (small, "muted", lower, self._details),
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            shown = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, int(rect.width()))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), shown)


class ActionCards(QWidget):
    """The cards of a question, and the way to one more.

    Signals:
        opened: An ``Action`` to edit.
        add_pressed: A new action from this question.
    """

    opened = Signal(object)
    add_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = Label("", "visit_small", colour="muted")
        self._cards = column(gap=6)
        self._shown: tuple[Action, ...] | None = None
        self.add = make_button("Add an action", "plus", touch=True, key="Alt+A", parent=self)
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.clicked.connect(self.add_pressed)
        column(
            row(Label("Actions", "visit_small", bold=True), self._count, None, gap=8),
            self._cards,
            self.add,
            gap=6,
            parent=self,
        )

    def show_actions(self, actions: Sequence[Action], *, able: bool) -> None:
        """Show the actions of a question.

        Args:
            actions: In the order they were added.
            able: Whether one can be added.
        """
        self.add.setVisible(able)
        if tuple(actions) == self._shown:
            return
        self._shown = tuple(actions)
        self._count.setText(f"{len(actions)} from this question" if actions else "none yet")
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for action in actions:
            card = ActionCard(action, self)
            card.clicked.connect(self._open)
            self._cards.addWidget(card)

    def _open(self) -> None:
        card = self.sender()
        if isinstance(card, ActionCard):
            self.opened.emit(card.action)
