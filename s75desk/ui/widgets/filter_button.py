"""A filter above a list: says what it filters, opens a menu, and is tinted and named while it holds."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.styling import set_look


class _OpenMenu(QMenu):
    """A menu that stays open while several of its boxes are ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        action: QAction | None = self.actionAt(event.position().toPoint())
        if action is not None and action.isCheckable() and action.isEnabled():
            action.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        action: QAction | None = self.activeAction()
        if event.key() == Qt.Key.Key_Space and action is not None and action.isCheckable():
            action.trigger()
        else:
            super().keyPressEvent(event)


class FilterButton(Button):
    """A filter by one value, or by several with ``multiple``.

    Signals:
        changed: The value changed, by the officer or by ``set_value``.

    Args:
        name: What it filters: "Kind". While active it reads "Kind: block".
        options: Pairs of value and words, in the order of the menu; values are any text but "".
        anything: Words of the first entry, which takes the filter away.
        multiple: Whether several values may be chosen.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str]] = (),
        *,
        anything: str = "All",
        multiple: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, "chevron", trailing=True, parent=parent)
        self._name = name
        self._anything = anything
        self._multiple = multiple
        self._words: dict[str, str] = {}
        self._chosen: tuple[str, ...] = ()
        self._menu: QMenu = _OpenMenu(self) if multiple else QMenu(self)
        self._menu.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # the button's own only puts its arrow last
        self._group = QActionGroup(self)
        self._group.setExclusive(not multiple)
        self._group.triggered.connect(self._choose)
        self.setProperty("ownarrow", True)
        self.setMenu(self._menu)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Offer other values; what is chosen and no longer offered is let go."""
        for action in self._group.actions():
            self._group.removeAction(action)
            action.deleteLater()
        self._menu.clear()
        self._words = dict(options)
        self._add("", self._anything)
        self._menu.addSeparator()
        for value, words in options:
            self._add(value, words)
        self.set_values(tuple(value for value in self._chosen if value in self._words))
        self._show()

    def value(self) -> str:
        """The chosen value; "" for all."""
        return self._chosen[0] if self._chosen else ""

    def values(self) -> tuple[str, ...]:
        """All chosen values, in the order of the menu; () for all."""
        return self._chosen

    def set_value(self, value: str) -> None:
        """Choose one value; "" for all."""
        self.set_values((value,) if value else ())

    def set_values(self, values: Sequence[str]) -> None:
        """Choose several values."""
        chosen = tuple(value for value in self._words if value in values)
        if not self._multiple:
            chosen = chosen[:1]
        changed = chosen != self._chosen
        self._chosen = chosen
        self._show()
        if changed:
            self.changed.emit()

    def _add(self, value: str, words: str) -> None:
        action = QAction(words.replace("&", "&&"), self._group)
        action.setCheckable(True)
        action.setData(value)
        self._menu.addAction(action)

    def _choose(self, action: QAction) -> None:
        value = str(action.data())
        if not self._multiple or not value:
            self.set_value(value)
        elif action.isChecked():
            self.set_values((*self._chosen, value))
        else:
            self.set_values(tuple(other for other in self._chosen if other != value))

    def _show(self) -> None:
        for action in self._group.actions():
            value = str(action.data())
            action.setChecked(value in self._chosen if value else not self._chosen)
        words = ", ".join(self._words[value] for value in self._chosen[:2])
        if len(self._chosen) > 2:
            words = f"{len(self._chosen)} chosen"
        self.set_words(f"{self._name}: {words}" if words else self._name)
        self.setAccessibleName(f"Filter by {self._name}: {words or self._anything}")
        set_look(self, "filter", "on" if words else "off")
        self._make_icon()

    def _icon_colour(self) -> str:
        return "accent" if self.property("filter") == "on" else "text"
