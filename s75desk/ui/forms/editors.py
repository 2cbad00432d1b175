"""The base of every editor, and which editor a field gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from s75desk.domain.fields import Field, FieldType
from s75desk.domain.findings import Finding, Weight
from s75desk.domain.money.typed_fields import companions, text_of
from s75desk.domain.parsing import field_text, hint_for, parse_field
from s75desk.domain.records import Record
from s75desk.ui.widgets.styling import set_look

Lookup = Callable[[str], Sequence[tuple[str, str]]]
"""Uid and heading of every record of a kind that a reference may name."""


_LENT = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""A pop-up or another window borrows the keyboard and brings it back."""


class Editor(QWidget):
    """Edits one field. It holds what was typed as text, and says what that means when asked.

    Signals:
        changed: The officer changed it, or ``set_text`` did.
        entered: The keyboard came to it.
        left: The keyboard left it; what could be read is now written in full.

    Args:
        field: What is edited; its label is the accessible name.
        today: The as-at date, for dates typed in part.
    """

    changed = Signal()
    entered = Signal()
    left = Signal()

    def __init__(self, field: Field, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.today = today
        self._inputs: list[QWidget] = []

    # What a form uses

    def text(self) -> str:
        """What was typed, as it is; kept in drafts."""
        raise NotImplementedError

    def set_text(self, text: str) -> None:
        """Put typed text back."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value in full."""
        self.set_text(field_text(self.field, value))

    def set_from(self, record: Record) -> None:
        """Show what a record says, with what is typed together with this field."""
        if self.field.about:
            self.set_text(text_of(self.field, record))
        else:
            self.set_value(getattr(record, self.field.name))

    def companions(self) -> dict[str, Any]:
        """Values of the fields that are typed together with this one, by name.

        Raises:
            NotUnderstood: It cannot be read as this type of field.
        """
        return companions(self.field, self.text())

    def understood(self) -> str:
        """What the text was read as, where that is not plain from it; "" otherwise."""
        return ""

    def remarks(self) -> tuple[Finding, ...]:
        """What there is to say of the text itself."""
        said = self.understood()
        return (Finding(Weight.NOTE, self.field.name, said),) if said else ()

    def value(self) -> Any:
        """What the text means; None where nothing is known.

        Raises:
            NotUnderstood: It cannot be read as this type of field.
        """
        return parse_field(self.field, self.text(), self.today)

    def words(self) -> str:
        """What it says, for copying the officer's words elsewhere."""
        return self.text()

    def set_state(self, state: str) -> None:
        """Edge of the field: "fault", "doubt" or "none"."""
        for part in self._inputs:
            set_look(part, "state", state)

    def set_description(self, words: str) -> None:
        """What a screen reader says after the name: the message beside the field, or what it understands."""
        for part in self._inputs:
            part.setAccessibleDescription(words or hint_for(self.field))

    def last_stop(self) -> QWidget:
        """Where Tab leaves it from."""
        return self._inputs[-1] if self._inputs else self

    @property
    def fills(self) -> bool:
        """Whether it takes the whole width of the field column."""
        return False

    def wanted_width(self) -> int:
        """The width in logical pixels at which all that it says can be read; 0 where the usual one does."""
        return 0

    # What an editor does

    def take_input(self, part: QWidget) -> None:
        """Make ``part`` the one that has the keyboard and the name."""
        if not self._inputs:
            self.setFocusProxy(part)
        self._inputs.append(part)
        part.setAccessibleName(self.field.label)
        part.setAccessibleDescription(hint_for(self.field))
        part.installEventFilter(self)

    def normalise(self) -> None:
        """Write in full what can be read; called when the keyboard leaves."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the form where the keyboard is."""
        if event.type() == QEvent.Type.FocusIn:
            self.entered.emit()
        elif event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in _LENT:
            self.normalise()
            if isinstance(watched, QLineEdit):  # its end alone may read as another name
                watched.setCursorPosition(0)
                whole = watched.fontMetrics().horizontalAdvance(watched.text()) > watched.width() - 16
                watched.setToolTip(watched.text() if whole else "")
            self.left.emit()
        return False


def editor_for(field: Field, *, today: date, lookup: Lookup, addable: bool = False) -> Editor:
    """The editor of a field.

    Args:
        field: What is to be edited.
        today: The as-at date.
        lookup: What references may name.
        addable: Whether a reference may name a record that is not there yet.
    """
    from s75desk.ui.forms.choice_editors import ChoiceEditor, YesNoEditor
    from s75desk.ui.forms.date_editor import DateEditor
    from s75desk.ui.forms.reference_editor import ReferenceEditor
    from s75desk.ui.forms.text_editors import LineEditor, LongTextEditor

    match field.type:
        case FieldType.LONG_TEXT:
            return LongTextEditor(field, today=today)
        case FieldType.DATE:
            return DateEditor(field, today=today)
        case FieldType.YES_NO:
            return YesNoEditor(field, today=today)
        case FieldType.CHOICE:
            return ChoiceEditor(field, today=today)
        case FieldType.REFERENCE:
            return ReferenceEditor(field, today=today, options=lookup(field.refers_to), addable=addable)
        case _:
            return LineEditor(field, today=today)
