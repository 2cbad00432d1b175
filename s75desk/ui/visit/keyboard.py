"""The keyboard in visit mode: where it is put, where keys lead, and what they do while something is being typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from s75desk.ui.visit.finish_pane import FinishPane
from s75desk.ui.visit.keys import VISIT_KEYS
from s75desk.ui.visit.people_pane import PeoplePane
from s75desk.ui.visit.prior_pane import PriorPane
from s75desk.ui.visit.rating_keys import KeyButton
from s75desk.ui.visit.signed_pane import SignedPane
from s75desk.ui.visit.turns import LEFT, MIDDLE, SIDE
from s75desk.ui.widgets.enter import presses

if TYPE_CHECKING:
    from s75desk.ui.visit.mode import VisitMode

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Keyboard(QObject):
    """See the module.

    Args:
        mode: The visit mode; it asks for the keys that its widgets leave to it.
    """

    def __init__(self, mode: VisitMode) -> None:
        super().__init__(mode)
        self._mode = mode
        for key, what, arguments in VISIT_KEYS:
            shortcut = QShortcut(QKeySequence(key), mode)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._doer(what, arguments))

    def _doer(self, what: str, arguments: tuple[Any, ...]) -> Callable[[], None]:
        def do() -> None:
            getattr(self._mode, what)(*arguments)

        return do

    @property
    def _on_question(self) -> bool:
        return self._mode.middle.currentWidget() is self._mode.question

    def take(self) -> None:
        """Put the keyboard where the work is."""
        mode = self._mode
        pane = mode.middle.currentWidget()
        if mode.session.locked and not isinstance(pane, SignedPane):
            # Nothing can be entered: the list of places is where keys lead on.
            if mode.turns.shows(LEFT):
                mode.outline.setFocus(Qt.FocusReason.OtherFocusReason)
            else:
                self._onward().setFocus(Qt.FocusReason.OtherFocusReason)
        elif pane is mode.question:
            mode.question.focus_keys()
        elif isinstance(pane, (PriorPane, PeoplePane, FinishPane, SignedPane)):
            pane.take_keyboard()

    def _onward(self) -> QWidget:
        mode = self._mode
        pane = mode.middle.currentWidget()
        return pane.next if isinstance(pane, (PriorPane, PeoplePane)) else mode.question.next

    def press(self, key: str) -> None:
        """A key of a rating or a grade, also while typing."""
        if self._on_question:
            self._mode.question.keys.press(key)
        elif self._mode.middle.currentWidget() is self._mode.prior:
            self._mode.prior.press(key)

    def to_part(self, part: str) -> None:
        """To "evidence", "sample", "photos", "action" or "note" of the question."""
        mode = self._mode
        if not self._on_question:
            if part == "photos":
                self.press("P")  # the same letter grades an action from before
            return
        if mode.side.entering and part != "action" and not mode.side.form.finish():
            return
        mode.turns.bring(MIDDLE if part == "note" else SIDE)
        match part:
            case "evidence":
                mode.side.evidence.take_keyboard()
            case "sample":
                mode.side.sample.take_keyboard()
            case "photos":
                mode.side.photos.setFocus(Qt.FocusReason.ShortcutFocusReason)
            case "action" if not mode.session.locked and not mode.side.entering:
                mode.steps.new_action()
            case "note":
                mode.question.focus_note()

    def next_pane(self, by: int = 1) -> None:
        """F6: outline, middle, right."""
        mode = self._mode
        panes: list[tuple[str, QWidget]] = [(LEFT, mode.left_side), (MIDDLE, mode.middle)]
        if self._on_question:
            panes.append((SIDE, mode.side))
        focus = QApplication.focusWidget()
        inside = [place for place, (_, pane) in enumerate(panes) if focus is not None and pane.isAncestorOf(focus)]
        name, pane = panes[((inside[0] if inside else -by) + by) % len(panes)]
        mode.turns.bring(name)
        if pane is mode.left_side:
            mode.outline.setFocus(Qt.FocusReason.TabFocusReason)
        elif pane is mode.side and mode.side.entering:
            mode.side.form.take_keyboard()
        elif pane is mode.side and mode.session.locked:
            mode.side.take_keyboard()
        elif pane is mode.side:
            mode.side.evidence.take_keyboard()
        elif mode.session.locked and not isinstance(mode.middle.currentWidget(), SignedPane):
            self._onward().setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.take()

    def handle(self, event: QKeyEvent) -> bool:
        """Answer a key that nothing below wanted; false for one that means nothing here.

        Rating keys while nothing is being typed; Enter presses the button it is on, and goes on from a rating to the
        note; Esc goes back to the rating keys.
        """
        mode = self._mode
        if event.key() == Qt.Key.Key_Alt:
            return True  # by itself it would open the menu of the tabs, which are not on show
        focus = QApplication.focusWidget()
        typing = isinstance(focus, (QLineEdit, QPlainTextEdit))
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if not plain:
            return False
        if not (self._on_question and isinstance(focus, KeyButton)) and presses(event):
            return True
        if not self._on_question:
            return False
        if not typing and mode.question.keys.press(event.text().upper()):
            return True
        if event.key() in _ENTER and not typing:
            self.to_part("note")
            return True
        if event.key() == Qt.Key.Key_Escape:
            mode.turns.bring(MIDDLE)
            self.take()
            return True
        return False

    def undo(self) -> None:
        """Take back what was typed in the field with the keyboard; else put back a rating, or what was taken out."""
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)) and _typed_in(focus):
            focus.undo()
        elif not (self._on_question and not self._mode.session.locked and self._mode.question.put_back()):
            self._mode.side.put_back()

    def redo(self) -> None:
        """Type again what was taken back."""
        focus = QApplication.focusWidget()
        if isinstance(focus, (QLineEdit, QPlainTextEdit)):
            focus.redo()


def _typed_in(field: QLineEdit | QPlainTextEdit) -> bool:
    """Whether a field has something to take back."""
    return field.isUndoAvailable() if isinstance(field, QLineEdit) else field.document().isUndoAvailable()
