"""The note field by real keys, pastes and drops: plain words come in, pictures are handed on, nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QClipboard, QInputMethodEvent, QTextCursor, QTextOption
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout
from pytestqt.qtbot import QtBot

from s75desk.importers.photo import read_photo
from s75desk.ui.theme import Theme
from s75desk.ui.visit.pasted_text import cleaned
from s75desk.ui.visit.plain_note import PlainNote
from tests.ui.visit.photo_help import drag_onto, files, image, packed


class Heard:
    """What a note told, in order."""

    def __init__(self, note: PlainNote) -> None:
        self.typed: list[str] = []
        self.pictures: list[object] = []
        self._note = note
        note.typed.connect(self._typed)
        note.pictures_given.connect(self._given)

    def _typed(self) -> None:
        self.typed.append(self._note.toPlainText())

    def _given(self, pictures: list[object]) -> None:
        self.pictures += pictures


@pytest.fixture
def note(window: QMainWindow, qtbot: QtBot) -> PlainNote:
    made, after = PlainNote(), QLineEdit()
    after.setObjectName("after")
    layout = QVBoxLayout(window.centralWidget())
    layout.addWidget(made)
    layout.addWidget(after)
    qtbot.waitUntil(made.isVisible)
    made.setFocus()
    return made


@pytest.fixture
def heard(note: PlainNote) -> Heard:
    return Heard(note)


def rich(html: str, text: str = "") -> QMimeData:
    data = QMimeData()
    data.setHtml(html)
    if text:
        data.setText(text)
    return data


def paste(note: PlainNote, qtbot: QtBot) -> None:
    qtbot.keyClick(note, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)


# Typing


def test_every_letter_is_told_and_words_that_are_shown_are_not(note: PlainNote, heard: Heard, qtbot: QtBot) -> None:
    note.set_words("Two charts")
    assert heard.typed == []
    qtbot.keyClicks(note, ", no")
    assert heard.typed == ["Two charts,", "Two charts, ", "Two charts, n", "Two charts, no"]
    note.set_words("Another question")
    assert len(heard.typed) == 4
    qtbot.keyClick(note, Qt.Key.Key_Backspace)
    assert heard.typed[-1] == "Another questio"


def test_the_same_words_leave_caret_selection_and_undo_alone(note: PlainNote, heard: Heard, qtbot: QtBot) -> None:
    note.set_words("Two charts")
    qtbot.keyClicks(note, " read")
    qtbot.keyClick(note, Qt.Key.Key_Home)
    qtbot.keyClick(note, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    note.set_words("Two charts read")
    assert (note.textCursor().position(), note.textCursor().selectedText()) == (1, "T")
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.toPlainText() == "Two charts"
    assert heard.typed[-1] == "Two charts"


@pytest.mark.parametrize("stored", ["one\r\ntwo", "a\x00b", "half \ud83d", "three\u2028four", "a\u00a0b", "tab\there"])
def test_words_that_another_program_stored_keep_the_caret_too(note: PlainNote, heard: Heard, stored: str) -> None:
    note.set_words(stored)
    note.moveCursor(QTextCursor.MoveOperation.Start)
    note.set_words(stored)
    assert note.textCursor().position() == 0
    assert heard.typed == []


def test_any_text_that_is_shown_is_the_text_that_is_kept(theme: Theme) -> None:
    note = PlainNote()
    try:

        @given(st.text(st.characters(codec=None, exclude_categories=()), max_size=60))
        def check(text: str) -> None:
            note.set_words(text)
            assert note.toPlainText() == cleaned(text)

        check()
    finally:
        note.deleteLater()


def test_a_note_is_gone_on_with_at_its_end_and_read_from_its_beginning(note: PlainNote, qtbot: QtBot) -> None:
    note.set_words("line\n" * 200 + "end")
    assert note.verticalScrollBar().value() == 0
    qtbot.keyClicks(note, "!")
    assert note.toPlainText().endswith("end!")
    assert note.verticalScrollBar().value() > 0


def test_tab_leaves_the_note(note: PlainNote, window: QMainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(note, Qt.Key.Key_Tab)
    assert window.findChild(QLineEdit, "after").hasFocus()
    assert note.toPlainText() == ""


def test_what_an_input_method_only_proposes_is_not_told(note: PlainNote, heard: Heard) -> None:
    QApplication.sendEvent(note, QInputMethodEvent("ni", []))
    assert heard.typed == []
    settled = QInputMethodEvent()
    settled.setCommitString("你")
    QApplication.sendEvent(note, settled)
    assert heard.typed == ["你"]


def test_other_looks_are_not_told_as_typing(note: PlainNote, heard: Heard, theme: Theme) -> None:
    note.set_words("Two charts")
    before = note.font().pixelSize()
    theme.set_choice("dark")
    theme.set_text_scale(2.0)
    assert note.font().pixelSize() > 1.9 * before
    assert note.font().pixelSize() == theme.metrics.text("visit_note")
    assert heard.typed == []


@pytest.mark.parametrize("words", ["a\u00a0b", "👨‍👩‍👧 שלום \u202bعربي\u202c", "e\u0301 ก็ 𝒳", "  two spaces  "])
def test_every_sign_is_kept(note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard, words: str) -> None:
    clipboard.setText(words)
    paste(note, qtbot)
    assert note.toPlainText() == words
    note.set_words("")
    note.set_words(words)
    assert note.toPlainText() == words
    qtbot.keyClicks(note, "x")
    assert heard.typed[-1] == f"{words}x"


# Pasting


def test_pasted_rich_text_becomes_plain_words_in_one_step(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard
) -> None:
    clipboard.setMimeData(rich("<p><b>One</b></p><ul><li>two</ul><table><tr><td>3<td>4</table>", "One\n·\ttwo\n3\t4"))
    qtbot.keyClicks(note, "Now: ")
    paste(note, qtbot)
    assert note.toPlainText() == "Now: One\n• two\n3 | 4"
    assert heard.typed[-1] == note.toPlainText()
    assert len(heard.typed) == 6
    qtbot.keyClick(note, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert note.toPlainText() == "Now: "


def test_pasted_words_replace_what_is_selected(note: PlainNote, qtbot: QtBot, clipboard: QClipboard) -> None:
    note.set_words("old")
    note.selectAll()
    clipboard.setText("new\x00 \u2028line")
    paste(note, qtbot)
    assert note.toPlainText() == "new \nline"


def test_what_is_copied_here_comes_back_as_it_was(note: PlainNote, qtbot: QtBot, clipboard: QClipboard) -> None:
    words = "• two  spaces\n  • below\n\na | b\u00a0c"
    note.set_words(words)
    note.selectAll()
    qtbot.keyClick(note, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == words
    assert not clipboard.mimeData().hasHtml()
    note.set_words("")
    paste(note, qtbot)
    assert note.toPlainText() == words


def test_a_picture_on_the_clipboard_goes_to_the_photos(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard
) -> None:
    clipboard.setImage(image(60, 40))
    paste(note, qtbot)
    assert note.toPlainText() == ""
    assert heard.typed == []
    (given,) = heard.pictures
    assert isinstance(given, bytes)
    assert (read_photo(given).wide, read_photo(given).high) == (60, 40)


def test_a_very_large_picture_is_made_smaller_on_the_way(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard
) -> None:
    clipboard.setImage(image(7300, 5500))
    paste(note, qtbot)
    (given,) = heard.pictures
    assert isinstance(given, bytes)
    assert (read_photo(given).wide, read_photo(given).high) == (2000, 1507)


def test_a_picture_that_is_packed_already_is_handed_on_as_it_is(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard
) -> None:
    data = QMimeData()
    data.setHtml('<img src="https://example.org/x.jpg">')
    data.setData("image/jpeg", packed())
    clipboard.setMimeData(data)
    paste(note, qtbot)
    assert heard.pictures == [packed()]
    assert note.toPlainText() == ""


def test_words_that_come_with_a_picture_of_themselves_are_words(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard
) -> None:
    """As Excel copies cells."""
    data = rich("<table><tr><td>CP1</td><td>2</td></tr></table>", "CP1\t2")
    data.setImageData(image())
    clipboard.setMimeData(data)
    paste(note, qtbot)
    assert note.toPlainText() == "CP1 | 2"
    assert heard.pictures == []


def test_copied_files_go_to_the_photos_whatever_they_are(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard, tmp_path: Path
) -> None:
    names = [tmp_path / "a photo.jpg", tmp_path / "notes.txt"]
    data = files(names)
    data.setText("\n".join(map(str, names)))
    clipboard.setMimeData(data)
    paste(note, qtbot)
    assert heard.pictures == names
    assert note.toPlainText() == ""


def test_a_link_is_words(note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard) -> None:
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/report")])
    clipboard.setMimeData(data)
    paste(note, qtbot)
    assert note.toPlainText() == "https://example.org/report"
    assert heard.pictures == []


@pytest.mark.parametrize("text", ["word " * 40_000, "x" * 200_000, "line\n" * 40_000, "😀" * 100_000], ids=len)
def test_200_000_letters_are_kept_and_typed_on_in(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard, text: str
) -> None:
    clipboard.setText(text)
    paste(note, qtbot)
    qtbot.keyClicks(note, "yes")
    assert note.toPlainText() == f"{text}yes"
    assert len(heard.typed) == 4


def test_a_word_as_long_as_a_chapter_is_broken_anywhere(note: PlainNote) -> None:
    """Looking for a place to break it takes Qt seconds at every letter."""
    usual = note.wordWrapMode()
    note.set_words("x" * 200_000)
    assert note.wordWrapMode() == QTextOption.WrapMode.WrapAnywhere
    note.set_words("short again")
    assert note.wordWrapMode() == usual


# Dropping


def test_dropped_words_come_in_where_they_are_dropped(note: PlainNote, heard: Heard) -> None:
    note.set_words("end")
    drop = drag_onto(note.viewport(), rich("<p>one</p><p>two</p>"), QPoint(1, 10))
    assert drop is not None
    assert drop.isAccepted()
    assert note.toPlainText() == "one\ntwoend"
    assert heard.typed == ["one\ntwoend"]


def test_dropped_files_are_copied_never_moved(note: PlainNote, heard: Heard, tmp_path: Path) -> None:
    note.set_words("as it was")
    name = tmp_path / "chart.jpg"
    drop = drag_onto(note.viewport(), files([name]))
    assert drop is not None
    assert drop.isAccepted()
    assert drop.dropAction() == Qt.DropAction.CopyAction, "a move would have the file manager delete it"
    assert heard.pictures == [name]
    assert note.toPlainText() == "as it was"


def test_a_dropped_picture_goes_to_the_photos(note: PlainNote, heard: Heard) -> None:
    data = QMimeData()
    data.setImageData(image())
    assert drag_onto(note.viewport(), data) is not None
    assert len(heard.pictures) == 1


# Reading only


def test_a_locked_note_takes_nothing(
    note: PlainNote, heard: Heard, qtbot: QtBot, clipboard: QClipboard, tmp_path: Path
) -> None:
    note.set_words("signed")
    note.setReadOnly(True)
    clipboard.setText("more")
    paste(note, qtbot)
    clipboard.setImage(image())
    paste(note, qtbot)
    qtbot.keyClicks(note, "abc")
    for data in (files([tmp_path / "a.jpg"]), rich("<p>words</p>")):
        drop = drag_onto(note.viewport(), data)
        assert drop is None or not drop.isAccepted()
    assert note.toPlainText() == "signed"
    assert heard.typed == []
    assert heard.pictures == []


def test_it_fills_the_room_it_is_given(note: PlainNote, window: QMainWindow) -> None:
    assert note.height() > window.centralWidget().height() - 100
    assert 60 < note.minimumSizeHint().height() < 110
