"""The rating as it builds, how it is worked out level by level, and an officer's own judgement in its place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from s75desk.domain.visits.rule import LevelKind
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.rating_sheet import RatingSheet
from s75desk.ui.widgets.labels import WrappedLabel
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, everything, sign

OVERALL = (LevelKind.OVERALL, "")


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def panel(hand: Hand) -> str:
    return words(hand.mode.rating)


def rate(hand: Hand, rating: int, *codes: str) -> None:
    for code in codes:
        hand.go(code)
        hand.press(f"Alt+{rating}")


def answer_all(hand: Hand, rating: int = 3) -> None:
    for record in everything(hand.mode.session.book, rating):
        hand.mode.session.put(record)
    hand.mode.session.answer_changed()
    hand.rest()


def open_sheet(hand: Hand, keys: str = "Alt+W") -> RatingSheet:
    hand.press(keys)
    found = [sheet for sheet in hand.window.findChildren(RatingSheet) if sheet.isVisible()]
    assert len(found) == 1
    return found[0]


def put(hand: Hand, sheet: RatingSheet, rating: int, reason: str) -> None:
    sheet.rating.setCurrentIndex(sheet.rating.findData(rating))
    sheet.reason.setFocus()
    sheet.reason.clear()
    QTest.keyClicks(sheet.reason, reason)
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    hand.rest()


# --- the panel ----------------------------------------------------------------------------------------------------


def test_before_anything_is_rated_nothing_is_known(at_visit: OpenVisitMode, visits: Visits) -> None:
    hand = at_visit("1.1", visit=visits.plain)
    said = panel(hand)
    assert "Rating so far" in said
    assert "Nothing is rated yet, and nothing counts as good." in said
    assert "72 questions still open: it may end as Poor to Excellent." in said
    assert hand.mode.rating.accessibleName().startswith("Rating so far: Not known.")


def test_it_says_why_and_what_is_still_possible(at_visit: OpenVisitMode) -> None:
    hand = at_visit("1.1").press("3")
    assert hand.mode.rating.accessibleName().startswith("Rating so far: Good so far.")
    rate(hand, 2, "8.3")
    name = hand.mode.rating.accessibleName()
    assert name.startswith("Rating so far: Requires improvement so far.")
    assert "Good needs" in name
    assert "it may end as Poor to Requires improvement." in name
    rate(hand, 3, "8.3")
    assert hand.mode.rating.accessibleName().startswith("Rating so far: Good so far.")


def test_it_never_stops_within_a_sentence(at_visit: OpenVisitMode) -> None:
    hand = at_visit("1.1")
    rate(hand, 2, "8.3", "9.1")
    answer_all(hand)
    rate(hand, 1, "10.1")
    for label in hand.mode.rating.findChildren(WrappedLabel):
        assert label.text() == "" or label.text().endswith((".", "…"))
    whole = hand.mode.rating._reason.toolTip()
    assert hand.mode.rating._reason.text().rstrip("…") in whole


def test_all_of_the_panel_opens_the_working(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    QTest.mouseClick(hand.mode.rating, Qt.MouseButton.LeftButton, pos=QPoint(30, hand.mode.rating.height() - 12))
    assert [sheet.isVisible() for sheet in hand.window.findChildren(RatingSheet)] == [True]
    assert hand.mode.rating.height() >= 88


def test_an_override_is_the_first_thing_the_panel_says(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    answer_all(hand)
    sheet = open_sheet(hand)
    put(hand, sheet, 3, "Put right on the day")
    assert "Good is the officer’s judgement: Put right on the day" in panel(hand)
    assert hand.mode.rating.accessibleName().startswith("Rating so far: Good.")


# --- the sheet ----------------------------------------------------------------------------------------------------


def test_it_opens_on_the_whole_or_on_the_standard_on_show(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    sheet = open_sheet(hand)
    assert (sheet.level.kind, sheet.level.code) == OVERALL
    assert sheet.levels.hasFocus()
    hand.press("Escape")
    assert hand.window.findChildren(RatingSheet) == []
    assert hand.name == "Requires improvement, key 2", "the keyboard comes back"
    sheet = open_sheet(hand, "Alt+Shift+W")
    assert (sheet.level.kind, sheet.level.code) == (LevelKind.STANDARD, "8")


def test_arrow_keys_go_from_level_to_level(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    sheet = open_sheet(hand)
    seen = []
    for _ in range(3):
        hand.press("Down")
        seen.append((sheet.level.kind, sheet.level.code))
    standards = hand.mode.session.rating.levels
    assert seen == [(level.kind, level.code) for level in standards[1:4]]
    hand.press("Home")
    assert (sheet.level.kind, sheet.level.code) == OVERALL


def test_it_says_the_rule_the_working_and_what_would_change_it(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3")
    answer_all(hand)
    rate(hand, 2, "8.3")
    sheet = open_sheet(hand)
    said = words(sheet)
    assert "What would change it" in said
    assert "8.3" in said
    assert "Source:" in said
    sheet.show_level(LevelKind.STANDARD, "8")
    hand.rest()
    said = words(sheet)
    assert "What would change it" not in said, "that is about the whole"
    for line in ("8.3 Doses right and recorded", "2 Requires improvement", "weight 2, critical", "Points possible"):
        assert line in said
    assert "Your own judgement of 8 Medicines" in said


def test_it_says_what_is_worst_and_best_while_questions_are_open(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    sheet = open_sheet(hand, "Alt+Shift+W")
    assert "5 questions still open: it may end as Poor to Requires improvement." in words(sheet)


@pytest.mark.parametrize(
    ("kind", "code", "what"),
    [
        (LevelKind.STANDARD, "8", "8 Medicines"),
        (LevelKind.AREA, "C", "Safeguarding and safety"),
        (LevelKind.OVERALL, "", "the whole visit"),
    ],
)
def test_an_override_at_every_level_with_its_reason_and_out_again(
    at_visit: OpenVisitMode, office: Office, kind: LevelKind, code: str, what: str
) -> None:
    hand = at_visit("8.3").press("2")
    answer_all(hand)
    before = next(one for one in hand.mode.session.rating.levels if (one.kind, one.code) == (kind, code))
    sheet = open_sheet(hand)
    sheet.show_level(kind, code)
    hand.rest()
    assert sheet._judged.text() == f"Your own judgement of {what}"
    put(hand, sheet, 4, "Seen by the pharmacist as well")
    level = sheet.level
    assert (level.kind, level.code) == (kind, code), "it stays where the officer is"
    assert (level.rating, level.computed) == (4, before.computed)
    assert "Excellent is the officer’s judgement: Seen by the pharmacist as well" in words(sheet)
    assert f"Worked out: {before.computed_word}." in words(sheet)
    hand.mode.session.settle()
    hand.rest()
    kept = office.visiting.book(hand.mode.session.visit).override(kind, code)
    assert (kept.rating, kept.reason) == (4, "Seen by the pharmacist as well")
    assert sheet.override.text() == "Change the override"
    put(hand, sheet, 3, "Seen by the pharmacist, but not at night")
    assert sheet.level.rating == 3
    QTest.mouseClick(sheet.remove, Qt.MouseButton.LeftButton)
    hand.mode.session.settle()
    hand.rest()
    assert (sheet.level.rating, sheet.level.override) == (before.rating, None)
    assert office.visiting.book(hand.mode.session.visit).put() == ()
    assert (sheet.rating.currentData(), sheet.reason.text()) == (None, ""), "the field is free again"
    assert not sheet.remove.isVisible()


def test_without_a_rating_or_a_reason_it_is_refused_beside_the_field(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    sheet = open_sheet(hand)
    assert sheet.rating.currentData() is None, "no judgement is one press away"
    QTest.mouseClick(sheet.override, Qt.MouseButton.LeftButton)
    assert sheet._message.text() == "Choose the rating that is to stand."
    assert sheet.rating.hasFocus()
    sheet.rating.setCurrentIndex(sheet.rating.findData(4))
    QTest.mouseClick(sheet.override, Qt.MouseButton.LeftButton)
    assert sheet._message.text() == "An override needs a reason; it is printed with the rating."
    assert sheet.reason.hasFocus()
    QTest.keyClicks(sheet.reason, "   ")
    QTest.keyClick(sheet.reason, Qt.Key.Key_Return)
    assert sheet._message.text() == "An override needs a reason; it is printed with the rating."
    assert hand.mode.session.book.put() == ()


def test_everything_in_it_can_be_reached_by_tab(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    open_sheet(hand)
    passed = []
    for _ in range(7):
        hand.press("Tab")
        passed.append(hand.name)
    assert {"Close", "Your judgement", "Reason for the override", "Override", "Levels"} <= set(passed)


def test_of_a_signed_visit_nothing_can_be_overridden(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.plain)
    hand = at_visit("8.3", visit=visits.plain)
    assert "Rating so far" not in panel(hand)
    assert panel(hand).startswith("Rating")
    sheet = open_sheet(hand)
    assert not sheet.override.isVisible()
    assert not sheet.remove.isVisible()
    assert "Points possible" in words(sheet) or "points" in words(sheet)
    sheet._put()
    hand.rest()
    assert office.visiting.book(visits.plain).put() == ()


def test_of_a_signed_visit_an_override_is_shown_with_its_reason(
    at_visit: OpenVisitMode, visits: Visits, office: Office
) -> None:
    hand = at_visit("8.3", visit=visits.plain).press("2", "Return").type("Gaps.")
    sheet = open_sheet(hand)
    put(hand, sheet, 2, "Two homes of the same owner")
    hand.press("Escape")
    hand.mode.session.settle()
    hand.rest()
    sign(office, visits.plain)
    hand = at_visit("8.3", visit=visits.plain)
    sheet = open_sheet(hand)
    assert sheet.reason.text() == "Two homes of the same owner"
    assert sheet.reason.isReadOnly()
    assert not sheet.rating.isEnabled()
    assert sheet.rating.currentData() == 2


def test_it_goes_with_the_visit(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("2")
    open_sheet(hand)
    hand.mode.stop()
    hand.rest()
    assert hand.window.findChildren(RatingSheet) == []


def test_nothing_in_it_is_cut_at_any_text_size(at_visit: OpenVisitMode, theme: Theme) -> None:
    for scale in (1.0, 1.3, 1.6):
        theme.set_text_scale(scale)
        hand = at_visit("8.3").press("2")
        sheet = open_sheet(hand)
        put(hand, sheet, 4, "Put right")
        QApplication.processEvents()
        assert sheet.rect().width() <= hand.window.width()
        for part in (sheet.override, sheet.remove, sheet.rating):
            assert part.width() >= part.sizeHint().width()
            assert part.height() >= round(44 * scale) - 1
            end = part.mapTo(hand.window, part.rect().bottomRight())
            assert hand.window.rect().contains(end)
