"""The page that finishes a visit: what is missing leads to its place, the comment, and room for all of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLineEdit, QPushButton, QWidget

from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.completeness import Gap
from s75desk.services.office import Office
from s75desk.ui.theme import Theme
from s75desk.ui.visit.shrinking import Scrolling
from tests.ui.visit.conftest import OpenVisitMode
from tests.ui.visit.finish_help import answer, choose, click, rows
from tests.ui.visit.visit_help import Visits

# --- what is missing ----------------------------------------------------------------------------------------------


def test_what_is_missing_is_named_and_the_keyboard_is_there(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    titles = [title for title, _ in rows(hand)]
    assert titles[:3] == [
        "Audit medicines charts every week on both units",
        "Give night staff a fire drill",
        "Replace two worn hoist slings",
    ]
    assert "8.3 Doses right and recorded" in titles
    assert titles[-1] == "Provider’s comment"
    assert [blocks for _, blocks in rows(hand)] == sorted((blocks for _, blocks in rows(hand)), reverse=True)
    assert hand.at is hand.mode.finishing.missing
    assert "must be there before signing" in hand.mode.finishing._said.text()


def test_each_thing_missing_leads_to_its_place(at_visit: OpenVisitMode) -> None:
    hand = at_visit("8.3").press("N", "Escape").press("Alt+A").type("Audit").press("Escape")
    second = hand.mode.session.book.prior[1].uid
    choose(hand, Gap.PRIOR_ACTION, second)
    assert hand.mode.place == "prior"
    assert hand.mode.prior.cards[second].isAncestorOf(hand.at)
    choose(hand, Gap.QUESTION, "9.1")
    assert hand.mode.place == "9.1"
    choose(hand, Gap.STANDARD, "9")
    assert hand.mode.place == "9.1"
    choose(hand, Gap.PEOPLE)
    assert hand.mode.place == "people"
    choose(hand, Gap.ACTION)
    assert (hand.mode.place, hand.mode.side.entering) == ("8.3", True)
    assert hand.at.text() == "Audit"
    hand.press("Escape")
    choose(hand, Gap.COMMENT)
    assert hand.name == "Provider’s comment"
    choose(hand, Gap.OFFICER)
    assert hand.name == "Role of the officer"
    choose(hand, Gap.PROVIDER)
    assert hand.name == "Role of the provider"


def test_a_press_of_the_pointer_leads_there_too(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    missing = hand.mode.finishing.missing
    where = missing.visualRect(missing.gaps_model.index(3)).center()
    QTest.mouseClick(missing.viewport(), Qt.MouseButton.LeftButton, pos=where)
    hand.rest()
    assert hand.mode.place == missing.gaps_model.gaps[3].target == "2.3"


def test_the_list_shrinks_as_things_are_done(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    before = len(rows(hand))
    choose(hand, Gap.PRIOR_ACTION)
    hand.press("M", "Ctrl+Shift+F")
    assert len(rows(hand)) == before - 1
    answer(hand)
    hand.go("finish")
    assert rows(hand) == [
        ("Officer’s signature", True),
        ("Provider’s signature", True),
        ("People spoken to", False),
        ("Provider’s comment", False),
    ]
    assert hand.mode.finishing._said.text() == "2 things must be there before signing; 2 things are worth a look."


def test_long_names_wrap_and_are_never_cut(at_visit: OpenVisitMode) -> None:
    for size in ((1366, 768), (1024, 768)):
        hand = at_visit("12.1", size=size).press("2", "Alt+A")
        hand.type("Write down every reference to the council within the day, and tell the family the same day")
        hand.press("Escape", "Ctrl+Shift+F")
        missing = hand.mode.finishing.missing
        painter = missing.itemDelegate()
        hand.wait(lambda missing=missing: missing.visualRect(missing.gaps_model.index(0)).height() > 0)
        ends = -1
        for row, gap in enumerate(missing.gaps_model.gaps):
            rect = missing.visualRect(missing.gaps_model.index(row))
            _, title, text = painter._places(rect, gap)  # type: ignore[attr-defined]
            assert rect.top() > ends
            assert title.bottom() <= text.top() + 1
            assert text.bottom() <= rect.bottom() + 1, gap.title
            assert rect.height() >= 44
            ends = rect.bottom()


# --- comment ------------------------------------------------------------------------------------------------------


def test_a_comment_is_kept_as_it_is_typed(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    choose(hand, Gap.COMMENT)
    hand.type("Fair.").press("Return").type("The audit starts on Monday.")
    hand.mode.session.settle()
    hand.rest()
    assert office.visiting.book(visits.today).visit.comment == "Fair.\nThe audit starts on Monday."
    assert ("Provider’s comment", False) not in rows(hand)


def test_no_comment_to_make_is_a_tick(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    box = hand.mode.finishing.no_comment
    assert box.accessibleName() == "Asked; no comment to make"
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 4, 3))  # all of it can be pressed
    hand.mode.session.settle()
    hand.rest()
    assert office.visiting.book(visits.today).visit.no_comment is True
    assert ("Provider’s comment", False) not in rows(hand)
    click(box)
    hand.mode.session.settle()
    hand.rest()
    assert office.visiting.book(visits.today).visit.no_comment is None


# --- size ---------------------------------------------------------------------------------------------------------


def test_it_opens_at_its_beginning_where_it_has_to_scroll(at_visit: OpenVisitMode, theme: Theme) -> None:
    hand = at_visit("8.3", size=(1366, 748))
    theme.set_text_scale(1.3)
    QApplication.processEvents()
    hand.go("finish")
    hand.mode.take_keyboard()
    hand.rest()
    assert hand.at is hand.mode.finishing.missing
    area = hand.mode.finishing.findChildren(Scrolling)[0]
    assert area.verticalScrollBar().maximum() > 0
    assert area.verticalScrollBar().value() == 0, "its heading is in sight"


@pytest.mark.parametrize("size", [(1024, 660), (1366, 700), (1920, 1040)])
def test_a_small_window_shows_all_of_it_at_once(at_visit: OpenVisitMode, size: tuple[int, int]) -> None:
    hand = at_visit("finish", size=size)
    areas = hand.mode.finishing.findChildren(Scrolling)
    assert areas
    assert all(area.verticalScrollBar().maximum() == 0 for area in areas)


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1920, 1080)])
def test_all_of_it_fits_or_scrolls_and_a_finger_fits_it(
    at_visit: OpenVisitMode, theme: Theme, size: tuple[int, int]
) -> None:
    hand = at_visit("finish", size=size)
    finishing = hand.mode.finishing
    for scale in (1.0, 1.3, 1.6):
        theme.set_text_scale(scale)
        QApplication.processEvents()
        parts: list[QWidget] = [finishing.sign, finishing.draft, finishing.no_comment]
        for box in finishing.boxes.values():
            parts += [box.role, box.clear, box.by_keyboard]
        parts.append(finishing.boxes[Party.PROVIDER].refuses)
        for part in parts:
            assert part.height() >= round(44 * scale) - 1, part.accessibleName()
            assert part.width() >= part.sizeHint().width() or isinstance(part, QLineEdit), part.accessibleName()
        pads = [box.pad.mapTo(finishing, QPoint(0, 0)).y() for box in finishing.boxes.values()]
        assert pads[0] == pads[1], "both sign at the same height"
    theme.set_text_scale(1.0)
    QApplication.processEvents()
    if size != (1024, 768):
        end = finishing.sign.mapTo(finishing, finishing.sign.rect().bottomRight())
        assert finishing.rect().contains(end), "nothing has to be scrolled to sign"


def test_every_control_of_it_has_a_name_of_its_own(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    kinds = (QPushButton, QLineEdit, QCheckBox)
    names = [
        part.accessibleName() for kind in kinds for part in hand.mode.finishing.findChildren(kind) if part.isVisible()
    ]
    assert all(names)
    assert len(names) == len(set(names))
