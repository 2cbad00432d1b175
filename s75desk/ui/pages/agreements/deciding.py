"""The sheet that asks what a term asks, below the step that opened it: two answers, by whom, when, which number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QRadioButton, QSizePolicy, QWidget

from s75desk.domain.deciding import Answer, DecidedEntry, Matter, extended_end
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.drawing import Drawing
from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.fields import FieldType
from s75desk.domain.lengths import Length
from s75desk.domain.parsing import NotUnderstood
from s75desk.domain.wording import date_long
from s75desk.services.drawings import term_if_decided
from s75desk.ui.forms.editors import Editor, editor_for
from s75desk.ui.forms.text_editors import LongTextEditor
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import Button, ToolIcon, make_button
from s75desk.ui.widgets.drawing_view import DrawingView
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.key_hint import KeyHint
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.surface import Surface

_WIDE = 50.0
_LABEL = 6.5
_ONE_LINE = 50
"""Letters of who decides that fit on a line."""
_REMINDS = "Writes the day on which to be reminded; nothing is decided by it. One undo takes it back."


class AnswerCard(QPushButton):
    """One of the two answers: what it is, and in it what it brings. Its letter chooses it too."""

    def __init__(self, answer: Answer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.answer = answer
        self.setProperty("kind", "card")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setAccessibleName(answer.words)
        self.setAccessibleDescription(f"{'. '.join(answer.brings)}. Key {answer.key}.")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._mark = QRadioButton()
        words = WrappedLabel(answer.words, bold=True)
        brings = [WrappedLabel(line, "caption", colour="muted") for line in answer.brings]
        for line in brings:
            line.setContentsMargins(26, 0, 0, 0)
        column(
            row(self._mark, (words, 1), KeyHint(answer.key), gap=6),
            *brings,
            gap=3,
            margins=(12, 8, 12, 10),
            parent=self,
        )
        for part in self.findChildren(QWidget):  # the whole card is one press
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.toggled.connect(self._mark.setChecked)

    def sizeHint(self) -> QSize:
        """As its words need; a push button would ask for the height of one line."""
        layout = self.layout()
        return layout.sizeHint() if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """The same, as narrow as its words go."""
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()


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
    from_start = True  # so that it lies over the record, and not over the list beside it

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
        letters = [
            part
            for card in self.cards
            for part in (KeyHint(card.answer.key), Label(_verb(card.answer), "caption", colour="muted"))
        ]
        self._letters = boxed(row(*letters, gap=6), self)
        self.save_button = make_button("Record the decision", "tick", "primary", key="Ctrl+Return")
        self.save_button.clicked.connect(self.save)
        self.later_button = make_button("Not yet, remind me", "clock", "secondary")
        self.later_button.clicked.connect(self.ask_for_a_day)
        self.later_button.setVisible(matter.remind is not None)
        self.body.put(row((WrappedLabel(matter.question, "heading", bold=True), 1), close, gap=6))
        self.body.put(row(*((card, 1) for card in self.cards), gap=10))
        self._fill_in(DecidedEntry(by=matter.by or None, when=dossier.as_at, remind=matter.remind))
        self.preview.set_build(self._draw)
        self.body.put(self.preview)
        self._written = Surface("well")
        column(self._says, margins=(12, 8, 12, 8), parent=self._written)
        self.body.put(self._written)
        self.body.put(self.error)
        hints = (self._letters, KeyHint("Ctrl+↵", raw=True), Label("record", "caption", colour="muted"))
        self.body.put(row(self.save_button, self.later_button, None, *hints, gap=8))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(
                QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
            ).activated.connect(self.save)

    def _fill_in(self, entry: DecidedEntry) -> None:
        remarks: Mapping[str, str] = {"by": self.matter.by_from, "when": "today", "reference": "can follow later"}
        for name, field in DecidedEntry.fields().items():
            kind = FieldType.LONG_TEXT if name == "by" and len(entry.by or "") > _ONE_LINE else field.type
            plain = replace(field, hint="", type=kind)
            editor = editor_for(plain, today=self.dossier.as_at, lookup=lambda _: ())
            if isinstance(editor, LongTextEditor):
                editor.shrink(2)
            editor.set_value(getattr(entry, name))
            label = Label(field.label)
            label.setFixedWidth(Theme.of(self).metrics.px(_LABEL))
            remark = Label(remarks.get(name, ""), colour="muted")
            line = row(label, (editor, 1), remark, gap=8)
            if name == "by" and len(entry.by or "") > _ONE_LINE:
                # A delegation in full says who is to be consulted: it is read whole.
                line = row(label, (column(editor, remark, gap=2), 1), gap=8, align=Qt.AlignmentFlag.AlignTop)
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

    def open_below(self, step: Button) -> None:
        """Open below the step, which is tinted meanwhile; the keyboard is on the sheet, so that a letter answers."""
        step.set_kind("secondary")
        step.setCheckable(True)
        step.setChecked(True)
        self.closed.connect(lambda: _untint(step))
        self.open_at(QRect(step.mapTo(self.window(), QPoint(0, 0)), step.size()), "bottom")
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
        self.preview.set_build(self._draw)
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


def _untint(step: Button) -> None:
    if shiboken6.isValid(step):  # the steps may have been made anew by what was decided
        step.setCheckable(False)
        step.set_kind("primary")


def _verb(answer: Answer) -> str:
    """What its key does, in a word or two: "extend", "let it end"."""
    words = answer.words.split(" to ")[0].split(" by ")[0].split(" on ")[0]
    return f"{words[:1].lower()}{words[1:]}"
