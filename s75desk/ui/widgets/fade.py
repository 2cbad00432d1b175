"""Lets something appear gently: what was there before fades away on top of it, and nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from s75desk.ui.theme import Theme


class FadeAway(QWidget):
    """A picture of a part of the window as it was, which fades and then removes itself.

    The part beneath is there and usable at once; only the eye sees it come. Made before the new part is shown.

    Args:
        window: The window.
        where: Which part of it, in its coordinates.
    """

    def __init__(self, window: QWidget, where: QRect) -> None:
        super().__init__(window)
        self._picture: QPixmap = window.grab(where)
        self._opacity = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(where)
        self._fade = QVariantAnimation(self)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._fade.setDuration(Theme.of(self).fade_ms)
        self._fade.valueChanged.connect(self._step)
        self._fade.finished.connect(self.deleteLater)

    def start(self) -> None:
        """Cover the new part and begin to fade."""
        self.show()
        self.raise_()
        self._fade.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the old picture as faint as it is by now."""
        painter = QPainter(self)
        painter.setOpacity(self._opacity)
        painter.drawPixmap(0, 0, self._picture)

    def _step(self, value: float) -> None:
        self._opacity = value
        self.update()


def fade_in(widget: QWidget, where: QRect) -> None:
    """Show ``widget`` at ``where`` in its parent, gently unless the system asks for less motion."""
    window = widget.window()
    widget.setGeometry(where)
    if Theme.of(widget).fade_ms == 0 or not window.isVisible():
        widget.show()
        widget.raise_()
        return
    before = FadeAway(window, where)
    widget.show()
    widget.raise_()
    before.start()
