"""Finishing a visit: what is missing leads to its place, comment and signatures, the lock, and the amendment."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QFileDialog, QLineEdit, QPushButton, QWidget

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import Action, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.domain.status import Shape
from s75desk.domain.visits.completeness import Gap
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.services.office import Office
from s75desk.ui.self_check import read_pdf
from s75desk.ui.theme import Theme
from s75desk.ui.visit.shrinking import Scrolling
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.visit_help import Visits, attach, everything, sign

BECAUSE = "The weight of one person was wrong"


def click(part: QWidget) -> None:
    QTest.mouseClick(part, Qt.MouseButton.LeftButton)


def rows(hand: Hand) -> list[tuple[str, bool]]:
    """Titles of what is missing, and whether each keeps the visit open."""
    return [(gap.title, gap.blocks) for gap in hand.mode.finishing.missing.gaps_model.gaps]


def answer(hand: Hand, *, signatures: bool = False) -> None:
    """All that is needed, but for the signatures."""
    for record in everything(hand.mode.session.book):
        if signatures or record.KIND != "visit_signature":
            hand.mode.session.put(record)
    hand.mode.session.answer_changed()
    hand.rest()


def choose(hand: Hand, kind: Gap, target: str = "") -> None:
    """Go to something that is missing, by Enter."""
    hand.go("finish")
    missing = hand.mode.finishing.missing
    gaps = missing.gaps_model.gaps
    row = next(row for row, gap in enumerate(gaps) if gap.gap is kind and target in ("", gap.target))
    missing.setFocus()
    missing.setCurrentIndex(missing.gaps_model.index(row))
    hand.press("Return")


def sign_by_keys(hand: Hand) -> None:
    for party, role in ((Party.OFFICER, "quality officer"), (Party.PROVIDER, "registered manager")):
        hand.walk_to(f"Role of the {party.value}")
        hand.press("Ctrl+A").type(role)
        hand.walk_to(f"Sign by keyboard: {party.value}")
        hand.press("Space")
    hand.walk_to("Sign and lock")
    hand.press("Return")
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()


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


# --- signatures ---------------------------------------------------------------------------------------------------


def test_a_drawn_signature_is_kept_with_its_role_and_moment(
    at_visit: OpenVisitMode, office: Office, visits: Visits
) -> None:
    hand = at_visit("finish", size=(780, 768))
    box = hand.mode.finishing.boxes[Party.OFFICER]
    choose(hand, Gap.OFFICER)
    hand.type("quality officer")
    finger = QTest.createTouchDevice(QPointingDevice.DeviceType.TouchScreen)
    pad = box.pad
    hand.press("Tab")
    assert hand.at is pad
    hand.rest()
    QTest.touchEvent(pad, finger).press(1, QPoint(40, 60), pad).commit()
    QTest.touchEvent(pad, finger).move(1, QPoint(120, 30), pad).commit()
    QTest.touchEvent(pad, finger).release(1, QPoint(120, 30), pad).commit()
    hand.mode.session.settle()
    hand.rest()
    kept = office.visiting.book(visits.today).signature(Party.OFFICER)
    assert kept.role == "quality officer"
    assert kept.strokes
    assert kept.signed is not None
    assert box._state.text().startswith("Signed ")
    click(box.clear)
    hand.mode.session.settle()
    hand.rest()
    kept = office.visiting.book(visits.today).signature(Party.OFFICER)
    assert (kept.strokes, kept.signed) == (None, None)
    assert box._state.text() == "Not signed yet."


def test_signing_by_keyboard_wants_the_role_first(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    box = hand.mode.finishing.boxes[Party.PROVIDER]
    click(box.by_keyboard)
    hand.rest()
    assert hand.at is box.role
    assert box._state.text() == "Type the role first: it stands in for a drawn signature."
    assert box._state.property("colour") == "alert_text"
    hand.mode.session.flush()
    hand.rest()
    assert box._state.text().startswith("Type the role first"), "what is saved meanwhile does not take it away"
    hand.type("m")
    assert box._state.text() == "Not signed yet."
    click(box.by_keyboard)
    assert hand.mode.session.book.signature(Party.PROVIDER).strokes


def test_a_refusal_needs_a_reason(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    answer(hand, signatures=True)
    box = hand.mode.finishing.boxes[Party.PROVIDER]
    assert not box.reason.isVisible()
    click(box.refuses)
    hand.rest()
    assert hand.at is box.reason
    assert box._state.text() == "Refused. Say why."
    click(hand.mode.finishing.sign)
    hand.rest()
    assert hand.mode.finishing.said() == "Not signed: Provider’s signature. The provider refused to sign. Say why."
    assert not hand.mode.session.locked
    box.reason.setFocus()
    hand.type("Does not agree with 8.3")
    assert box._state.text() == "Refused; the reason is printed."
    assert hand.mode.finishing.said() == "", "the refusal has gone with its cause"
    click(hand.mode.finishing.sign)
    hand.wait(lambda: hand.mode.session.locked)
    kept = office.visiting.book(visits.today).signature(Party.PROVIDER)
    assert (kept.refused, kept.reason, kept.strokes) == (True, "Does not agree with 8.3", None)


def test_a_refusal_can_be_taken_back(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    box = hand.mode.finishing.boxes[Party.PROVIDER]
    click(box.refuses)
    assert box.pad.read_only
    assert not box.by_keyboard.isEnabled()
    click(box.refuses)
    assert not box.pad.read_only
    assert box.by_keyboard.isEnabled()
    assert not hand.mode.session.book.signature(Party.PROVIDER).refused


# --- signing ------------------------------------------------------------------------------------------------------


def test_what_is_missing_refuses_the_signature_in_words(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    click(hand.mode.finishing.sign)
    hand.rest()
    said = hand.mode.finishing.said()
    assert said.startswith("Not signed: Audit medicines charts every week on both units. Grade it")
    assert said.endswith("more things missing.")
    assert hand.at is hand.mode.finishing.missing
    hand.press("Return")
    assert hand.mode.place == "prior"


def test_signing_locks_and_shows_what_it_came_to(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("8.3").press("2", "Return").type("Gaps.")
    answer(hand)
    hand.go("finish")
    sign_by_keys(hand)
    assert hand.mode.middle.currentWidget() is hand.mode.signed
    assert hand.name == "Print the feedback sheet", "the next step has the keyboard"
    assert hand.mode.signed._title.text() == "Signed, version 1"
    assert hand.mode.signed._chip is not None
    assert "Requires improvement" in hand.mode.signed._versions.text()
    assert hand.mode.header.saved_words() == "Signed, version 1"
    assert hand.mode.header.finish.text() == "Print, amend"
    assert office.records.get(Visit, visits.today).stage is VisitStage.DRAFT
    assert office.visiting.version(visits.today, 1).answer("8.3").seen == "Gaps."


def test_once_signed_nothing_is_so_far_any_more(at_visit: OpenVisitMode) -> None:
    hand = at_visit()
    answer(hand)
    session = hand.mode.session
    left = [question.code for question in session.book.body.questions if not question.critical]
    for code in left:
        session.put(replace(session.book.answer(code), rating=None, not_applicable=None))
    session.answer_changed()
    hand.go("finish")
    assert hand.mode.rating.accessibleName().startswith("Rating so far: Good so far.")
    sign_by_keys(hand)
    told = f"{len(left)} of 74 questions were not looked at and counted for nothing."
    assert hand.mode.rating.accessibleName().startswith("Rating: Good. ")
    assert hand.mode.rating.accessibleName().endswith(told)
    chip = hand.mode.signed._chip
    assert chip is not None
    assert chip.status.word == "Good", "as the version and its papers say"
    assert chip.status.shape is Shape.UNKNOWN, "and what was not looked at is no good shape"
    assert hand.mode.signed._reasons.text().endswith(told)


def test_a_full_disk_refuses_the_signature_and_says_so(
    at_visit: OpenVisitMode, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand = at_visit("finish")
    answer(hand, signatures=True)

    def full(*_: object) -> None:
        raise DiskTrouble("Not signed: the disk is full. Nothing in the desk has changed.", "Free some space.")

    with monkeypatch.context() as patched:
        patched.setattr(office.visiting, "finish", full)
        hand.mode.finishing.sign.setFocus()
        hand.press("Return")
    assert hand.mode.finishing.said() == (
        "Not signed: the disk is full. Nothing in the desk has changed. Free some space."
    )
    assert hand.mode.finishing.sign.isEnabled()
    assert hand.mode.finishing.sign.text() == "Sign and lock"
    assert hand.at is hand.mode.finishing.sign
    hand.press("Return")
    hand.wait(lambda: hand.mode.session.locked)


def test_nothing_else_is_signed_than_what_is_on_the_screen(
    at_visit: OpenVisitMode, office: Office, visits: Visits
) -> None:
    """Another window of the same desk changed an answer meanwhile."""
    hand = at_visit("finish")
    answer(hand, signatures=True)
    hand.mode.session.settle()
    hand.rest()
    other = office.visiting.book(visits.today).answer("8.3")
    office.visiting.keep(visits.today, settled=[replace(other, rating=1, seen="Changed elsewhere.")])
    click(hand.mode.finishing.sign)
    hand.rest()
    assert not hand.mode.session.locked
    assert hand.mode.finishing.said()
    assert not office.visiting.book(visits.today).versions


# --- signed -------------------------------------------------------------------------------------------------------


def test_a_signed_visit_opens_read_only_everywhere(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    office.visiting.start(visits.today)
    book = office.visiting.book(visits.today)
    action = Action(uid="audit", title="Audit", owner="manager", due=book.visit.planned, visit=visits.today,
                    questions="8.3", service=book.visit.service)  # fmt: skip
    office.visiting.keep(visits.today, settled=[action])
    attach(office, visits.today, "8.3", 2)
    sign(office, visits.today)
    content = office.visiting.version(visits.today, 1)
    hand = at_visit()
    assert hand.mode.place == "finish"
    side, mode = hand.mode.side, hand.mode
    for place in ("prior", "people", "8.3", "8.4"):
        hand.go(place)
        for part in mode.findChildren(QWidget):
            if not part.isVisible():
                continue
            if isinstance(part, QLineEdit):
                part.setFocus()
                if part.hasFocus():
                    hand.type("9")
            elif isinstance(part, QPushButton) and part.isCheckable():
                click(part)
        for keys in ("Alt+1", "Alt+N", "Alt+F", "Alt+M", "Alt+X", "Alt+A", "Alt+P"):
            hand.press(keys)
    hand.go("8.3")
    assert side.photos.locked
    assert not side.photos.add.isVisible()
    side.photos.edit_caption("photo-8.3-0")
    assert not side.photos.caption.isVisible()
    side.photos.remove_asked.emit("photo-8.3-0")
    side.evidence.buttons[EvidenceSource.FILE].click()
    mode.steps._caption_changed("photo-8.3-0", "another")
    mode.session.settle()
    hand.rest()
    now = office.visiting.book(visits.today)
    assert now.answers == content.answers
    assert now.gradings == content.gradings
    assert [photo.caption for photo in now.photos] == ["0", "1"]
    assert [one.title for one in now.actions] == ["Audit"]
    assert not now.people
    assert now.locked


def test_amending_needs_a_reason_and_says_so_above_every_page(
    at_visit: OpenVisitMode, visits: Visits, office: Office
) -> None:
    sign(office, visits.today)
    hand = at_visit()
    click(hand.mode.signed.amend)
    hand.rest()
    assert hand.mode.signed._refusal.text().startswith("Say why it is amended")
    assert hand.at is hand.mode.signed.reason
    assert hand.mode.session.locked
    hand.type(BECAUSE).press("Return")
    hand.wait(lambda: not hand.mode.session.locked)
    hand.rest()
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}"
    assert hand.mode.header.saved_words().startswith("Saved ")
    assert hand.mode.middle.currentWidget() is hand.mode.finishing
    said = "Signing again makes version 2; version 1 is kept as it is."
    assert hand.mode.finishing._what_follows.text() == said
    hand.go("8.3")
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}"
    hand.press("4")
    assert hand.kept("8.3").rating == 4
    hand = at_visit()
    assert hand.mode.header.subtitle() == f"Amending version 1: {BECAUSE}", "also when it is opened again"


def test_signing_again_makes_the_next_version(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.today)
    office.visiting.amend(visits.today, BECAUSE)
    hand = at_visit("8.3").press("4", "Ctrl+Shift+F")
    assert {gap.gap for gap in hand.mode.finishing.missing.gaps_model.gaps if gap.blocks} == {
        Gap.OFFICER,
        Gap.PROVIDER,
    }
    sign_by_keys(hand)
    lines = hand.mode.signed._versions.text().splitlines()
    assert [line.split(":")[0] for line in lines] == ["Version 2", "Version 1"]
    assert f"amended because: {BECAUSE}" in lines[0]
    assert hand.mode.signed.reason.text() == "", "the next amendment has a reason of its own"
    assert hand.mode.header.subtitle().endswith("Lindle Care Limited")
    assert office.visiting.version(visits.today, 1).answer("8.3").rating == 3
    assert office.visiting.version(visits.today, 2).answer("8.3").rating == 4


def test_the_sheet_is_saved_and_said(at_visit: OpenVisitMode, visits: Visits, office: Office, tmp_path: Path) -> None:
    sign(office, visits.today)
    hand = at_visit()
    target = tmp_path / "sheet.pdf"
    hand.mode.paper.save_sheet(target)
    hand.wait(lambda: hand.mode.signed.said().startswith("Saved as sheet.pdf"))
    assert "Lindle House" in read_pdf(target)[1]
    hand.mode.paper.save_report(tmp_path / "nowhere" / "report.pdf")
    hand.wait(lambda: not hand.mode.signed.said().startswith(("Saved", "Working")))
    assert hand.mode.signed.said(), "trouble is said in its place"


def test_a_sheet_is_saved_among_the_documents_first_then_where_the_last_one_was(
    at_visit: OpenVisitMode, visits: Visits, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    for folder in (home / "Documents", elsewhere):
        folder.mkdir(parents=True)
    monkeypatch.setattr("s75desk.ui.visit.steps.documents", lambda: str(home / "Documents"))
    begun: list[Path] = []

    def choose(_parent: QWidget, _title: str, begin: str, _filter: str) -> tuple[str, str]:
        begun.append(Path(begin))
        return str(elsewhere / "sheet.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    sign(office, visits.today)
    hand = at_visit()
    for button in (hand.mode.signed.saving, hand.mode.signed.report):
        click(button)
        hand.wait(lambda: hand.mode.signed.said().startswith("Saved as sheet.pdf"))
        hand.rest()
    assert [place.parent for place in begun] == [home / "Documents", elsewhere]
    assert begun[0].name == "Lindle House, feedback sheet 2026-02-02.pdf"


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


def test_grades_of_the_signed_visit_stand_with_it(at_visit: OpenVisitMode, visits: Visits, office: Office) -> None:
    sign(office, visits.today)
    hand = at_visit("prior")
    assert all(card.buttons[PriorGrade.MET].isChecked() for card in hand.mode.prior.cards.values())
    hand.press("Ctrl+Shift+F")
    assert hand.mode.middle.currentWidget() is hand.mode.signed
