"""The question under a field that can change from a day: whether it did, or the value before was wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QButtonGroup, QGridLayout, QLineEdit, QRadioButton, QWidget

from s75desk.domain.dated import FromDay
from s75desk.domain.fields import Field, FieldType
from s75desk.domain.parsing import NotUnderstood, parse_date
from s75desk.domain.wording import date_long
from s75desk.ui.forms.date_editor import DateEditor
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_WRONG = "wrong"
_FROM_WHICH = "Say from which day it changed."
_DAY = Field("since", "The day from which it holds", FieldType.DATE)


class ChangedOrWrong(Surface):
    """Asks once, in place. Typing a day answers that it changed; that it was wrong is never chosen by itself.

    Signals:
        changed: The answer changed.

    Args:
        field: The field above.
        before: Its value before, in words.
        today: For days typed in part.
    """

    changed = Signal()

    def __init__(self, field: Field, before: str, *, today: date, parent: QWidget | None = None) -> None:
        super().__init__("well", parent)
        self._today = today
        name = field.label[:1].lower() + field.label[1:]
        title = Label(f"Did {name} change from a day, or was {before} wrong?", bold=True)
        title.setWordWrap(True)
        self.from_day = QRadioButton("It changed from a day")
        self.was_wrong = QRadioButton("It was wrong all along")
        self._group = QButtonGroup(self)
        for button in (self.from_day, self.was_wrong):
            button.setAccessibleDescription(title.text())
            self._group.addButton(button)
        self.day = DateEditor(replace(_DAY, label=f"Day from which the new {name} holds"), today=today)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Because of")
        self.reason.setPlaceholderText("Because of, for instance “deed of variation 2”")
        self._says = WrappedLabel("", colour="muted")
        wrong = f"It replaces {before} for every day. The history keeps that it was recorded, by whom and when."
        self._rewrites = WrappedLabel(wrong, "caption", colour="muted")
        self._more = WrappedLabel("")
        for below in (self._says, self._more, self._rewrites):
            below.setContentsMargins(22, 0, 0, 0)
        self._more.hide()
        because = Label("Because of", colour="muted")
        keys = row(KeyHint("C"), Label("changed", "caption", colour="muted"), KeyHint("W"), gap=6)
        keys.put(Label("wrong", "caption", colour="muted"))
        self._grid = QGridLayout()
        self._grid.addWidget(Label("From", colour="muted"), 0, 0)
        self._grid.addWidget(self.day, 0, 1)
        self._grid.addWidget(because, 1, 0)
        self._grid.addWidget(self.reason, 1, 1)
        column(
            row((title, 1), keys, gap=12),
            self.from_day,
            row(22, (boxed(self._grid), 1), gap=0),
            self._says,
            self._more,
            self.was_wrong,
            self._rewrites,
            gap=6,
            margins=(12, 10, 12, 10),
            parent=self,
        )
        self._grid.setContentsMargins(0, 0, 0, 0)
        for button in (self.from_day, self.was_wrong):
            button.installEventFilter(self)
        # Every past paper would be rewritten by it: neither Tab nor a space that was meant for a box comes upon it.
        self.was_wrong.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._before = before
        self.day.changed.connect(self._day_typed)
        self.reason.textEdited.connect(self._reason_typed)
        self._group.buttonToggled.connect(self._answered)
        self.setAccessibleName(title.text())
        self.hide()

    @property
    def answered(self) -> bool:
        """Whether it is answered whole: that it was wrong, or a day from which it changed."""
        return self.was_wrong.isChecked() or self.answer() is not None

    def answer(self) -> FromDay | None:
        """From which day it changed; None if it was wrong, or that is not said yet."""
        day = self._day()
        if not self.from_day.isChecked() or day is None:
            return None
        return FromDay(day, reason=self.reason.text().strip() or None)

    def ask_again(self) -> None:
        """Put the keyboard where the answer is missing."""
        (self.day if self.from_day.isChecked() else self.from_day).setFocus(Qt.FocusReason.OtherFocusReason)

    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops in it, in turn."""
        return self.from_day, self.day.edit, self.reason

    def said(self) -> str:
        """The answer as a draft keeps it; "" while nothing is said."""
        if self.was_wrong.isChecked():
            return _WRONG
        return "\n".join((self.day.text(), self.reason.text())) if self.from_day.isChecked() else ""

    def say(self, said: str) -> None:
        """Answer as a draft says."""
        if said == _WRONG:
            self.was_wrong.setChecked(True)
        elif said:
            day, _, reason = said.partition("\n")
            self.from_day.setChecked(True)
            self.day.set_text(day)
            self.reason.setText(reason)

    def say_more(self, words: str) -> None:
        """Say what follows from the answer."""
        self._more.setText(words)
        self._more.setVisible(bool(words))

    @property
    def follows(self) -> str:
        """What it says follows from the answer."""
        return " ".join(part for part in (self._says.text(), self._more.text()) if part)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """At the two answers C and W or arrows choose, never a space, and what begins a day goes into its box."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.text().lower()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and watched is self.from_day:
            key = "c"
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):  # Qt's own arrows need one that is chosen
            key = "w" if watched is self.from_day else "c"
        if key == "w":
            self.was_wrong.setChecked(True)
            self.was_wrong.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == "c":
            self.from_day.setChecked(True)
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key == " " and watched is self.was_wrong:
            pass
        elif key.isalnum():
            self.day.setFocus(Qt.FocusReason.OtherFocusReason)
            QApplication.sendEvent(self.day.edit, event)
        else:
            return False
        return True

    def missing(self) -> str:
        """What is still to be said, in a sentence; "" if nothing is."""
        if self.answered:
            return ""
        if self.from_day.isChecked():
            try:
                parse_date(self.day.text(), self._today)
            except NotUnderstood as trouble:
                return f"From which day? {trouble.reason}" if self.day.text().strip() else _FROM_WHICH
            return _FROM_WHICH
        return "Say whether it changed from a day, or was wrong."

    def _day(self) -> date | None:
        try:
            return parse_date(self.day.text(), self._today) if self.day.text().strip() else None
        except NotUnderstood:
            return None

    def _day_typed(self) -> None:
        if self.day.text().strip():
            self.from_day.setChecked(True)
        self._answered()

    def _reason_typed(self) -> None:
        self.from_day.setChecked(True)

    def _answered(self) -> None:
        answer = self.answer()
        if answer is not None:
            last = date_long(answer.since - timedelta(days=1)) if answer.since > date.min else "then"
            said = f"{self._before} holds to {last}; a briefing as at an earlier day keeps it."
        else:
            said = ""
        self._says.setText(said)
        self._says.setVisible(bool(said))
        self.changed.emit()
