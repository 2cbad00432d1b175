"""The question with its guidance, last visit's answer, the reason why it does not apply, and the note."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from s75desk.domain.records import VisitAnswer
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.question_pane import QuestionPane
from tests.ui.visit.conftest import OpenVisitMode
from tests.ui.visit.visit_help import LAST_SEEN, LONG_SEEN, Visits, sign


def words(pane: QWidget) -> str:
    """All that the pane says now."""
    return "\n".join(label.text() for label in pane.findChildren(QLabel) if label.isVisible())


def inside(part: QWidget, pane: QWidget) -> bool:
    """Whether all of a part is within the pane."""
    corner = part.mapTo(pane, part.rect().topLeft())
    end = part.mapTo(pane, part.rect().bottomRight())
    return pane.rect().contains(corner) and pane.rect().contains(end)


def test_a_question_says_where_it_stands_and_why_it_is_critical(at_visit: OpenVisitMode) -> None:
    pane = at_visit("8.3").mode.question
    said = words(pane)
    assert "8 Medicines  ·  question 3 of 6" in said
    assert "Critical question" in said
    assert "Critical: A missed, doubled or wrong dose can kill." in said
    pane = at_visit("8.4").mode.question
    assert "Critical" not in words(pane)


def test_last_visits_answer_stands_above_the_keys_and_is_escaped(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    pane = hand.mode.question
    assert pane._last_words.accessibleName() == f"Last visit, 14 October 2025: 2, requires improvement. {LAST_SEEN}"
    hand.go("8.6")
    assert pane._last_words.accessibleName() == "Last visit, 14 October 2025: not applicable."
    hand.go("8.4")
    assert not pane._last.isVisible(), "there was no answer"
    last = hand.mode.session.book.last["8.3"]
    book = hand.mode.session.book
    standard = book.body.standard_of("8.3")
    question = book.body.question("8.3")
    pane.show_question(
        standard, question, VisitAnswer(), replace(last, seen="<b>bold</b> & 2 < 3"), asked=True, locked=False
    )
    assert "&lt;b&gt;bold&lt;/b&gt; &amp; 2 &lt; 3" in pane._last_words.text()
    pane.show_question(standard, question, VisitAnswer(), replace(last, made=None), asked=True, locked=False)
    assert "Last visit, date not known: 2" in pane._last_words.text()


def test_a_long_note_of_last_visit_is_shortened_and_whole_in_the_tip(at_visit: OpenVisitMode) -> None:
    pane = at_visit("4.1").mode.question
    assert pane._last_words.text().endswith("…")
    assert LONG_SEEN.strip() in pane._last_words.toolTip()
    assert LONG_SEEN.split(maxsplit=1)[0] in pane._last_words.text()


def test_a_question_not_meant_for_this_service_says_so_and_why(at_visit: OpenVisitMode, visits: Visits) -> None:
    pane = at_visit("9.1", visit=visits.home).mode.question
    assert "not meant for this type of service" in words(pane)
    assert pane.keys.not_applicable.isChecked()
    assert pane.reason.text().endswith("does not ask this of a service of this type: home care.")


def test_not_applicable_asks_why_and_keeps_it(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    pane = hand.mode.question
    assert not pane.reason.isVisible()
    hand.press("N")
    assert hand.name == "Why it does not apply"
    hand.type("Nobody is given medicines here.")
    kept = hand.kept("8.3")
    assert (kept.not_applicable, kept.reason) == (True, "Nobody is given medicines here.")
    hand.press("Escape")
    assert hand.at is pane.keys.not_applicable
    hand.press("N")
    assert not pane.reason.isVisible()
    kept = hand.kept("8.3")
    assert kept.not_applicable is None
    assert kept.reason == "Nobody is given medicines here.", "what was typed comes back with N"
    hand.press("N")
    assert pane.reason.text() == "Nobody is given medicines here."


def test_enter_goes_to_the_note_and_escape_back_to_the_keys(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    assert hand.name == "Poor, key 1"
    hand.press("3", "Return")
    assert hand.name == "Note: what you saw, heard or read"
    hand.type("Two charts read, N and F and 1.")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.seen) == (3, "Two charts read, N and F and 1."), "letters of a note rate nothing"
    hand.press("Escape")
    assert hand.name == "Good, key 3"


def test_with_alt_the_keys_rate_while_a_note_is_being_typed(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Return").type("Gaps")
    hand.press("Alt+2", "Alt+F").type(" on unit 2")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.flagged, kept.seen) == (2, True, "Gaps on unit 2")
    assert hand.name == "Note: what you saw, heard or read", "the keyboard stays where it was"


def test_the_note_keeps_its_caret_while_it_is_saved(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Return").type("one three")
    note = hand.mode.question.note
    for _ in "three":
        hand.press("Left")
    hand.type("two ")
    hand.mode.session.settle()
    hand.rest()
    hand.type("and ")
    assert note.toPlainText() == "one two and three"
    hand.press("Ctrl+Z")
    assert note.toPlainText() != "one two and three", "undo takes back what was typed"


def test_what_is_typed_is_kept_when_the_next_question_comes(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Return").type("Words of the third")
    hand.press("Ctrl+Down")
    assert hand.mode.place == "8.4"
    assert hand.mode.question.note.toPlainText() == ""
    hand.press("Return").type("Words of the fourth")
    hand.press("Ctrl+Up")
    assert hand.mode.question.note.toPlainText() == "Words of the third"
    assert hand.kept("8.4").seen == "Words of the fourth"


def test_pasted_pictures_go_to_the_photos(at_visit: OpenVisitMode, clipboard: QClipboard) -> None:
    hand = at_visit("8.3").press("Return")
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.blue)
    data = QMimeData()
    data.setImageData(image)
    clipboard.setMimeData(data)
    hand.press("Ctrl+V")
    session = hand.mode.session
    hand.wait(lambda: session.book.photos_of("8.3"))
    assert len(session.book.photos_of("8.3")) == 1
    assert hand.mode.question.note.toPlainText() == ""


@pytest.mark.parametrize("place", ["8.3", "9.1", "11.1", "14.3"])
def test_everything_needed_to_rate_note_and_go_on_is_in_sight(at_visit: OpenVisitMode, place: str) -> None:
    hand = at_visit(place)
    pane = hand.mode.question
    hand.press("N")  # the row for the reason takes room as well
    for part in (*pane.keys.steps.values(), pane.keys.flag, pane.reason, pane.note, pane.previous, pane.next):
        assert part.isVisible()
        assert inside(part, pane), f"{part.accessibleName()} is out of sight"
    assert pane._around.verticalScrollBar().maximum() == 0
    assert pane.note.height() >= pane.note.minimumSizeHint().height()
    assert pane.words.verticalScrollBar().maximum() == 0, "all of the guidance is in sight as well"


def test_with_large_text_the_note_keeps_its_lines_and_the_words_scroll_by_keys(
    at_visit: OpenVisitMode, theme: Theme
) -> None:
    hand = at_visit("8.3")
    pane = hand.mode.question
    assert not pane.words.focusPolicy() & Qt.FocusPolicy.TabFocus, "nothing to scroll, nothing to stop at"
    theme.set_text_scale(1.3)
    QApplication.processEvents()
    assert pane.note.height() >= pane.note.minimumSizeHint().height()
    assert pane.words.verticalScrollBar().maximum() > 0
    assert pane.words.focusPolicy() & Qt.FocusPolicy.TabFocus
    pane.focus_keys()
    hand.press("Shift+Tab")
    assert hand.name == "Question and guidance"
    hand.press("Down")
    assert pane.words.verticalScrollBar().value() > 0
    theme.set_text_scale(1.6)
    hand.wait(lambda: pane.words.verticalScrollBar().maximum() == 0)
    assert pane._around.verticalScrollBar().maximum() > 0, "now all of it scrolls, and the words by themselves do not"
    hand.mode.to_part("note")
    assert inside(pane.note, pane)


def test_a_signed_question_is_read_only_and_looks_so(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.plain)
    hand = at_visit("8.3", visit=visits.plain)
    pane = hand.mode.question
    assert pane.note.isReadOnly()
    sunken = Theme.of().colour("sunken").name()
    ground = pane.note.grab().toImage().pixelColor(pane.note.width() // 2, pane.note.height() - 12).name()
    assert ground == sunken
    before = pane.note.toPlainText()
    pane.note.setFocus()
    hand.type("no")
    for key in ("Alt+1", "Alt+N", "Alt+F"):
        hand.press(key)
    assert pane.note.toPlainText() == before == "As it should be."
    kept = hand.kept("8.3")
    assert (kept.rating, kept.not_applicable, kept.flagged) == (3, None, None)


def test_the_last_question_leads_to_the_end(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    body = hand.mode.session.book.body
    assert hand.mode.question.next.text() == "Next question"
    hand.go(body.questions[-1].code)
    assert hand.mode.question.next.text() == "To the end"
    QTest.mouseClick(hand.mode.question.next, Qt.MouseButton.LeftButton)
    assert hand.mode.place == "finish"


def test_the_pane_keeps_nothing_itself(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    pane: QuestionPane = hand.mode.question
    answered: list[VisitAnswer] = []
    pane.answered.connect(answered.append)
    hand.press("2")
    assert [answer.rating for answer in answered] == [2]
    assert pane.question == "8.3"
