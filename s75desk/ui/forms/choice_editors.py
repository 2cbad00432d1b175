"""Editors for choosing: one word of several, and yes, no or not known."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QRadioButton, QSizePolicy, QStyledItemDelegate, QWidget

from s75desk.domain.fields import Choice, Field
from s75desk.domain.parsing import NotUnderstood, parse_choice, parse_yes_no
from s75desk.domain.wording import NOT_KNOWN
from s75desk.ui.forms.editors import Editor
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.choice_box import ChoiceBox
from s75desk.ui.widgets.layouts import row

_WIDEST = 20.86


class _Combo(ChoiceBox):
    """A box as wide as its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setItemDelegate(QStyledItemDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(16)


class ChoiceEditor(Editor):
    """One member of an enumeration; "Not known" first."""

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(field, today=today, parent=parent)
        self._choices: tuple[Choice, ...] = () if field.choices is None else tuple(field.choices)
        self._letters, self._since = "", QElapsedTimer()
        self._since.start()
        self.combo = _Combo()
        self.combo.addItem(NOT_KNOWN)
        self.combo.addItems([member.word for member in self._choices])
        self.take_input(self.combo)
        self.combo.currentIndexChanged.connect(self._picked)
        row(self.combo, None, gap=0, parent=self)
        self._size()

    def text(self) -> str:
        """The word chosen; "" for not known."""
        place = self.combo.currentIndex()
        return self._choices[place - 1].word if place > 0 else ""

    def set_text(self, text: str) -> None:
        """Choose by word; what is no word of the list is not known."""
        place = 0
        if text and self.field.choices is not None:
            try:
                place = self._choices.index(parse_choice(text, self.field.choices)) + 1
            except NotUnderstood:
                place = 0
        self.combo.setCurrentIndex(place)

    def value(self) -> Any:
        """The member chosen, or None."""
        place = self.combo.currentIndex()
        return self._choices[place - 1] if place > 0 else None

    def changeEvent(self, event: QEvent) -> None:
        """Width follows the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "combo"):
            self._size()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Letters choose by the beginning of a word, or by the first letters of several: "RI"."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.text().isalpha():
            slow = self._since.elapsed() > QApplication.keyboardInputInterval() * 3
            self._letters = event.text() if slow else self._letters + event.text()
            self._since.start()
            if len(self._letters) > 1 and self.field.choices is not None:
                try:
                    self.set_text(parse_choice(self._letters, self.field.choices).word)
                    return True
                except NotUnderstood:
                    pass
        return super().eventFilter(watched, event)

    def _picked(self) -> None:
        self.changed.emit()

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        words = [NOT_KNOWN, *(member.word for member in self._choices)]
        longest = max(self.combo.fontMetrics().horizontalAdvance(word) for word in words)
        self.combo.setFixedWidth(min(longest + metrics.space(48), metrics.px(_WIDEST)))


class YesNoEditor(Editor):
    """Yes, no or not known, side by side; not known is no answer where one of the two is always so."""

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(field, today=today, parent=parent)
        self._group = QButtonGroup(self)
        third = "Not decided yet" if field.either else NOT_KNOWN
        self._buttons = {"Yes": QRadioButton("Yes"), "No": QRadioButton("No"), "": QRadioButton(third)}
        for button in self._buttons.values():
            self._group.addButton(button)
            self.take_input(button)
            button.setAccessibleName(f"{field.label}: {button.text()}")
        self._buttons[""].setChecked(True)
        self._group.buttonToggled.connect(self._toggled)
        row(*self._buttons.values(), None, gap=18, parent=self)
        self._stop_at_choice()

    def text(self) -> str:
        """What is chosen: "Yes", "No", or "" for not known."""
        return next((word for word, button in self._buttons.items() if button.isChecked()), "")

    def set_text(self, text: str) -> None:
        """Choose by word."""
        try:
            value = parse_yes_no(text)
        except NotUnderstood:
            value = None
        self._buttons["" if value is None else "Yes" if value else "No"].setChecked(True)

    def set_value(self, value: Any) -> None:
        """Show a value; that nobody has decided is offered only where it is so."""
        super().set_value(value)
        self._buttons[""].setHidden(self.field.either and value is not None)

    def _toggled(self, _button: object, checked: bool) -> None:
        if checked:
            chosen = self._group.checkedButton()
            if chosen is not None:
                self.setFocusProxy(chosen)
            self._stop_at_choice()
            self.changed.emit()

    def last_stop(self) -> QWidget:
        """What is chosen: the one of them that Tab stops at."""
        chosen = self._group.checkedButton()
        return chosen if chosen is not None else super().last_stop()

    def _stop_at_choice(self) -> None:
        """Tab comes to what is chosen; the arrow keys go on from there."""
        for button in self._buttons.values():
            chosen = button.isChecked()
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
