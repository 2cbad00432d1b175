"""Visit mode fills the window: areas on the left, the question in the middle, what proves it on the right.

It only assembles: panes show and tell, the session keeps, ``places`` knows the way, ``ways`` leads there, ``keyboard``
answers keys, ``steps`` takes what is told to the session, ``turns`` says which panes there is room for.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from s75desk.domain.errors import DeskError, Rejected
from s75desk.domain.visits.book import on_scale
from s75desk.domain.visits.rule import LevelKind
from s75desk.services.visiting import OpenVisit
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.visit.finish_pane import FinishPane
from s75desk.ui.visit.header import VisitHeader
from s75desk.ui.visit.jumps import Jumps, which_of
from s75desk.ui.visit.keyboard import Keyboard
from s75desk.ui.visit.outline import FINISH, PEOPLE, PRIOR, OutlineView, outline_of
from s75desk.ui.visit.paper import Paper
from s75desk.ui.visit.people_pane import PeoplePane
from s75desk.ui.visit.photo_taker import PhotoTaker
from s75desk.ui.visit.photo_viewer import PhotoViewer
from s75desk.ui.visit.places import first_place, neighbour, next_wanted, places_of
from s75desk.ui.visit.prior_pane import PriorPane
from s75desk.ui.visit.question_pane import QuestionPane
from s75desk.ui.visit.rating_panel import RatingPanel
from s75desk.ui.visit.rating_sheet import RatingSheet
from s75desk.ui.visit.session import VisitSession
from s75desk.ui.visit.side_panel import SidePanel
from s75desk.ui.visit.signed_pane import SignedPane
from s75desk.ui.visit.steps import Steps
from s75desk.ui.visit.trouble_bar import TroubleBar
from s75desk.ui.visit.turns import LEFT, MIDDLE, SIDE, Turns
from s75desk.ui.visit.ways import Ways
from s75desk.ui.widgets.floating import FloatingSheet
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.surface import Hairline, Surface

_LEFT, _LEFT_ROOMY, _ROOMY = 20.86, 25.0, 110.0
"""Width of the left, and in a window of a width from which there is room for longer titles; multiples of b."""

_LEAST_WIDE, _LEAST_HIGH = 44.0, 30.0
_NO_LIMIT = 16777215
"""Qt's own word for a width without a limit."""

_SLOW_MS = 1000


class VisitMode(QWidget):
    """One visit in the whole window.

    Signals:
        left: The officer leaves; the visit stays as it is.

    Args:
        context: Operations, navigation, settings.
        opened: The visit.

    Attributes:
        session: Holds and keeps the visit.
    """

    left = Signal()

    def __init__(self, context: Context, opened: OpenVisit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.session = VisitSession(context.operations, opened, self)
        self.photos = PhotoTaker(context.operations, self.session, self)
        body, today = opened.book.body, context.today
        self.header = VisitHeader(self)
        self.jumps = Jumps(self.header)
        self.header.take_jumps(self.jumps)
        self.trouble = TroubleBar(self)
        self.turns = Turns(self)
        self.outline = OutlineView(self)
        self.rating = RatingPanel(self)
        self.prior = PriorPane(today, self)
        self.people = PeoplePane(self)
        self.question = QuestionPane(body.scale, self)
        self.finishing = FinishPane(self.session.moment, self)
        self.signed = SignedPane(self)
        self.side = SidePanel(today, self)
        self.middle = QStackedWidget(self)
        for pane in (self.prior, self.people, self.question, self.finishing, self.signed):
            self.middle.addWidget(pane)
        self.paper = Paper(context.operations, self.session, self.say, self)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._still_unsaved)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._show_changes)
        self.steps = Steps(self)
        self.keyboard = Keyboard(self)
        self.ways = Ways(self)
        self._assemble()
        self._connect()
        self.go(self._start())
        if not self.session.locked:
            self.header.show_saved(self.session.moment())

    def _assemble(self) -> None:
        self.left_side = Surface("surface", self)
        column((self.outline, 1), Hairline(), self.rating, gap=0, margins=(0, 4, 0, 0), parent=self.left_side)
        self._between = (Hairline(upright=True), Hairline(upright=True))
        first, second = self._between
        body = row(self.left_side, first, (self.middle, 1), second, self.side, gap=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(Hairline(parent=self))
        whole.addWidget(self.trouble)
        whole.addWidget(self.turns)
        whole.addLayout(body, 1)
        # From the note Tab goes on to what proves it, and only then to the next question.
        QWidget.setTabOrder(self.side.form.remove, self.question.previous)
        QWidget.setTabOrder(self.question.previous, self.question.next)
        self._size()

    def _connect(self) -> None:
        self.header.leave_pressed.connect(self.left)
        self.header.finish_pressed.connect(self.finish)
        self.header.areas_pressed.connect(self._turn)
        self.trouble.again_pressed.connect(self.session.flush)
        self.rating.working_pressed.connect(self.show_working)
        self.jumps.pressed.connect(self.jump)
        for pane in (self.prior, self.people):
            pane.next_pressed.connect(self.next_place)
        self.question.previous_pressed.connect(self.previous_place)
        self.question.next_pressed.connect(self.next_place)
        self.question.pictures_given.connect(self.take_pictures)
        self.question.left.connect(self.session.settle)
        self.side.photos.pictures_given.connect(self.take_pictures)
        self.signed.leave_pressed.connect(self.left)
        self.photos.adding_changed.connect(self._adding_changed)
        self.photos.troubled.connect(self.side.photos.set_trouble)
        self.turns.changed.connect(self._size)
        self.session.changed.connect(self._changed)
        self.session.rated.connect(self._soon.start)
        self.session.saved.connect(self._saved)
        self.session.troubled.connect(self._troubled)

    # Places

    @property
    def place(self) -> str:
        """Where the officer is."""
        return self.session.place

    def go(self, place: str) -> None:
        """Go to a place: a question, prior actions, people, or the end.

        An action with a date that cannot be read keeps the officer there, and says why: it would be lost otherwise.
        A place that this visit does not have is no place to go to.
        """
        if place not in places_of(self.session.book):
            return
        if self.side.entering and not self.side.form.finish():
            return
        if place != self.session.place:
            self.side.show_taken(None)
        self.session.go(place)
        self.show_place()
        self.turns.bring(MIDDLE)
        self.take_keyboard()

    def show_place(self) -> None:
        """Show the place where the officer is, as the book has it."""
        session, place = self.session, self.session.place
        book, locked = session.book, session.locked
        pages: dict[str, QWidget] = {PRIOR: self.prior, PEOPLE: self.people}
        if place == FINISH:
            pages[FINISH] = self.signed if locked else self.finishing
        pane = pages.get(place, self.question)
        self.turns.set_with_side(pane is self.question)
        if pane is self.prior:
            gradings = {action.uid: book.grading(action.uid) for action in book.prior}
            self.prior.show_actions(book.prior, gradings, able=not locked)
        elif pane is self.people:
            self.people.show_people(book)
        elif pane is self.finishing:
            self.finishing.show_book(book)
        elif pane is self.signed:
            self.signed.show_book(book, session.rating)
        else:
            self._show_question()
        self.middle.setCurrentWidget(pane)
        self._size()
        self.show_progress()

    def _show_question(self) -> None:
        book, locked, code = self.session.book, self.session.locked, self.place
        question, standard = book.body.question(code), book.body.standard_of(code)
        answer = book.answer(code)
        self.question.show_question(
            standard,
            question,
            answer,
            book.last.get(code),
            asked=book.asked(question),
            locked=locked,
            ends=code == book.body.questions[-1].code,
        )
        self.side.show_answer(question, answer, locked=locked)
        self.side.photos.set_locked(locked)
        self.show_proof()

    def show_proof(self) -> None:
        """Show photos and actions of the question anew."""
        if self.place in (PRIOR, PEOPLE, FINISH):
            return
        book, scale = self.session.book, self.session.book.body.scale
        self.side.photos.show_photos(book.photos_of(self.place), self.session.thumbnails)
        self.side.photos.set_adding(self.photos.adding(self.place))
        rated = on_scale(book.answer(self.place).rating, scale)
        low = scale.word(rated) if rated is not None and not scale.good(rated) else ""
        self.side.show_actions(book.actions_of(self.place), low)

    def show_progress(self) -> None:
        """Show how far it has come: header, outline and rating."""
        self._soon.stop()
        session = self.session
        self.header.show_book(session.book)
        self.jumps.show_book(session.book)
        self.outline.show_lines(outline_of(session.book, session.rating, session.place))
        self.rating.show_rating(session.rating, locked=session.locked)
        if self.middle.currentWidget() is self.finishing:
            self.finishing.show_book(session.book)

    def next_place(self) -> None:
        """On to what comes next."""
        self.go(neighbour(self.session.book, self.place, 1))

    def previous_place(self) -> None:
        """Back to what came before."""
        self.go(neighbour(self.session.book, self.place, -1))

    def jump(self, name: str) -> None:
        """To the next question that is "open", "critical" or "flagged"; to the end if none is open."""
        if self.side.entering:
            self.side.form.finish()
            return
        found = next_wanted(self.session.book, self.place, which_of(name))
        if found or name == "open":
            self.go(found or FINISH)

    def finish(self) -> None:
        """To what is missing, signatures and print."""
        self.go(FINISH)

    def visit_here(self) -> None:
        """F11 again: leave; the visit stays as it is."""
        self.left.emit()

    # Keyboard

    def take_keyboard(self) -> None:
        """Put the keyboard where the work is."""
        self.keyboard.take()

    def press_key(self, key: str) -> None:
        """A rating key, also while typing; on prior actions a grade."""
        self.keyboard.press(key)

    def to_part(self, part: str) -> None:
        """To "evidence", "sample", "photos", "action" or "note" of the question."""
        self.keyboard.to_part(part)

    def next_pane(self, by: int = 1) -> None:
        """F6: outline, middle, right."""
        self.keyboard.next_pane(by)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nothing below wanted."""
        if not self.keyboard.handle(event):
            super().keyPressEvent(event)

    def undo(self) -> None:
        """Take back what was typed in the field that has the keyboard."""
        self.keyboard.undo()

    def redo(self) -> None:
        """Type again what was taken back."""
        self.keyboard.redo()

    def print_here(self) -> None:
        """Ctrl+P: the feedback sheet of a signed visit; else what is missing first."""
        if self.session.locked:
            self.steps.print_sheet()
        else:
            self.finish()

    # What is told

    def take_pictures(self, sources: Sequence[Path | bytes]) -> None:
        """Add photos to the question."""
        if self.middle.currentWidget() is self.question:
            self.photos.take(self.place, sources)

    def show_working(self) -> None:
        """Show how the rating is worked out, at the standard the officer is in."""
        sheet = RatingSheet(self, self.session)
        sheet.overridden.connect(self.steps.override)
        sheet.put_right.connect(self.steps.put_right)
        sheet.open_centred(focus=sheet.levels)

    def show_working_of_standard(self) -> None:
        """The working of the standard on show."""
        self.show_working()
        sheets = self.window().findChildren(RatingSheet)
        if sheets and self.middle.currentWidget() is self.question:
            sheets[-1].show_level(LevelKind.STANDARD, self.session.book.body.standard_of(self.place).code)

    def say(self, words: str) -> None:
        """Say what was printed or saved, on the page at the end."""
        (self.signed if self.session.locked else self.finishing).say(words)

    def _turn(self) -> None:
        self.turns.turn()
        if self.turns.shows(LEFT):
            self.outline.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.take_keyboard()

    def _changed(self, typed: bool) -> None:
        if not typed:
            self._soon.start()
        elif self.middle.currentWidget() is self.finishing:
            self.finishing.show_book(self.session.book)
        if self.session.unsaved and not self._slow.isActive():
            self._slow.start()

    def _show_changes(self) -> None:
        """Show what a key did, once, however many parts told of it."""
        self.show_progress()
        self.show_proof()

    def _still_unsaved(self) -> None:
        """Only what takes long is worth a word: the time of the last saving says the rest."""
        if self.session.unsaved and self.session.trouble is None:
            self.header.show_unsaved()

    def _adding_changed(self, question: str, count: int) -> None:
        if question == self.place:
            self.side.photos.set_adding(count)
            self.side.photos.show_photos(self.session.book.photos_of(question), self.session.thumbnails)

    def _saved(self, moment: Any) -> None:
        if not self.session.locked:
            self.header.show_saved(moment)

    def _troubled(self, trouble: DeskError | Rejected | None) -> None:
        self.trouble.show_trouble(trouble)
        if trouble is not None:
            self.header.show_trouble(trouble)

    # Leaving

    @property
    def what_is_wrong(self) -> DeskError | Rejected | None:
        """Why something cannot be kept at the moment, None while all is well."""
        return self.session.trouble or self.photos.trouble

    @property
    def unsaved(self) -> bool:
        """Whether anything could not be kept and would be lost if the window closed now."""
        return self.what_is_wrong is not None and self.on_its_way

    @property
    def on_its_way(self) -> bool:
        """Whether anything is not on the disk yet."""
        return self.session.unsaved or self.photos.unsaved

    def keep_all(self) -> None:
        """Have everything written now; what comes of it is known once the worker has answered what it has so far."""
        self.photos.finish_reading()
        self.session.settle()

    def stop(self) -> None:
        """Keep everything and end the threads; called before the widget goes."""
        self._slow.stop()
        self._soon.stop()
        for sheet in self.window().findChildren(FloatingSheet):
            if isinstance(sheet, (RatingSheet, PhotoViewer)):
                sheet.close_sheet(give_back=False)
        self.steps.stop()
        self.photos.stop()
        self.session.stop()

    def changeEvent(self, event: QEvent) -> None:
        """Widths follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_between"):
            self._size()

    def _start(self) -> str:
        book = self.session.book
        if book.locked:
            return FINISH
        return self.session.place if self.session.place in places_of(book) else first_place(book)

    def minimumSizeHint(self) -> QSize:
        """Small: the panes take turns before there is too little room, so they must not hold the window wide."""
        metrics = Theme.of(self).metrics
        return QSize(metrics.px(_LEAST_WIDE), metrics.px(_LEAST_HIGH))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sides give way in a narrow window."""
        super().resizeEvent(event)
        self._size()

    def _size(self) -> None:
        metrics, turns = Theme.of(self).metrics, self.turns
        self.turns.fit(self.width() / metrics.b)
        left, middle, side = turns.shows(LEFT), turns.shows(MIDDLE), turns.shows(SIDE)
        if left and not middle:
            self.left_side.setMinimumWidth(0)
            self.left_side.setMaximumWidth(_NO_LIMIT)
        else:
            self.left_side.setFixedWidth(metrics.px(_LEFT if self.width() < metrics.px(_ROOMY) else _LEFT_ROOMY))
        self.side.set_room(turns.abreast, alone=side and not middle)
        self.header.show_areas(turns.abreast == 2, left and not middle)
        for pane, shown in ((self.left_side, left), (self.middle, middle), (self.side, side)):
            pane.setVisible(shown)
        first, second = self._between
        first.setVisible(left and middle)
        second.setVisible(middle and side)
