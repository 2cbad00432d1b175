"""Signing a visit: drawn, by keyboard or refused; then it is locked, and nothing is signed that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest

from s75desk.domain.errors import DiskTrouble
from s75desk.domain.records import Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.domain.status import Shape
from s75desk.domain.visits.completeness import Gap
from s75desk.services.office import Office
from tests.ui.visit.conftest import OpenVisitMode
from tests.ui.visit.finish_help import answer, choose, click, sign_by_keys
from tests.ui.visit.visit_help import Visits

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
