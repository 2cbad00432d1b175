"""The rating keys: one large button a step of the scale, and two smaller ones for "not applicable" and "come back"."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from s75desk.domain.records import VisitAnswer
from s75desk.domain.status import Shape
from s75desk.domain.visits.scale import LOWEST, Scale
from s75desk.ui.theme import Theme
from s75desk.ui.theme.shapes import paint_shape
from s75desk.ui.visit.roving import Roving
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.layouts import column, row

NOT_APPLICABLE = "N"
FLAG = "F"


class KeyButton(QAbstractButton):
    """A button that shows its key, its word and its shape. Pressed by a finger, the pointer, Space or its key.

    Args:
        key: What stands in the small frame: "2".
        word: "Requires improvement".
        shape: Status shape of a rating; None for a button with an icon.
        icon: Icon where there is no shape.
        tall: As tall as a rating; else as tall as a finger.
    """

    def __init__(
        self,
        key: str,
        word: str,
        shape: Shape | None = None,
        icon: str = "",
        *,
        tall: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.key = key
        self._word = word
        self._shape = shape
        self._icon = icon
        self._tall = tall
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{word}, key {key}")

    @property
    def word(self) -> str:
        """What it says."""
        return self._word

    def sizeHint(self) -> QSize:
        """Room for key, shape and word."""
        theme = Theme.of(self)
        word = QFontMetrics(theme.fonts.get("visit_body", bold=True)).horizontalAdvance(self._word)
        edge = theme.metrics.space(12)
        if self._tall:
            return QSize(max(word + 2 * edge, theme.metrics.px(6)), theme.metrics.size("rating_button"))
        return QSize(word + theme.metrics.px(6), theme.metrics.size("touch"))

    def minimumSizeHint(self) -> QSize:
        """As wide as the word, so that it is never cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows belong to whoever holds the keys: Qt would take them for Tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Its size follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw edge, key, shape and word."""
        theme = Theme.of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen, able = self.isChecked(), self.isEnabled()
        family = self._shape.family if self._shape else "info"
        edge = ("watch_edge" if family == "watch" else family) if chosen else "line_strong"
        ground = f"{family}_soft" if chosen else ("hover" if self.underMouse() and able else "surface")
        if self.isDown():
            ground = "selected"
        wide = 3 if chosen else 1
        painter.setPen(QPen(theme.colour(edge if able or chosen else "line"), wide))
        painter.setBrush(theme.colour(ground))
        inset = wide / 2
        corner = theme.metrics.radius("panel")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), corner, corner)
        ink = theme.colour(f"{family}_text" if chosen and self._shape else ("text" if able else "faint"))
        self._paint_key(painter, theme, able=able)
        self._paint_mark(painter, theme)
        painter.setFont(theme.fonts.get("visit_body", bold=self._tall or chosen))
        painter.setPen(ink)
        painter.drawText(self._word_rect(theme), int(Qt.AlignmentFlag.AlignVCenter), self._word)

    def _paint_key(self, painter: QPainter, theme: Theme, *, able: bool) -> None:
        side, pad = theme.metrics.space(24), theme.metrics.space(12)
        top = pad if self._tall else (self.height() - side) / 2
        frame = QRectF(pad, top, side, side)
        painter.setPen(QPen(theme.colour("line_strong"), 1))
        painter.setBrush(theme.colour("surface"))
        corner = theme.metrics.radius("chip")
        painter.drawRoundedRect(frame, corner, corner)
        painter.setFont(theme.fonts.get("visit_small", bold=True))
        painter.setPen(theme.colour("text" if able else "faint"))
        painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), self.key)

    def _paint_mark(self, painter: QPainter, theme: Theme) -> None:
        side, pad = theme.metrics.space(22), theme.metrics.space(12)
        top = pad + theme.metrics.space(1) if self._tall else (self.height() - side) / 2
        where = QRectF(self.width() - pad - side, top, side, side)
        if self._shape is not None:
            paint_shape(painter, self._shape, where, theme.colour)
        elif self._icon:
            theme.icons.paint(painter, self._icon, where, "accent" if self.isChecked() else "muted")

    def _word_rect(self, theme: Theme) -> QRectF:
        pad = theme.metrics.space(12)
        if self._tall:
            top = theme.metrics.space(40)
            return QRectF(pad, top, self.width() - pad, self.height() - top - theme.metrics.space(6))
        start = pad + theme.metrics.space(24 + 9)
        return QRectF(start, 0, self.width() - start - pad, self.height())


class RatingKeys(QWidget):
    """All keys of one question. It shows an answer and tells what was pressed; it keeps nothing.

    Signals:
        rated: A step of the scale was pressed.
        not_applicable_pressed: "Not applicable" was pressed.
        flag_pressed: "Come back to it" was pressed.

    Args:
        scale: The scale; its lowest step stands on the left.
    """

    rated = Signal(int)
    not_applicable_pressed = Signal()
    flag_pressed = Signal()

    def __init__(self, scale: Scale, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.steps: dict[int, KeyButton] = {}
        upper = row(gap=8)
        for value in range(LOWEST, scale.top + 1):
            step = scale.step(value)
            button = KeyButton(str(value), step.word, step.shape, tall=True, parent=self)
            button.setToolTip(step.meaning)
            button.setAccessibleDescription(step.meaning)
            button.clicked.connect(self._pressed)
            self.steps[value] = button
            upper.put((button, max(10, len(step.word))))
        self.not_applicable = KeyButton(NOT_APPLICABLE, scale.not_applicable, icon="minus", parent=self)
        self.flag = KeyButton(FLAG, "Flag: come back to it", icon="flag", parent=self)
        self.not_applicable.clicked.connect(self._pressed_other)
        self.flag.clicked.connect(self._pressed_other)
        column(upper, row((self.not_applicable, 1), (self.flag, 1), gap=8), gap=8, parent=self)
        self._all = (*self.steps.values(), self.not_applicable, self.flag)
        self._keys = Roving(self, self._all)

    def show_answer(self, answer: VisitAnswer, *, able: bool = True) -> None:
        """Show what has been answered.

        Args:
            answer: The answer.
            able: Whether it can be changed.
        """
        for value, button in self.steps.items():
            button.setChecked(answer.rating == value)
        self.not_applicable.setChecked(bool(answer.not_applicable) and answer.rating is None)
        self.flag.setChecked(bool(answer.flagged))
        for button in self._all:
            button.setEnabled(able)
        held = next((button for button in self._all if button.hasFocus()), None)
        self._keys.stop_at(held or self._first())

    def take_keyboard(self) -> None:
        """Put the keyboard onto what is chosen, else onto the first."""
        self._first().setFocus(Qt.FocusReason.TabFocusReason)

    def _first(self) -> KeyButton:
        chosen = (button for button in (*self.steps.values(), self.not_applicable) if button.isChecked())
        return next(chosen, self.steps[LOWEST])

    def press(self, key: str) -> bool:
        """Press a key by its name: "1", "N". Returns whether there is such a key."""
        for button in self._all:
            if button.key == key:
                if button.isEnabled():
                    among = any(other.hasFocus() for other in self._all)
                    if among:  # the keyboard goes along, so that a screen reader says what was pressed
                        button.setFocus(Qt.FocusReason.TabFocusReason)
                    button.click()
                    if not among:
                        announce(self, f"{button.word}, {'chosen' if button.isChecked() else 'taken back'}")
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes to what does not rate, Up comes back."""
        upper = [*self.steps.values()]
        lower: list[KeyButton] = [self.not_applicable, self.flag]
        here = self.focusWidget()
        if event.key() == Qt.Key.Key_Down and here in upper and not _modified(event):
            place = upper.index(here)
            lower[2 * place // len(upper)].setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Up and here in lower and not _modified(event):
            place = lower.index(here)
            upper[place * len(upper) // 2].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _pressed(self) -> None:
        button = self.sender()
        for value, known in self.steps.items():
            if known is button:
                self.rated.emit(value)

    def _pressed_other(self) -> None:
        if self.sender() is self.flag:
            self.flag_pressed.emit()
        else:
            self.not_applicable_pressed.emit()


def _modified(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier)
