"""People spoken to, by role and number: a stepper a role, no names."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from s75desk.domain.records import PeopleSpoken
from s75desk.domain.records.visit_work import SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.wording import count_words
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import WholeNumbers, counted, set_read_only
from s75desk.ui.visit.shrinking import Shrinking
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_MOST = 1000


class PeoplePane(Surface):
    """See the module.

    Signals:
        counted: The ``PeopleSpoken`` of a role as it now is.
        next_pressed: On to what comes next.
    """

    counted = Signal(object)
    next_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._held: dict[SpokenRole, PeopleSpoken] = {}
        self.fields: dict[SpokenRole, QLineEdit] = {}
        self._buttons: list[Button] = []
        self._grid = QGridLayout()
        for place, role in enumerate(SpokenRole):
            label = Label(role.word, "visit_body")
            fewer, more = Button("", "minus", touch=True, parent=self), Button("", "plus", touch=True, parent=self)
            field = QLineEdit(self)
            field.setValidator(WholeNumbers(_MOST, field))
            field.setAlignment(Qt.AlignmentFlag.AlignCenter)
            field.setPlaceholderText("?")
            field.setProperty("large", True)
            field.setAccessibleName(f"{role.word}: how many")
            field.installEventFilter(self)
            label.setBuddy(field)
            for button, by, words in ((fewer, -1, "One fewer"), (more, 1, "One more")):
                button.setProperty("by", by)
                button.setProperty("role", role.value)
                button.setAccessibleName(f"{words}: {role.value}")
                button.setToolTip(f"{words}: {role.value}")
                button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Up and Down in the field do the same
                button.clicked.connect(self._step_pressed)
                self._buttons.append(button)
            field.textEdited.connect(self._typed)
            self.fields[role] = field
            for at, part in enumerate((label, fewer, field, more)):
                self._grid.addWidget(part, place, at)
        self._grid.setColumnStretch(4, 1)
        self._around = Shrinking(boxed(self._grid), least=8.0, parent=self)
        self._total = WrappedLabel("", "visit_body", colour="muted")
        self._hint = Label("", "visit_small", colour="muted")
        self.next = make_button("Questions", "chevron_right", "primary", touch=True, key="Ctrl+Down", parent=self)
        self.next.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.next.clicked.connect(self.next_pressed)
        column(
            Label("People spoken to", "visit_question", bold=True),
            WrappedLabel("How many of each, by role. No names.", "visit_body"),
            6,
            self._around,
            self._total,
            None,
            row(self._hint, None,
                KeyHint("Ctrl ↓", raw=True), self.next, gap=10),
            gap=8,
            margins=(24, 12, 24, 12),
            parent=self,
        )  # fmt: skip
        self._size()

    def show_people(self, book: VisitBook) -> None:
        """Show the counts of a visit."""
        able = not book.locked
        for role, field in self.fields.items():
            held = book.spoken(role)
            self._held[role] = held
            text = "" if held.count is None else str(held.count)
            if field.text() != text:
                field.setText(text)
            set_read_only(field, not able)
        for button in self._buttons:
            button.setEnabled(able)
        self._hint.setText("Up and down count; below 0 is not known" if able else "")
        self._tell_total()

    def take_keyboard(self) -> None:
        """Put the keyboard into the first count."""
        field = self.fields[SpokenRole.PEOPLE]
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        self._around.verticalScrollBar().setValue(0)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and Down count; Enter goes to the next role."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        role = next((role for role, field in self.fields.items() if field is watched), None)
        if role is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if by is not None:
            self._step(role, by)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.focusNextChild()
            return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "next"):
            self._size()

    def _step_pressed(self) -> None:
        button = self.sender()
        self._step(SpokenRole(button.property("role")), int(button.property("by")))

    def _step(self, role: SpokenRole, by: int) -> None:
        if not self.fields[role].isReadOnly():
            count = counted(self._held[role].count, by, _MOST)
            self._put(role, count)
            self.fields[role].setText("" if count is None else str(count))

    def _typed(self) -> None:
        for role, field in self.fields.items():
            count = int(field.text()) if field.text().isdecimal() else None
            if count != self._held[role].count:
                self._put(role, count)

    def _put(self, role: SpokenRole, count: int | None) -> None:
        self._held[role] = replace(self._held[role], count=count)
        self._tell_total()
        self.counted.emit(self._held[role])

    def _tell_total(self) -> None:
        known = [held.count for held in self._held.values() if held.count is not None]
        total, spoken_to = sum(known), sum(count > 0 for count in known)
        roles = f"{count_words(spoken_to).lower()} {'role' if spoken_to == 1 else 'roles'}"
        words = f"{count_words(total)} {'person' if total == 1 else 'people'} in {roles}."
        if not known:
            words = "Not known: nobody is recorded yet."
        self._total.setText(words if total or not known else "Nobody: every count given is 0.")

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(metrics.space(12))
        self._grid.setVerticalSpacing(metrics.space(4))
        side = metrics.size("touch_minimum")
        for field in self.fields.values():
            field.setFixedSize(metrics.px(5), side)
        for button in self._buttons:
            button.setFixedWidth(side)
