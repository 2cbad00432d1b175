"""Fields and buttons of a visit: tall enough for a finger, and dressed as read-only once the visit is signed.

Their height is in their size hint: a height that is set would be lost each time the style sheet is put on anew.
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QSize
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button, ToolIcon
from s75desk.ui.widgets.choice_box import ChoiceBox


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


class _TallLines(QStyledItemDelegate):
    """Lines of an open choice, each tall enough for a finger."""

    def __init__(self, choice: QComboBox) -> None:
        super().__init__(choice)
        self._choice = choice

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return _tall(self._choice, super().sizeHint(option, index))


class TallChoice(ChoiceBox):
    """One of a few, its lines tall enough for a finger."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setItemDelegate(_TallLines(self))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())


class TallButton(Button):
    """A button as wide as at the desk, and tall enough for a finger."""

    def sizeHint(self) -> QSize:
        """Tall enough for a finger."""
        return _tall(self, super().sizeHint())


class TallIcon(ToolIcon):
    """An icon that can be pressed, as wide and as tall as a finger wants it."""

    def sizeHint(self) -> QSize:
        """Large enough for a finger."""
        side = Theme.of(self).metrics.size("touch_minimum")
        return super().sizeHint().expandedTo(QSize(side, side))


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


def counted(now: int | None, by: int, most: int) -> int | None:
    """A count after one press of a stepper: below 0 it is not known again, so that no press has to be typed back."""
    if now == 0 and by < 0:
        return None
    return min(most, max(0, (now or 0) + by))


def set_read_only(field: QLineEdit | QPlainTextEdit, read_only: bool) -> None:
    """Let a field only be read, and look so: the style sheet looks at the property only when it is put on anew."""
    if field.isReadOnly() == read_only:
        return
    field.setReadOnly(read_only)
    style = field.style()
    style.unpolish(field)
    style.polish(field)
    field.update()
