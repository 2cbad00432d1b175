"""Lets something appear gently: what was there before fades away on top of it, and nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import QPropertyAnimation, QRect, Qt
from PySide6.QtWidgets import QGraphicsOpacityEffect, QLabel, QWidget

from s75desk.ui.theme import Theme


class FadeAway(QLabel):
    """A picture of a part of the window as it was, which fades and then removes itself.

    The part beneath is there and usable at once; only the eye sees it come. Made before the new part is shown. Qt
    draws, fades and removes it: nothing of it lives in Python, where it could be gone before it is painted.

    Args:
        window: The window.
        where: Which part of it, in its coordinates.
    """

    def __init__(self, window: QWidget, where: QRect) -> None:
        super().__init__(window)
        self.setPixmap(window.grab(where))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setGeometry(where)
        effect = QGraphicsOpacityEffect(self)
        self.setGraphicsEffect(effect)
        fade = QPropertyAnimation(effect, b"opacity", self)
        fade.setStartValue(1.0)
        fade.setEndValue(0.0)
        fade.setDuration(Theme.of(self).fade_ms)
        fade.finished.connect(self.deleteLater)
        self.show()
        fade.start()


def fade_in(widget: QWidget, where: QRect) -> None:
    """Show ``widget`` at ``where`` in its parent, gently unless the system asks for less motion."""
    window = widget.window()
    widget.setGeometry(where)
    before = FadeAway(window, where) if Theme.of(widget).fade_ms and window.isVisible() else None
    widget.show()
    widget.raise_()
    if before is not None:
        before.raise_()
