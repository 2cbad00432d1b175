"""Undo and redo of changes: by Ctrl+Z what the notice tells, in a field what was typed, and nothing else unasked."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from s75desk.domain.changes import Changes
from s75desk.domain.errors import DeskError, Rejected
from s75desk.ui.operations import Operations
from s75desk.ui.widgets.notice import Notice

Editor = QLineEdit | QPlainTextEdit | QTextEdit
EDITORS = (QLineEdit, QPlainTextEdit, QTextEdit)
"""Fields that have an undo of their own."""


class Undoing(QObject):
    """Remembers what was done since the desk was opened.

    Ctrl+Z takes back what the notice in sight tells of. Without one it first says what it would take back, and the
    next Ctrl+Z does: nothing is ever undone that the officer has not just read.

    Signals:
        troubled: It could not be undone; the reason.
    """

    troubled = Signal(object)

    def __init__(self, operations: Operations, notice: Notice, parent: QObject) -> None:
        super().__init__(parent)
        self._operations = operations
        self._notice = notice
        self._done: list[tuple[str, str]] = []
        self._undone: list[tuple[str, str]] = []
        self._offered = ""
        self._under_way = self._again = False
        self._watched: Editor | None = None
        notice.undo_pressed.connect(self.take_back_offered)
        notice.gone.connect(self._withdraw)
        operations.wrote.connect(self._wrote)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_moved)

    def say(self, changes: Changes) -> None:
        """Show the notice of a change, with undo where it can be undone."""
        icon = "archive" if changes.label.startswith("Archived") else "tick"
        offered = changes.undoable and (not self._under_way or self._again)
        self._tell(changes.label, changes.change_id if offered else "", icon)

    def undo(self, *, ask: bool = True) -> bool:
        """What Ctrl+Z does; false where it did nothing.

        Args:
            ask: Whether to offer the change before where no notice offers one.
        """
        editor = self._typed_in()
        if editor is not None:
            editor.undo()
        elif self._offered and self._notice.offers_undo:
            self.take_back_offered()
        elif ask and self._done and not isinstance(QApplication.focusWidget(), EDITORS):
            change, label = self._done[-1]
            self._tell(f"Take this back? {label}", change, "undo")
        else:
            return False
        return True

    def redo(self) -> None:
        """Do again what was undone; in a field, what was taken back there."""
        focus = QApplication.focusWidget()
        if isinstance(focus, EDITORS):
            focus.redo()
        elif self._undone and not self._under_way:
            change, _ = self._undone.pop()
            self._run(change, self._done)

    def take_back_offered(self) -> None:
        """Take back the change that the notice tells of."""
        change, self._offered = self._offered, ""
        if change and not self._under_way:
            self._done = [pair for pair in self._done if pair[0] != change]
            self._notice.dismiss()
            self._run(change, self._undone)

    # Parts

    def _tell(self, words: str, change: str, icon: str) -> None:
        self._notice.say(words, icon=icon, undo=bool(change))
        self._offered = change
        self._show_key()

    def _run(self, change: str, onto: list[tuple[str, str]]) -> None:
        self._under_way, self._again = True, onto is self._done

        def done(changes: Changes) -> None:
            self._under_way = False
            if changes.change_id:
                onto.append((changes.change_id, changes.label))

        def failed(trouble: DeskError | Rejected) -> None:
            self._under_way = False
            self.troubled.emit(trouble)

        records = self._operations.office.records
        self._operations.write(self, lambda: records.undo(change), done, failed)

    def _wrote(self, changes: Changes) -> None:
        if changes.undoable and not self._under_way:
            self._done.append((changes.change_id, changes.label))
            self._undone.clear()

    def _withdraw(self) -> None:
        self._offered = ""

    # The key in the notice is shown while it means the notice

    def _typed_in(self) -> Editor | None:
        """The field with the keyboard, if something was typed in it that can be taken back."""
        focus = QApplication.focusWidget()
        if isinstance(focus, QLineEdit):
            return focus if focus.isUndoAvailable() and not focus.isReadOnly() else None
        if isinstance(focus, (QPlainTextEdit, QTextEdit)):
            return focus if focus.document().isUndoAvailable() and not focus.isReadOnly() else None
        return None

    def _show_key(self) -> None:
        self._notice.show_key(self._typed_in() is None)

    def _focus_moved(self, _: QWidget | None, new: QWidget | None) -> None:
        self._watch(new if isinstance(new, EDITORS) else None)
        if self._offered:
            # Later: the keyboard also moves while a form is being taken apart, when no part of it may be looked at.
            QTimer.singleShot(0, self, self._show_key)

    def _watch(self, editor: Editor | None) -> None:
        """Hear what is typed in the field with the keyboard, and keep it from taking the key where it has no use."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.textChanged.disconnect(self._show_key)
            self._watched.removeEventFilter(self)
        self._watched = editor
        if editor is not None:
            editor.textChanged.connect(self._show_key)
            editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field takes Ctrl+Z for itself also where nothing was typed: then it is the window's."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo) and self._typed_in() is None:
            event.ignore()
            return True
        return False
