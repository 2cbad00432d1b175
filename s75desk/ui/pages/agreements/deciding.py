"""The sheet that asks what a term asks, below the step that opened it: two answers, by whom, when, which number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QSizePolicy, QWidget

from s75desk.domain.deciding import Answer, DecidedEntry, Matter, extended_end
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.drawing import Drawing
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import NotUnderstood
from s75desk.domain.wording import date_long
from s75desk.services.drawings import term_if_decided
from s75desk.ui.forms.editors import Editor, editor_for
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row

_WIDE = 50.0
_LABEL = 6.5
_REMINDS = "Writes the day on which to be reminded; nothing is decided by it. One undo takes it back."


class AnswerCard(Button):
    """One of the two answers: what it is, and below it what it brings. Its letter chooses it too."""

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(f"{answer.words}  ({answer.key})", "", "secondary", parent=parent)
        self.answer = answer
        self.setCheckable(True)
        self.setAccessibleName(answer.words)
        self.setAccessibleDescription(f"{'. '.join(answer.brings)}. Key {answer.key}.")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class DecidingSheet(FloatingSheet):
    """Asks, and writes the answer in one change.

    Signals:
        decided: Carries ``Changes``; the sheet is closing.

    Args:
        context: Operations and services.
        dossier: The agreement as it is shown.
        matter: What there is to decide.
    """

    decided = Signal(object)

    def __init__(self, window: QWidget, context: Context, dossier: AgreementDossier, matter: Matter) -> None:
        super().__init__(window, name=matter.question, width=_WIDE, padding=(20, 16, 20, 14))
        self.context, self.dossier, self.matter = context, dossier, matter
        self._chosen: Answer | None = None
        self._reminding = False
        self._editors: dict[str, Editor] = {}
        self._rows: dict[str, QWidget] = {}
        self.cards = [AnswerCard(answer) for answer in matter.answers]
        for card in self.cards:
            card.clicked.connect(self._card_pressed)
        close = ToolIcon("close", "Close", key="Esc", small=True)
        close.clicked.connect(self._leave)
        self.error = WrappedLabel("", colour="alert_text")
        self.error.hide()
        self.preview = DrawingView(name="The term as it would be", parent=self)
        self._says = WrappedLabel(matter.writes, colour="muted")
        self._letters = boxed(row(*(KeyHint(card.answer.key) for card in self.cards), gap=4), self)
        self.save_button = make_button("Record the decision", "tick", "primary", key="Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        self.later_button = make_button("Not yet, remind me", "clock", "secondary")
        self.later_button.clicked.connect(self.ask_for_a_day)
        self.later_button.setVisible(matter.remind is not None)
        self.body.put(row((WrappedLabel(matter.question, "heading", bold=True), 1), close, gap=6))
        self.body.put(row(*((self._card(card), 1) for card in self.cards), gap=10, align=Qt.AlignmentFlag.AlignTop))
        self._fill_in(DecidedEntry(by=matter.by or None, when=dossier.as_at, remind=matter.remind))
        self.preview.set_build(self._draw)
        self.body.put(self.preview)
        self.body.put(self._says)
        self.body.put(self.error)
        hints = (self._letters, KeyHint("Ctrl+↵"))
        self.body.put(row(self.save_button, self.later_button, None, *hints, gap=8))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(self.save)

    def _card(self, card: AnswerCard) -> QWidget:
        brings = (WrappedLabel(line, "caption", colour="muted") for line in card.answer.brings)
        return boxed(column(card, *brings, gap=3))

    def _fill_in(self, entry: DecidedEntry) -> None:
        remarks: Mapping[str, str] = {"by": self.matter.by_from, "when": "today", "reference": "can follow later"}
        for name, field in DecidedEntry.fields().items():
            editor = editor_for(replace(field, hint=""), today=self.dossier.as_at, lookup=lambda _: ())
            editor.set_value(getattr(entry, name))
            label = Label(field.label)
            label.setFixedWidth(Theme.of(self).metrics.px(_LABEL))
            line = row(label, (editor, 1), Label(remarks.get(name, ""), colour="muted"), gap=8)
            self._editors[name], self._rows[name] = editor, boxed(line, self)
            editor.changed.connect(self._typed)
            self.body.put(self._rows[name])
        self._show_rows()

    def _show_rows(self) -> None:
        goes_on = self._chosen is not None and self._chosen.goes_on
        shown = {"remind"} if self._reminding else {"by", "when", "reference"}
        if self.matter.asks_length and goes_on and not self._reminding:
            shown.add("length")
        for name, line in self._rows.items():
            line.setVisible(name in shown)
        says = self.matter.writes if self._chosen is None or self._chosen.goes_on else self.matter.writes_end
        self._says.setText(_REMINDS if self._reminding else says)
        self._letters.setVisible(not self._reminding)
        self.refit()

    def _go_to(self, name: str) -> None:
        """Put the keyboard into a field, with what is offered there marked: the first letter takes its place."""
        self._editors[name].setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(now := QApplication.focusWidget(), QLineEdit):
            now.selectAll()

    # What the officer does

    def open_below(self, anchor: QRect) -> None:
        """Open below the step, with the keyboard on the sheet itself, so that a letter answers."""
        self.open_at(anchor, "bottom")
        QTimer.singleShot(0, self, self.refit)  # the drawing knows its height once it has its width

    def choose(self, answer: Answer) -> None:
        """Choose an answer; the keyboard goes to what is still wanted."""
        self._chosen, self._reminding = answer, False
        for card in self.cards:
            card.setChecked(card.answer is answer)
        self.save_button.set_words(answer.words)
        self._show_rows()
        self._say("")
        self.preview.set_build(self._draw)
        wanted = "length" if self.matter.asks_length and answer.goes_on else "reference"
        self._go_to(wanted)
        announce(self, f"{answer.words}. {'. '.join(answer.brings)}.")

    def ask_for_a_day(self) -> None:
        """Not yet: ask on which day it should come up again."""
        self._reminding, self._chosen = True, None
        for card in self.cards:
            card.setChecked(False)
        self.save_button.set_words("Remind me then")
        self._say("")
        self._show_rows()
        self._go_to("remind")

    def save(self) -> None:
        """Write what was decided, or the reminder."""
        if self._chosen is None and not self._reminding:
            self._say("Choose one of the two answers first.")
            return
        entry = self._entry()
        if entry is None:
            return
        uid, deciding = self.dossier.agreement.uid, self.context.office.deciding
        if self._reminding:
            day = entry.remind
            if day is None:
                self._say("Give the day on which to be reminded.")
                return
            self.context.operations.write(self, lambda: deciding.remind(uid, day), self._done, self._failed)
            return
        assert self._chosen is not None
        goes_on = self._chosen.goes_on
        self.context.operations.write(
            self, lambda: deciding.decide(uid, goes_on=goes_on, entry=entry), self._done, self._failed
        )

    def _entry(self) -> DecidedEntry | None:
        values = {}
        for name, editor in self._editors.items():
            if self._rows[name].isHidden():
                continue
            try:
                values[name] = editor.value()
            except NotUnderstood as trouble:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                self._say(trouble.reason)
                return None
        return DecidedEntry(**values)

    def _typed(self) -> None:
        self._say("")
        if self.matter.asks_length and self._chosen is not None and self._chosen.goes_on:
            self.preview.set_build(self._draw)
            end = extended_end(self.dossier, self._length())
            self.save_button.set_words(f"Extend to {date_long(end)}" if end else self._chosen.words)

    def _length(self) -> Length | None:
        try:
            length: Length | None = self._editors["length"].value()
        except NotUnderstood:
            return None
        return length

    def _draw(self, width: float) -> Drawing:
        goes_on = None if self._chosen is None else self._chosen.goes_on
        return term_if_decided(self.dossier, self.matter, goes_on, self._length(), width)

    def _say(self, words: str) -> None:
        self.error.setText(words)
        self.error.setVisible(bool(words))
        self.refit()
        if words:
            announce(self, words, urgent=True)

    def _failed(self, trouble: DeskError | Rejected) -> None:
        """The sheet stays with its words."""
        if isinstance(trouble, Rejected) and trouble.field in self._editors:
            self._editors[trouble.field].setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(trouble.reason if isinstance(trouble, Rejected) else str(trouble))

    def _done(self, changes: object) -> None:
        self.close_sheet()
        self.decided.emit(changes)

    def _card_pressed(self) -> None:
        card = self.sender()
        if isinstance(card, AnswerCard):
            self.choose(card.answer)

    def _leave(self) -> None:
        self.close_sheet()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter answers while nothing is being typed."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._reminding:
            self.save()
            return
        letter = event.text().upper()
        for card in self.cards:
            if letter and letter == card.answer.key:
                self.choose(card.answer)
                return
        super().keyPressEvent(event)
