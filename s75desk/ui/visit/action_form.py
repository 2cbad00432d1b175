"""An action raised at a visit, entered beside the question: what is needed, of which kind, by whom, by when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from s75desk.domain.parsing import NotUnderstood
from s75desk.domain.records import Action
from s75desk.domain.records.action import ActionKind
from s75desk.ui.forms.date_editor import DateEditor
from s75desk.ui.forms.editors import Editor, editor_for
from s75desk.ui.theme import Theme
from s75desk.ui.visit.roving import Roving
from s75desk.ui.visit.shrinking import Scrolling
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row

_FIELDS = ("title", "owner", "due", "evidence_wanted")
_KINDS = (
    (ActionKind.CORRECTIVE, "Law or contract asks for it"),
    (ActionKind.DEVELOPMENTAL, "Good practice"),
)


class ActionForm(QWidget):
    """Edits one action; every letter is told at once, so there is nothing to save.

    Signals:
        typed: The ``Action`` as it now is; something is being typed.
        changed: The ``Action`` as it now is; a kind was chosen, a field was left.
        done: Back to the question.
        removed: Take the ``Action`` out.

    Args:
        today: The as-at date.
    """

    typed = Signal(object)
    changed = Signal(object)
    done = Signal()
    removed = Signal(object)

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = Action()
        self._showing = False
        self.locked = False
        self.kinds: dict[ActionKind, Button] = {}
        for kind, tip in _KINDS:
            button = Button(kind.word, touch=True, tip=tip, parent=self)
            button.setCheckable(True)
            button.setAccessibleName(f"Kind: {kind.value}")
            button.setAccessibleDescription(tip)
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self._kind_pressed)
            self.kinds[kind] = button
        self._keys = Roving(self, list(self.kinds.values()))
        self.editors: dict[str, Editor] = {}
        self._messages: dict[str, WrappedLabel] = {}
        inside = QWidget()
        fields = column(gap=4, parent=inside)
        fields.put(Label("Kind", "visit_small", bold=True))
        fields.put(row(*((button, 1) for button in self.kinds.values()), gap=8))
        for name in _FIELDS:
            field = Action.fields()[name]
            editor = editor_for(field, today=today, lookup=_nothing)
            editor.changed.connect(self._typed)
            editor.left.connect(self._left)
            label = Label(field.label, "visit_small", bold=True)
            message = WrappedLabel("", "small", colour="alert_text")
            message.hide()
            self.editors[name], self._messages[name] = editor, message
            fields.put(6)
            fields.put(label)
            fields.put(editor)
            fields.put(message)
        fields.put(None)
        self._title = Label("New action", "heading", bold=True)
        self._scroll = Scrolling(inside, parent=self)  # before the buttons, so that Tab comes to them after the fields
        self.finished = make_button("Done", "tick", touch=True, key="Ctrl+Return", parent=self)
        self.remove = make_button("Take it out", "archive", "quiet", touch=True, parent=self)
        self.finished.clicked.connect(self.finish)
        self.remove.clicked.connect(self._take_out)
        column(
            self._title,
            (self._scroll, 1),
            row(self.finished, None, self.remove, gap=8),
            gap=8,
            parent=self,
        )
        self._for_a_finger()

    @property
    def action(self) -> Action:
        """The action on show."""
        return self._action

    def show_action(self, action: Action, *, locked: bool = False) -> None:
        """Show an action."""
        self._showing = True
        self._action = action
        self._title.setText("Action" if action.title.strip() else "New action")
        self.locked = locked
        for kind, button in self.kinds.items():
            button.setChecked(action.kind is kind)
            button.setEnabled(not locked)
            if action.kind is kind:
                self._keys.stop_at(button)
        for name, editor in self.editors.items():
            editor.set_value(getattr(action, name))
            editor.setEnabled(not locked)
            self._say(name, "")
        self.remove.setVisible(not locked)
        self._showing = False

    def take_keyboard(self) -> None:
        """Put the keyboard into what is needed; onto the way back if nothing can be changed."""
        (self.finished if self.locked else self.editors["title"]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Ctrl+Enter are done with it; nothing is lost by either. Enter goes to the next field."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier):
            self.finish()
        elif enter and isinstance(QApplication.focusWidget(), QLineEdit):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field is as tall as a finger wants it; the style sheet forgets that each time it is put on anew."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.Show) and isinstance(watched, QLineEdit):
            watched.setMinimumHeight(Theme.of(self).metrics.size("touch_minimum"))
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_scroll"):
            self._for_a_finger()

    def _kind_pressed(self) -> None:
        pressed = next(kind for kind, button in self.kinds.items() if button is self.sender())
        for kind, button in self.kinds.items():
            button.setChecked(kind is pressed)
        self._action = replace(self._action, kind=pressed)
        self.changed.emit(self._action)

    def _typed(self) -> None:
        if not self._showing:
            self._read()
            self.typed.emit(self._action)

    def _left(self) -> None:
        if not self._showing:
            self._read(say=True)
            self.changed.emit(self._action)

    def _read(self, *, say: bool = False) -> None:
        values: dict[str, Any] = {}
        for name, editor in self.editors.items():
            try:
                values[name] = editor.value()
                self._say(name, "")
            except NotUnderstood as refusal:
                # What cannot be read stays in its field, and what was there before stays in the record.
                if say:
                    self._say(name, refusal.reason)
        values["title"] = values.get("title") or ""
        self._action = replace(self._action, **values)

    def _say(self, name: str, words: str) -> None:
        self._messages[name].setText(words)
        self._messages[name].setVisible(bool(words))
        self.editors[name].set_state("fault" if words else "none")
        self.editors[name].set_description(words)
        self._for_a_finger()

    def _for_a_finger(self) -> None:
        high = Theme.of(self).metrics.size("touch_minimum")
        for editor in self.editors.values():
            if isinstance(editor, DateEditor):
                editor.set_least(high)
            for edit in editor.findChildren(QLineEdit):
                edit.setMinimumHeight(high)
                edit.installEventFilter(self)

    def finish(self) -> bool:
        """Back to the question, unless a field cannot be read: then the keyboard goes there. Returns whether back."""
        if self.locked:
            self.done.emit()
            return True
        self._read(say=True)
        self.changed.emit(self._action)
        wrong = [name for name, message in self._messages.items() if message.text()]
        if wrong:
            self.editors[wrong[0]].setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self.done.emit()
        return True

    def _take_out(self) -> None:
        self._showing = True  # a field that the keyboard leaves now has nothing more to tell
        self.removed.emit(self._action)


def _nothing(kind: str) -> list[tuple[str, str]]:
    return []
