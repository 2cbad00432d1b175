"""Fields and buttons of a visit: tall enough for a finger, and dressed as read-only once the visit is signed.

Their height is in their size hint: a height that is set would be lost each time the style sheet is put on anew.
"""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button


def _tall(widget: QWidget, hint: QSize) -> QSize:
    return hint.expandedTo(QSize(0, Theme.of(widget).metrics.size("touch_minimum")))


class TallLine(QLineEdit):
    """One line of text."""

    def __init__(self, name: str, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())


class TallChoice(QComboBox):
    """One of a few."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())


class TallButton(Button):
    """A button as wide as at the desk, and tall enough for a finger."""

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())


class TallCheck(QCheckBox):
    """A box to tick; all of it can be pressed."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 - Qt's name
        """Anywhere in it."""
        return self.rect().contains(pos)


class WholeNumbers(QValidator):
    """Lets nothing but a whole number up to ``most`` be typed; Qt's own lets 9,999 through where 1,000 is the most."""

    def __init__(self, most: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._most = most

    def validate(self, text: str, at: int) -> QValidator.State:
        """Whether a text may stand in the field."""
        right = not text or (text.isascii() and text.isdigit() and int(text) <= self._most)
        return QValidator.State.Acceptable if right else QValidator.State.Invalid


def set_read_only(field: QLineEdit | QPlainTextEdit, read_only: bool) -> None:
    """Let a field only be read, and look so: the style sheet looks at the property only when it is put on anew."""
    if field.isReadOnly() == read_only:
        return
    field.setReadOnly(read_only)
    style = field.style()
    style.unpolish(field)
    style.polish(field)
    field.update()
