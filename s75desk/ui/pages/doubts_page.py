"""Figures that contradict each other, of any record: printed as stated until somebody says what is so."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from s75desk.domain.answers import Owner, answer_words, to_be_asked
from s75desk.domain.findings import Question
from s75desk.domain.records import KINDS, Agreement, Contradiction, DoubtAnswer, Kpi
from s75desk.domain.records.doubt import Reply
from s75desk.domain.status import Shape
from s75desk.domain.statuses.marks import DOUBTED, mark
from s75desk.domain.wording import date_short, number
from s75desk.domain.working import Figure
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.child_section import ChildTable
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit, wish_for_new
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.labels import ElidedLabel, Label
from s75desk.ui.widgets.layouts import boxed, column, row
from s75desk.ui.widgets.table import RecordTable

_BUTTONS = (
    (Reply.RIGHT, "Right as stated", "tick", "Ctrl+Alt+R"),
    (Reply.MENDED, "Mend it", "pencil", "Ctrl+Alt+M"),
    (Reply.ASK, "Ask the provider", "people", "Ctrl+Alt+K"),
)


def _doubt(question: Question) -> Cell:
    if question.answer is None or not to_be_asked(question):
        return Cell(question.title, question.text, status=DOUBTED, tip=question.text)
    return Cell(
        question.title, f"{answer_words(question.answer)}. {question.text}", status=mark(Shape.WATCH), tip=question.text
    )


def _check(question: Question) -> Cell:
    where = question.source.rsplit(", ", 1)[-1]
    return Cell(question.check[:1].upper() + question.check[1:], where, tip=question.source)


def _answer(question: Question) -> Cell:
    answer = question.answer
    if answer is None:
        return Cell("")
    who_and_when = ", ".join(filter(None, (answer.who, date_short(answer.answered) if answer.answered else "")))
    whole = ". ".join((answer_words(answer), *answer.notes))
    return Cell(f"{answer.reply.word if answer.reply else ''}: {who_and_when}", colour="muted", tip=whole)


def _key(question: Question) -> str:
    return "\x1f".join((*question.key, question.title))


_WORKING: Column[Question] = Column(
    "working", "Working", lambda q: Cell(figure=Figure("See working", q.working)), "figure", 8, sortable=False
)
COLUMNS: list[Column[Question]] = [
    Column("title", "In doubt", _doubt, "two_line", 0, second="What disagrees"),
    Column("check", "Check and place", _check, "two_line", 12, second="Place"),
    _WORKING,
]
ANSWERED: list[Column[Question]] = [
    Column("title", "Answered", lambda q: Cell(q.title, status=mark(Shape.DONE), tip=q.text), "text", 0),
    Column("answer", "Answer", _answer, "text", 28),
]


class DoubtsPage(QWidget):
    """Lists doubts and takes answers to them.

    Args:
        context: Operations, navigation, settings.
        owner: What the doubts on show are answered for, and its title.
        edit: The form of the record whose page this is.

    Signals:
        form_asked: A ``FormWish`` for a contradiction that the officer saw.
    """

    form_asked = Signal(object)

    def __init__(
        self,
        context: Context,
        owner: Callable[[], tuple[Owner, str]],
        edit: Callable[[], FormWish | None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.context, self._owner, self._edit_owner = context, owner, edit
        self.table: RecordTable[Question] = RecordTable(
            "Figures in doubt", COLUMNS, _key, settings=context.settings, multiple=False, parent=self
        )
        self.table.set_empty_text("No figure is in doubt: every sum, base, period and date that can be checked agrees.")
        self.answered = ChildTable("Answered doubts", ANSWERED, _key, settings=context.settings, multiple=False)
        for table in (self.table, self.answered):
            table.figure_requested.connect(self._figure)
            table.menu_opening.connect(self._menu)
        self.table.activated_row.connect(self._activated)
        self.answered.activated_row.connect(self._activated)
        self.answered.archive_asked.connect(self._take_back)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText("Why, in a line that is kept with the answer")
        self.note.setAccessibleName("Note with the answer")
        self.buttons: dict[Reply, Button] = {}
        for reply, words, icon, key in _BUTTONS:
            button = make_button(words, icon, key=key, parent=self)
            button.clicked.connect(self._answerer(reply))
            shortcut = QShortcut(QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._answerer(reply))
            self.buttons[reply] = button
        self.add_button = make_button("Note a contradiction", "plus", "quiet", parent=self)
        self.add_button.clicked.connect(self.add)
        self._answers = boxed(row(*self.buttons.values(), (self.note, 1), gap=8), self)
        self._count = ElidedLabel("", colour="muted", parent=self)
        self._answers.setVisible(context.may_change)
        self.add_button.hide()
        column(
            row(Label("Figures in doubt", "heading", bold=True, parent=self), (self._count, 1), self.add_button, gap=8),
            (self.table, 1),
            self._answers,
            self.answered,
            gap=6,
            margins=(24, 12, 24, 16),
            parent=self,
        )

    def show_doubts(self, questions: Sequence[Question], given: Sequence[Question]) -> None:
        """Show doubts, and those that are answered in one line each."""
        line = self.table.currentIndex().row()
        self.table.set_rows(questions)
        self.answered.set_rows(given)
        self.answered.fit_height(fill=False)
        self.answered.setVisible(bool(given))
        self._answers.setVisible(self.context.may_change and bool(questions or given))
        self.add_button.setVisible(self.context.may_change and self._owner()[0].cls is Agreement)
        asked = sum(1 for question in questions if to_be_asked(question))
        said = [f"{number(asked)} to be asked of the provider"] if asked else []
        said += [f"{number(len(given))} answered"] if given else []
        self._count.setText(", ".join(said) or "kept and printed as stated; nothing is changed")
        rows = self.table.visible_rows()
        if rows and self.table.current_row() is None:
            # What was answered is gone: the next one has taken its place.
            self.table.select_uid(_key(rows[min(max(line, 0), len(rows) - 1)]))

    def next_doubt(self) -> None:
        """Go to the next doubt, after the last to the first; from elsewhere to the one that is marked."""
        focus = QApplication.focusWidget()
        rows, was_here = self.table.visible_rows(), focus is not None and self.isAncestorOf(focus)
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if rows and was_here:
            self.table.select_uid(_key(rows[(self.table.currentIndex().row() + 1) % len(rows)]))

    def add(self) -> None:
        """Ask for the form of a contradiction that the officer saw."""
        owner, title = self._owner()
        blank = Contradiction(agreement=owner.uid, raised=self.context.today)
        self.form_asked.emit(wish_for_new(blank, title))

    def answer(self, reply: Reply) -> None:
        """Answer the doubt that the keyboard is on."""
        question = self._current()
        if question is None or not self.context.may_change:
            return
        doubts, (owner, _), note = self.context.office.doubts, self._owner(), self.note.text()
        self.note.clear()
        self.context.operations.write(self, lambda: doubts.answer(owner, [question], reply, note=note))

    def mend(self) -> None:
        """Open what is in doubt, so that the right value is put in: the doubt is gone once the figures agree."""
        question = self._current()
        if question is None or not self.context.may_change:
            return
        edit = self._edit_owner()
        if edit is not None and edit.record.uid == question.uid:
            self.form_asked.emit(edit)
        elif question.kind == Kpi.KIND:
            self.context.navigator.open(Kpi.KIND, question.uid)
        else:
            records, cls = self.context.office.records, KINDS[question.kind]
            self.context.operations.read(
                self,
                lambda: records.get(cls, question.uid),
                lambda found: self.form_asked.emit(wish_for_edit(found, question.text)),
            )

    def _answerer(self, reply: Reply) -> Callable[[], None]:
        return self.mend if reply is Reply.MENDED else lambda: self.answer(reply)

    def _current(self) -> Question | None:
        """The doubt to answer: of those answered already only while the keyboard is among them."""
        return self.answered.current_row() if self.answered.hasFocus() else self.table.current_row()

    def _take_back(self, question: Question) -> None:
        if question.answer is None or not self.context.may_change:
            return
        records, uid = self.context.office.records, question.answer.uid
        self.context.operations.write(self, lambda: records.archive(DoubtAnswer.KIND, uid))

    def _menu(self, question: Question, menu: QMenu) -> None:
        if not self.context.may_change:
            return
        for reply, words, _, _ in _BUTTONS:
            menu.addAction(words, self._answerer(reply))
        menu.addAction("Mended already", lambda: self.answer(Reply.MENDED))
        if question.answer is not None:
            menu.addAction("Take the answer back", lambda: self._take_back(question))
        if question.kind == Contradiction.KIND:
            menu.addAction("Edit the contradiction", lambda: self._edit(question.uid))

    def _edit(self, uid: str) -> None:
        record = self.context.office.records.get(Contradiction, uid)
        self.form_asked.emit(wish_for_edit(record, self._owner()[1]))

    def _figure(self, figure: Figure, where: QRect) -> None:
        if figure.working is not None:
            self.context.show_working(figure.working, where)

    def _activated(self, question: Question) -> None:
        table = self.answered if self.answered.hasFocus() else self.table
        rect = table.visualRect(table.currentIndex())
        corner = table.viewport().mapTo(self.window(), rect.center())
        self.context.show_working(question.working, QRect(corner, rect.size() / 4))
