"""The actions that come from a question, as cards; a press on one edits it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from s75desk.domain.records import Action
from s75desk.domain.status import Shape
from s75desk.domain.wording import date_short
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.visit.roving import tab_through
from s75desk.ui.widgets.buttons import make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row

_PAD, _EDGE, _MARK = 12, 6, 14
_HARD = "\u00a0"
_WRAPPED = int(Qt.TextFlag.TextWordWrap)


class ActionCard(QAbstractButton):
    """One action: what is needed, and who does it by when; what is missing of that is said."""

    def __init__(self, action: Action, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.action = action
        self._title = action.title.strip() or "Say what is needed"
        due = f"by {_day(action)}" if action.due else "no date"
        parts = (action.kind.word if action.kind else "Kind not known", action.owner or "no owner", due)
        # A card is narrow: lines break between what is said, not within it.
        self._details = f"{_HARD}{_HARD}· {_HARD}".join(part.replace(" ", _HARD) for part in parts)
        self._lacking = not (action.title.strip() and action.owner and action.due)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        whole = f"due {date_short(action.due)}" if action.due else "no date"
        self.setAccessibleName(f"Action: {self._title}, {', '.join((*parts[:2], whole))}")
        self.setAccessibleDescription("Something of it is missing." if self._lacking else "")
        self.setToolTip(f"{self._title}\n{'  ·  '.join((*parts[:2], whole))}")

    def sizeHint(self) -> QSize:
        """Two lines, or more where the words need them."""
        wide = max(self.width(), Theme.of(self).metrics.px(16))
        return QSize(Theme.of(self).metrics.px(16), self.heightForWidth(wide))

    def hasHeightForWidth(self) -> bool:
        """The words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its words, and never lower than a finger."""
        metrics = Theme.of(self).metrics
        _, lower = self._places(width)
        return max(metrics.size("touch_minimum"), round(lower.bottom()) + metrics.space(_EDGE))

    def changeEvent(self, event: QEvent) -> None:
        """Its size follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and words."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(theme.colour("hover" if self.underMouse() else "sunken"))
        corner = theme.metrics.radius("panel")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)
        upper, lower = self._places(self.width())
        if self._lacking:
            side = theme.metrics.space(_MARK)
            middle = upper.top() + QFontMetricsF(self._fonts()[0]).height() / 2
            where = QRectF(theme.metrics.space(_PAD), middle - side / 2, side, side)
            paint_shape(painter, Shape.WATCH, where, theme.colour)
        for font, colour, where, words in zip(
            self._fonts(), ("text", "muted"), (upper, lower), (self._title, self._details), strict=True
        ):
            painter.setFont(font)
            painter.setPen(theme.colour(colour))
            painter.drawText(where, _WRAPPED, words)

    def _fonts(self) -> tuple[QFont, QFont]:
        fonts = Theme.of(self).fonts
        return fonts.get("visit_body", bold=True), fonts.get("visit_small")

    def _places(self, width: int) -> tuple[QRectF, QRectF]:
        """Where title and details stand in a card of a width."""
        space = Theme.of(self).metrics.space
        pad = space(_PAD)
        start = pad + (space(_MARK) + space(6) if self._lacking else 0)
        bold, small = (QFontMetricsF(font) for font in self._fonts())
        title = bold.boundingRect(QRectF(0, 0, max(1, width - start - pad), 10_000), _WRAPPED, self._title)
        details = small.boundingRect(QRectF(0, 0, max(1, width - 2 * pad), 10_000), _WRAPPED, self._details)
        upper = QRectF(start, space(_EDGE), max(1, width - start - pad), title.height())
        return upper, QRectF(pad, upper.bottom(), max(1, width - 2 * pad), details.height())


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
        self._box = QWidget(self)
        self._cards = column(gap=6, parent=self._box)
        self._shown: tuple[Action, ...] | None = None
        self._hint = WrappedLabel("", "visit_small", colour="muted")
        self._hint.hide()
        self.add = make_button("Add an action", "plus", touch=True, key="Alt+A", parent=self)
        self.add.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add.clicked.connect(self.add_pressed)
        column(
            row(Label("Actions", "visit_small", bold=True), self._count, None, gap=8),
            self._hint,
            self._box,
            self.add,
            gap=6,
            parent=self,
        )

    def show_actions(self, actions: Sequence[Action], *, able: bool, low: str = "") -> None:
        """Show the actions of a question.

        Args:
            actions: In the order they were added.
            able: Whether one can be added.
            low: The rating of the question, if it asks for an action: "Requires improvement".
        """
        self.add.setVisible(able)
        self._hint.setText(f"Rated {low}: say what has to change." if able else f"Rated {low}; no action was raised.")
        self._hint.setVisible(bool(low) and not actions)
        if tuple(actions) == self._shown:
            return
        self._shown = tuple(actions)
        self._count.setText(f"{len(actions)} from this question" if actions else "none yet")
        self._box.setVisible(bool(actions))
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        cards = [ActionCard(action, self._box) for action in actions]
        for card in cards:
            card.clicked.connect(self._open)
            self._cards.addWidget(card)
        tab_through(self._box, [*cards, self.add])

    def _open(self) -> None:
        card = self.sender()
        if isinstance(card, ActionCard):
            self.opened.emit(card.action)


def _day(action: Action) -> str:
    """The day it is due, with its year only if that is another one than that of the visit."""
    words = date_short(action.due) if action.due else ""
    same = action.due and action.raised and action.due.year == action.raised.year
    return words.rpartition(" ")[0] if same else words
