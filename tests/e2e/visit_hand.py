"""A hand at the keyboard of a real window, until it is killed: run as a process of its own by the test of kills.

It works the visit that the window shows by key presses and strokes of the pointer, at random from a seed, and says on
standard output what the screen says before and after each step, with the time of the machine's own clock. What was on
the screen more than a second before the kill has to be in the desk afterwards.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from s75desk.app import Program
from s75desk.domain.records import Record
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import writable
from s75desk.services.visit_content import fields_of
from s75desk.ui.navigation import VISIT_MODE, Destination
from s75desk.ui.visit.mode import VisitMode

WORDS = "Two charts read, CP1 complete. Ŵyau ac ŷd; café 🩺 “quoted” – gaps on unit 2.\n".split(" ")


class Hand:
    """Works one visit.

    Args:
        program: The running program.
        visit: Uid of the visit.
        seed: What the hand does follows from it.
    """

    def __init__(self, program: Program, visit: str, seed: int) -> None:
        self._window = program.window
        self._visit = visit
        self._chance = random.Random(seed)  # noqa: S311 - no secret
        self._timer = QTimer()
        self._timer.timeout.connect(self._step)
        self._photos = 0
        self._writes_on = self._chance.random() < 0.4
        """Whether it stays in one note and only types, so that nothing but time has the words kept."""

    def start(self) -> None:
        """Wait for the visit, open it if nothing else does, then begin."""
        self._timer.start(10)

    @property
    def mode(self) -> VisitMode | None:
        view = self._window.view
        return None if view is None else view.visits.mode

    def _step(self) -> None:
        mode = self.mode
        if mode is None:
            self._open()
            return
        if not self._photos:
            self._photos = 1
            say("ready", place=mode.place)
            self._tell_first(mode)
        self._tell("before")
        self._one_of_many(mode)
        self._tell("after")
        self._timer.start(self._chance.randint(5, 45))

    def _open(self) -> None:
        view = self._window.view
        if view is not None and not self._window.worker.busy and not view.visits.opening:
            say("opened by hand")
            view.go(Destination(VISIT_MODE, self._visit))

    def _tell_first(self, mode: VisitMode) -> None:
        """Say what the session is given, and where the visit goes, before it hears of it: it may be kept at once."""
        go, put = mode.session.go, mode.session.put

        def told_go(place: str) -> None:
            say("place", place=place)
            go(place)

        def told_put(record: Record, *, typed: bool = False) -> None:
            say("before", record=f"{record.KIND} {record.uid}", fields=fields_of(writable(record)))
            put(record, typed=typed)

        mode.session.go = told_go  # type: ignore[method-assign]
        mode.session.put = told_put  # type: ignore[method-assign]

    def _tell(self, when: str) -> None:
        """What the visit now says: every record of it that differs from what was told last."""
        mode = self.mode
        assert mode is not None
        told = getattr(self, "_told", {})
        now = {
            f"{record.KIND} {record.uid}": fields_of(record)
            for record in mode.session.book.records()
            if record.KIND not in ("visit_photo",)
        }
        for key, fields in now.items():
            if told.get(key) != fields:
                say(when, record=key, fields=fields)
        for photo in mode.session.book.photos:
            if photo.uid not in told:
                say("photo", record=photo.uid)
                now[photo.uid] = {}
        self._told = now | {photo.uid: {} for photo in mode.session.book.photos}

    # What a hand does

    def _one_of_many(self, mode: VisitMode) -> None:
        steps = [
            (self._rate, 6), (self._type, 14), (self._go_on, 5), (self._evidence, 2), (self._sample, 2),
            (self._code, 1), (self._action, 2), (self._flag, 1), (self._not_applicable, 1),
            (self._photo, 1), (self._finish, 1),
        ]  # fmt: skip
        pane = mode.middle.currentWidget()
        if self._writes_on:
            (self._type if pane is mode.question and not mode.side.entering else self._go_to_note)(mode)
            return
        if pane is mode.prior:
            steps = [(self._grade, 5), (self._go_on, 2)]
        elif pane is mode.people:
            steps = [(self._count, 5), (self._go_on, 2)]
        elif pane is mode.finishing:
            steps = [(self._comment, 4), (self._draw, 3), (self._go_back, 2)]
        elif mode.side.entering:
            steps = [(self._fill_action, 6), (self._done_action, 2)]
        do = self._chance.choices([step for step, _ in steps], [weight for _, weight in steps])[0]
        do(mode)

    def _press(self, keys: str, target: QWidget | None = None) -> None:
        combination = QKeySequence(keys)[0]
        QTest.keyClick(target or self._focus(), combination.key(), combination.keyboardModifiers())

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self._window

    def _words(self, target: QWidget | None = None) -> None:
        for word in self._chance.choices(WORDS, k=self._chance.randint(1, 3)):
            for sign in f"{word} ":
                field = target or self._focus()
                if sign == "\n":
                    QTest.keyClick(field, Qt.Key.Key_Return)
                elif ord(sign) > 126:  # as an input method puts what no key holds
                    event = QInputMethodEvent()
                    event.setCommitString(sign)
                    QApplication.sendEvent(field, event)
                else:
                    QTest.keyClicks(field, sign)

    def _rate(self, mode: VisitMode) -> None:
        mode.question.focus_keys()
        self._press(str(self._chance.randint(1, 4)))

    def _flag(self, mode: VisitMode) -> None:
        mode.question.focus_keys()
        self._press("F")

    def _not_applicable(self, mode: VisitMode) -> None:
        mode.question.focus_keys()
        self._press("N")
        if mode.question.reason.isVisible():
            self._words(mode.question.reason)

    def _type(self, mode: VisitMode) -> None:
        mode.question.focus_note()
        self._words(mode.question.note)

    def _go_on(self, mode: VisitMode) -> None:
        self._press(self._chance.choice(["Ctrl+Down", "Ctrl+Down", "Ctrl+Up", "Ctrl+Return"]))

    def _go_to_note(self, mode: VisitMode) -> None:
        if mode.side.entering:
            self._done_action(mode)
        else:
            self._press("Ctrl+Return")

    def _go_back(self, mode: VisitMode) -> None:
        self._press("Ctrl+Up")

    def _evidence(self, mode: VisitMode) -> None:
        self._press("Alt+E")
        self._press("Space", self._chance.choice(list(mode.side.evidence.buttons.values())))

    def _sample(self, mode: VisitMode) -> None:
        self._press("Alt+S")
        field = self._chance.choice([mode.side.sample.looked_at, mode.side.sample.population])
        field.setFocus()
        QTest.keyClicks(field, str(self._chance.randint(0, 9)))

    def _code(self, mode: VisitMode) -> None:
        field = mode.side.sample.code
        field.setFocus()
        field.clear()
        QTest.keyClicks(field, f"CP{self._chance.randint(1, 999)}")
        self._press("Return", field)

    def _action(self, mode: VisitMode) -> None:
        self._press("Alt+A")

    def _fill_action(self, mode: VisitMode) -> None:
        name = self._chance.choice(["title", "title", "owner", "due", "evidence_wanted"])
        editor = mode.side.form.editors[name]
        editor.setFocus()
        if name == "due":
            self._focus().clear() if hasattr(self._focus(), "clear") else None
            QTest.keyClicks(self._focus(), f"{self._chance.randint(1, 28)} March 2026")
        else:
            QTest.keyClicks(self._focus(), "Audit weekly ")

    def _done_action(self, mode: VisitMode) -> None:
        self._press("Escape", mode.side.form)

    def _grade(self, mode: VisitMode) -> None:
        card = self._chance.choice(list(mode.prior.cards.values()))
        card.take_keyboard()
        self._press(self._chance.choice("MPX"))
        if card.reason.isVisible() and self._chance.random() < 0.7:
            card.reason.setFocus()
            self._words(card.reason)

    def _count(self, mode: VisitMode) -> None:
        field = self._chance.choice(list(mode.people.fields.values()))
        field.setFocus()
        self._press(self._chance.choice(["Up", "Up", "Down"]), field)

    def _finish(self, mode: VisitMode) -> None:
        self._press("Ctrl+Shift+F")

    def _comment(self, mode: VisitMode) -> None:
        mode.finishing.comment.setFocus()
        self._words(mode.finishing.comment)

    def _draw(self, mode: VisitMode) -> None:
        box = mode.finishing.boxes[self._chance.choice(list(Party))]
        pad = box.pad
        points = [
            QPoint(self._chance.randint(5, pad.width() - 5), self._chance.randint(5, pad.height() - 5))
            for _ in range(6)
        ]
        QTest.mousePress(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[0])
        for point in points[1:]:
            QTest.mouseMove(pad, point)
        QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, points[-1])
        box.role.setFocus()
        QTest.keyClicks(box.role, "manager ")

    def _photo(self, mode: VisitMode) -> None:
        self._photos += 1
        image = QImage(320, 240, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(self._chance.randint(0, 359), 200, 200))
        held = QByteArray()
        buffer = QBuffer(held)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")
        say("given")
        mode.side.photos.pictures_given.emit([held.data()])


def say(what: str, **rest: Any) -> None:
    """One line on standard output, at once."""
    print(json.dumps({"t": time.monotonic(), "what": what, **rest}), flush=True)


def main(desk: str, visit: str, data: str, seed: str) -> int:
    """Open the desk in a window and work the visit until the process ends."""
    application = QApplication([])
    program = Program(application, Path(data), lambda: date(2026, 2, 2))
    program.window.start(Path(desk))
    program.window.activateWindow()
    hand = Hand(program, visit, int(seed))
    hand.start()
    return application.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
