"""Visit mode as a whole: the way through it by keys, what has the keyboard, and room for everything at every size."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QLineEdit, QPlainTextEdit, QWidget

from s75desk.domain.errors import DiskTrouble
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.keys import HELP, VISIT_KEYS
from s75desk.ui.visit.places import places_of
from s75desk.ui.visit.rating_keys import KeyButton
from s75desk.ui.widgets.buttons import Button
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.photo_help import packed
from tests.ui.visit.visit_help import Visits, attach, everything, sign

PLACES = ("prior", "people", "8.3", "1.1", "finish")


def controls(hand: Hand) -> list[QWidget]:
    """Everything on show that the keyboard or the pointer can use."""
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    return [part for part in hand.mode.findChildren(QWidget) if isinstance(part, kinds) and part.isVisible()]


def overlapping(parts: list[QWidget]) -> list[tuple[str, str]]:
    """Pairs of buttons that lie over each other."""
    seen = [(part, part.visibleRegion().boundingRect()) for part in parts]
    rects = [(part, rect.translated(part.mapToGlobal(QPoint(0, 0)))) for part, rect in seen if not rect.isEmpty()]
    return [
        (one.accessibleName(), other.accessibleName())
        for place, (one, first) in enumerate(rects)
        for other, second in rects[place + 1 :]
        if first.adjusted(1, 1, -1, -1).intersects(second.adjusted(1, 1, -1, -1))
        and not one.isAncestorOf(other)
        and not other.isAncestorOf(one)
    ]


# --- the way ------------------------------------------------------------------------------------------------------


def test_ctrl_down_and_up_go_through_every_place_and_stop_at_the_ends(at_visit: OpenVisitMode) -> None:
    hand = at_visit()
    places = places_of(hand.mode.session.book)
    assert places[:3] == ["prior", "people", "1.1"]
    assert places[-1] == "finish"
    passed = [hand.mode.place]
    for _ in places:
        hand.press("Ctrl+Down")
        passed.append(hand.mode.place)
    assert passed == [*places, "finish"]
    for place in reversed(places[:-1]):
        hand.press("Ctrl+Up")
        assert hand.mode.place == place
    hand.press("Ctrl+Up")
    assert hand.mode.place == "prior"


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("prior", "Met, key M"),
        ("people", "People who use the service: how many"),
        ("8.3", "Poor, key 1"),
        ("finish", "What is missing"),
    ],
)
def test_each_move_puts_the_keyboard_where_the_work_is(at_visit: OpenVisitMode, place: str, name: str) -> None:
    hand = at_visit("1.1").go(place)
    assert hand.name == name
    hand.go("1.1")
    assert hand.name == "Poor, key 1"
    hand.press("3")
    hand.go(place).go("1.1")
    assert hand.name == "Good, key 3", "what is chosen has it"


def test_the_next_open_question_goes_round_and_ends_at_the_end(at_visit: OpenVisitMode, visits: Visits) -> None:
    hand = at_visit("8.3").press("3", "Ctrl+Return")
    assert hand.mode.place == "8.4"
    for record in everything(hand.mode.session.book):
        if record.KIND == "visit_answer" and getattr(record, "question", "") != "4.2":
            hand.mode.session.put(record)
    hand.press("Ctrl+Return")
    assert hand.mode.place == "4.2", "it goes round"
    hand.press("3", "Ctrl+Enter")
    assert hand.mode.place == "finish", "nothing is open any more"


def test_jumps_to_critical_and_flagged_questions(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Alt+C")
    assert hand.mode.place == "9.1"
    hand.press("F").go("8.3").press("F")
    hand.press("Alt+G")
    assert hand.mode.place == "9.1"
    hand.press("Alt+G")
    assert hand.mode.place == "8.3", "it goes round"
    hand.press("F", "Alt+G", "F", "Alt+G")
    assert hand.mode.place == "9.1", "none is flagged any more: it stays"
    assert not hand.mode.jumps.buttons["flagged"].isVisible()


def test_the_jumps_count_and_can_be_pressed(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    jumps = hand.mode.jumps.buttons
    assert (jumps["open"].text(), jumps["critical"].text()) == ("72 open", "11 critical")
    assert jumps["critical"].accessibleName() == "Next critical question that is open: 11"
    hand.press("3")
    assert (jumps["open"].text(), jumps["critical"].text()) == ("71 open", "10 critical")
    assert "Alt+C" in jumps["critical"].toolTip()
    QTest.mouseClick(jumps["critical"], Qt.MouseButton.LeftButton)
    assert hand.mode.place == "9.1"
    assert jumps["open"].height() >= 44


def test_the_header_says_which_visit_how_far_and_that_it_is_saved(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("3")
    header = hand.mode.header
    assert header._title.text() == "Lindle House"
    assert header.subtitle() == "Announced assessment  ·  Monday 2 February 2026  ·  Lindle Care Limited"
    assert header._count.text() == "1 of 74 answered, 2 not asked"
    assert header._bar.accessibleName() == "1 of 74 answered, 2 not asked"
    assert header.saved_words().startswith("Saved ")


def test_a_photo_counts_as_saved_when_it_is_kept(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    heard: list[object] = []
    hand.mode.session.saved.connect(heard.append)
    hand.mode.take_pictures([packed()])
    hand.wait(lambda: len(hand.mode.session.book.photos_of("8.3")) == 1)
    assert len(heard) == 1
    assert hand.mode.header.saved_words().startswith("Saved ")


# --- the keyboard -------------------------------------------------------------------------------------------------


def test_alt_keys_lead_to_the_parts_of_a_question(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    reached = []
    for keys in ("Alt+T", "Alt+E", "Alt+S", "Alt+P", "Alt+A"):
        hand.press(keys)
        reached.append(hand.name)
    assert reached == [
        "Note: what you saw, heard or read",
        "Evidence from: file",
        "How many were looked at",
        "Add photos",
        "What is needed",
    ]
    hand.press("Alt+T")
    assert hand.name == "Note: what you saw, heard or read"
    assert not hand.mode.side.entering
    for place in ("prior", "people", "finish"):
        hand.go(place)
        before = hand.at
        for keys in ("Alt+T", "Alt+E", "Alt+S", "Alt+A", "Alt+1", "Alt+N"):
            hand.press(keys)
        assert hand.at is before, "they mean nothing there"


def test_next_pane_goes_round_and_back(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    seen = [hand.name]
    for by in (1, 1, 1, -1, -1, -1):
        hand.mode.next_pane(by)
        seen.append(hand.name)
    question, side, left = "Poor, key 1", "Evidence from: file", "Areas and standards"
    assert seen == [question, side, left, question, left, side, question]
    hand.press("Alt+A")
    hand.mode.next_pane(-1)
    hand.mode.next_pane(1)
    assert hand.name == "What is needed", "an action being entered is where the right goes on"
    hand.go("people")
    hand.mode.next_pane()
    assert hand.name == left
    hand.mode.next_pane()
    assert hand.name == "People who use the service: how many"


def test_enter_presses_whatever_button_it_is_on(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    hand.mode.question.next.setFocus()
    hand.press("Return")
    assert hand.mode.place == "8.4"
    hand.mode.question.previous.setFocus()
    hand.press("Return")
    assert hand.mode.place == "8.3"
    hand.mode.side.cards.add.setFocus()
    hand.press("Return")
    assert hand.mode.side.entering
    hand.press("Escape")
    hand.mode.header.finish.setFocus()
    hand.press("Return")
    assert hand.mode.place == "finish"


def test_letters_rate_from_everywhere_but_a_field(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    for part in (hand.mode.outline, hand.mode.question.next, hand.mode.side.cards.add, hand.mode.side.photos.add):
        part.setFocus()
        hand.press("2")
        assert hand.kept("8.3").rating == 2
        hand.press("2")
        assert hand.kept("8.3").rating is None
    hand.press("Alt+T").type("2 and 3")
    assert hand.kept("8.3").rating is None
    hand.press("Alt+S").type("2")
    assert hand.kept("8.3").rating is None


def test_undo_in_a_field_is_its_own(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("Return").type("One")
    hand.mode.undo()
    assert hand.at.toPlainText() == ""
    hand.mode.redo()
    assert hand.at.toPlainText() == "One"
    hand.press("Escape", "3")
    hand.mode.undo()
    assert hand.kept("8.3").rating == 3, "outside a field it takes nothing back"


@pytest.mark.parametrize("keys", [("3",), ("N",), ("1",), ("3", "Alt+F"), ("N", "Escape")])
def test_a_rating_that_is_replaced_is_named_and_ctrl_z_puts_it_back(at_visit: OpenVisitMode, keys: tuple[str]) -> None:
    hand = at_visit("8.3").press("1")
    question = hand.mode.question
    plain = question._hint.text()
    hand.press(*keys)
    assert (hand.kept("8.3").rating, hand.kept("8.3").not_applicable) != (1, None)
    word = hand.mode.session.book.body.scale.word(1)
    assert question._hint.text() == f"Was {word}. Ctrl+Z puts it back."
    hand.mode.undo()
    assert (hand.kept("8.3").rating, hand.kept("8.3").not_applicable) == (1, None)
    assert question._hint.text() == plain
    hand.mode.undo()
    assert hand.kept("8.3").rating == 1
    hand.press("2", "Ctrl+Down", "Ctrl+Up")
    assert question._hint.text() == plain, "another question was looked at since"


def test_every_key_leads_somewhere_and_none_is_given_twice(at_visit: OpenVisitMode) -> None:
    mode = at_visit("8.3").mode
    keys = [key for key, _, _ in VISIT_KEYS]
    assert len(keys) == len(set(keys))
    for _, what, _ in VISIT_KEYS:
        assert callable(getattr(mode, what))
    told = " ".join(key for key, _ in HELP)
    for key in ("Ctrl+Down", "Ctrl+Enter", "Alt+C", "Alt+E", "Alt+W", "Ctrl+Shift+F", "F6", "F11", "M, P, X"):
        assert key in told


# --- names and states ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", PLACES)
def test_every_control_has_a_name(at_visit: OpenVisitMode, office: Office, visits: Visits, place: str) -> None:
    attach(office, visits.today, "8.3", 2)
    hand = at_visit(place)
    if place == "8.3":
        hand.press("Alt+A").type("Audit").press("Escape", "Alt+S").type("2")
        hand.mode.side.sample.code.setFocus()
        hand.type("CP1").press("Return")
    nameless = [f"{part!r} in {part.parent()!r}" for part in controls(hand) if not part.accessibleName()]
    assert nameless == []


def test_the_action_form_and_the_signed_page_are_named_too(
    at_visit: OpenVisitMode, office: Office, visits: Visits
) -> None:
    hand = at_visit("8.3").press("Alt+A")
    assert [repr(part) for part in controls(hand) if not part.accessibleName()] == []
    sign(office, visits.plain)
    hand = at_visit(visit=visits.plain)
    assert [repr(part) for part in controls(hand) if not part.accessibleName()] == []


@pytest.mark.parametrize("place", PLACES)
def test_tab_reaches_every_part_and_comes_round(at_visit: OpenVisitMode, place: str) -> None:
    hand = at_visit(place)
    first, passed = hand.at, []
    for _ in range(60):
        hand.press("Tab")
        passed.append(hand.at)
        if hand.at is first:
            break
    assert hand.at is first, "Tab goes round"
    stops = {
        part for part in controls(hand) if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isEnabled()
    } - set(passed)
    assert {part.accessibleName() for part in stops} == set()


def test_a_ring_shows_where_the_keyboard_is(at_visit: OpenVisitMode) -> None:
    from PySide6.QtWidgets import QFocusFrame

    hand = at_visit("8.3").press("Right")
    frames = [frame for frame in hand.window.findChildren(QFocusFrame) if frame.isVisible()]
    assert [frame.widget() for frame in frames] == [hand.at]


# --- room ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
@pytest.mark.parametrize("scale", [1.0, 1.3, 1.6])
def test_no_word_is_cut_and_no_button_covers_another(
    at_visit: OpenVisitMode, theme: Theme, office: Office, visits: Visits, size: tuple[int, int], scale: float
) -> None:
    attach(office, visits.today, "8.3", 2)
    theme.set_text_scale(scale)
    hand = at_visit("8.3", size=size).press("2", "Alt+A").type("Audit").press("Escape")
    hand.mode.side.sample.code.setFocus()
    hand.type("CP1").press("Return").press("F")
    assert hand.window.size().toTuple() == size, "it does not ask for a wider window"
    for place in PLACES:
        hand.go(place)
        for part in ("middle", "side", "left"):
            hand.mode.turns.bring(part)
            hand.rest()
            buttons = [
                button for button in controls(hand) if isinstance(button, (Button, KeyButton)) and button.isVisible()
            ]
            for button in buttons:
                if not button.text() and not isinstance(button, KeyButton):
                    continue  # an icon alone
                assert button.width() >= button.sizeHint().width(), f"{button.accessibleName()} at {place}"
            strip = hand.mode.side.photos  # its tiles scroll within it
            assert overlapping([button for button in buttons if not strip.isAncestorOf(button)]) == []
        hand.mode.turns.bring("middle")


def test_in_a_narrow_window_the_panes_take_turns(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3", size=(1024, 768))
    mode = hand.mode

    def shown() -> tuple[bool, bool, bool]:
        return mode.left_side.isVisible(), mode.middle.isVisible(), mode.side.isVisible()

    assert mode.turns.abreast == 2
    assert shown() == (False, True, True)
    QTest.mouseClick(mode.header.areas, Qt.MouseButton.LeftButton)
    hand.rest()
    assert shown() == (True, False, False)
    assert hand.at is mode.outline
    hand.press("Down", "Return")
    assert mode.place == "9.1"
    assert shown() == (False, True, True)
    mode.next_pane(-1)
    assert shown() == (True, False, False), "F6 brings it as well"
    hand.go("people")
    assert shown() == (False, True, False)
    hand.window.resize(1366, 768)
    hand.rest()
    assert shown() == (True, True, False)
    assert not mode.header.areas.isVisible()
    hand.window.resize(780, 768)
    hand.rest()
    hand.go("8.3")
    assert mode.turns.abreast == 1
    assert shown() == (False, True, False)
    hand.press("Alt+E")
    assert shown() == (False, False, True)
    assert hand.name == "Evidence from: file"
    hand.press("Alt+T")
    assert shown() == (False, True, False)
    QTest.mouseClick(mode.turns.buttons["side"], Qt.MouseButton.LeftButton)
    assert shown() == (False, False, True)
    hand.press("3")
    assert hand.kept("8.3").rating == 3, "rating keys work from there too"
    hand.press("Escape")
    assert shown() == (False, True, False)


def test_larger_text_and_another_theme_while_a_note_is_being_typed(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3").press("2", "Return").type("Gaps")
    for scale, choice in ((1.3, "dark"), (1.6, "light"), (1.0, "dark"), (1.0, "light")):
        theme.set_text_scale(scale)
        theme.set_choice(choice)  # type: ignore[arg-type]
        hand.rest()
        hand.type(".")
        assert hand.name == "Note: what you saw, heard or read"
        ground = hand.mode.grab().toImage().pixelColor(hand.mode.width() // 2, hand.mode.header.height() + 4).name()
        assert ground == theme.colour("canvas").name()
    assert hand.kept("8.3").seen == "Gaps...."
    assert hand.mode.question.keys.steps[2].height() == theme.metrics.size("rating_button")


# --- quiet --------------------------------------------------------------------------------------------------------


class Windows(QObject):
    """Notes every window that shows itself."""

    def __init__(self, but: QWidget) -> None:
        super().__init__()
        self._but = but
        self.shown: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shows = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shows and watched is not self._but:
            self.shown.append(repr(watched))
        return False


def test_nothing_modal_and_no_stray_window_while_answering(
    at_visit: OpenVisitMode, qapp: QApplication, visits: Visits
) -> None:
    """A part that is shown before it has its place would be a window of its own for a moment."""
    hand = at_visit(visit=visits.thirteen)
    windows = Windows(hand.window)
    qapp.installEventFilter(windows)
    hand.press("M", "Down", "P").type("Half")
    hand.go("people").press("Up")
    for code in ("8.3", "9.1", "10.1"):
        hand.go(code).press("2", "N", "Escape", "Alt+1", "F", "Alt+A").type("Audit").press("Escape")
        hand.press("Shift+Tab", "Return", "Alt+3")
        hand.mode.side.form.remove.click()
        hand.mode.side.sample.code.setFocus()
        hand.type("CP1").press("Return", "Return")
    hand.press("Alt+W", "Escape", "Ctrl+Shift+F", "Escape")
    for record in everything(hand.mode.session.book):
        hand.mode.session.put(record)
    hand.press("Ctrl+Shift+F")
    hand.mode.finishing.sign.click()
    hand.wait(lambda: hand.mode.session.locked)
    hand.go("prior").go("8.3")
    qapp.removeEventFilter(windows)
    assert windows.shown == []
    assert QApplication.activeModalWidget() is None


def test_a_prior_action_with_evidence_wanted_shows_no_stray_window(at_visit: OpenVisitMode, qapp: QApplication) -> None:
    hand = at_visit("8.3")
    windows = Windows(hand.window)
    qapp.installEventFilter(windows)
    hand.mode.prior._rebuild(hand.mode.session.book.prior)
    qapp.removeEventFilter(windows)
    assert windows.shown == []


def test_trouble_is_said_across_the_top_and_goes_by_itself(
    at_visit: OpenVisitMode, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from s75desk.ui.visit import session as module

    monkeypatch.setattr(module, "AGAIN_MS", 10)
    hand = at_visit("8.3")
    keep: Callable[..., object] = office.visiting.keep

    def full(*_: object, **__: object) -> None:
        raise DiskTrouble("Not saved: the disk is full. Nothing in the desk has changed.", "Free some space.")

    monkeypatch.setattr(office.visiting, "keep", full)
    hand.press("2", "Return")
    hand.type("Gaps")
    hand.wait(hand.mode.trouble.isVisible)
    assert hand.mode.header.saved_words() == "Not saved"
    said = hand.mode.trouble.words()
    assert "the disk is full" in said
    assert "tried again by itself" in said
    assert hand.mode.trouble.accessibleName() == said
    assert hand.name == "Note: what you saw, heard or read", "it never takes the keyboard"
    assert hand.mode.unsaved
    monkeypatch.setattr(office.visiting, "keep", keep)
    QTest.mouseClick(hand.mode.trouble.again, Qt.MouseButton.LeftButton)
    hand.wait(lambda: not hand.mode.trouble.isVisible())
    assert hand.mode.header.saved_words().startswith("Saved ")
    kept = hand.kept("8.3")
    assert (kept.rating, kept.seen) == (2, "Gaps")


def test_a_key_is_shown_once_however_many_parts_tell_of_it(
    at_visit: OpenVisitMode, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_visit("8.3")
    drawn: list[None] = []
    shown = hand.mode.outline.show_lines
    monkeypatch.setattr(hand.mode.outline, "show_lines", lambda lines: (drawn.append(None), shown(lines)))
    hand.press("2")
    assert len(drawn) == 1
    hand.press("Return").type("Ten letters")
    assert len(drawn) == 1, "letters of a note change no progress"
