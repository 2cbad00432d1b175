"""After both have signed: what is changed then is signed anew; and an amendment that is given up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.completeness import Signing
from s75desk.services.office import Office
from tests.ui.visit.conftest import Hand, OpenVisitMode
from tests.ui.visit.finish_help import BECAUSE, answer, click, rows, sign_by_keys
from tests.ui.visit.visit_help import Visits

OUTDATED = "before the visit was changed. Sign it as it is now."


def states(hand: Hand) -> list[Signing]:
    return [hand.mode.session.book.signing(party) for party in Party]


def draw(hand: Hand, party: Party) -> None:
    pad = hand.mode.finishing.boxes[party].pad
    middle = pad.rect().center()
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(pad, middle + QPoint(40, -20))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=middle + QPoint(40, -20))


def test_a_rating_changed_after_signing_has_to_be_signed(
    at_visit: OpenVisitMode, office: Office, visits: Visits
) -> None:
    hand = at_visit("finish")
    answer(hand, signatures=True)
    boxes = hand.mode.finishing.boxes
    assert boxes[Party.OFFICER]._state.text().startswith("Signed ")
    assert rows(hand)[0][0] != "Officer’s signature"
    hand.go("8.3").press("1").go("finish")
    for party, box in boxes.items():
        assert box._state.text().endswith(OUTDATED), party
        assert box._state.property("colour") == "alert_text"
        assert box.pad.accessibleDescription().startswith("Signed before the visit was changed")
    needed = [title for title, blocks in rows(hand) if blocks]
    assert needed == ["Officer’s signature", "Provider’s signature"]
    click(hand.mode.finishing.sign)
    hand.rest()
    assert hand.mode.finishing.said().startswith(
        "Not signed: Officer’s signature. The officer signed before the visit was changed"
    )
    before = boxes[Party.OFFICER].pad.strokes()
    stood = {party: box.pad.mapTo(hand.window, QPoint(0, 0)) for party, box in boxes.items()}
    for party in Party:
        draw(hand, party)
        hand.rest()
        assert boxes[party]._state.text().startswith("Signed "), party
        assert not boxes[party]._state.text().endswith(OUTDATED)
        now = {other: box.pad.mapTo(hand.window, QPoint(0, 0)) for other, box in boxes.items()}
        assert now == stood, "the paper does not move between two strokes"
    assert before not in (boxes[Party.OFFICER].pad.strokes(), "")
    assert boxes[Party.OFFICER].pad.strokes().count("[[") == 1, "the faded strokes are gone"
    click(hand.mode.finishing.sign)
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
    assert office.visiting.version(visits.today, 1).answer("8.3").rating == 1
    assert office.checks.check().sound


def test_a_comment_typed_between_both_signatures_asks_nothing_of_the_officer(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    answer(hand)
    draw(hand, Party.OFFICER)
    hand.mode.finishing.comment.setFocus()
    hand.type("We accept it.")
    assert states(hand) == [Signing.SIGNED, Signing.OPEN]
    draw(hand, Party.PROVIDER)
    assert states(hand) == [Signing.SIGNED, Signing.SIGNED]
    hand.mode.finishing.comment.setFocus()
    hand.type(" In part.")
    assert states(hand) == [Signing.SIGNED, Signing.OUTDATED]


def test_what_is_put_back_by_hand_holds_again(at_visit: OpenVisitMode) -> None:
    hand = at_visit("finish")
    answer(hand, signatures=True)
    hand.go("8.3").press("1").press("3").go("finish")
    assert states(hand) == [Signing.SIGNED, Signing.SIGNED]
    assert not hand.mode.finishing.boxes[Party.OFFICER]._state.text().endswith(OUTDATED)


def amended(hand: Hand, office: Office, visits: Visits) -> None:
    answer(hand)
    hand.go("finish")
    sign_by_keys(hand)
    office.visiting.amend(visits.today, BECAUSE)
    hand.mode.steps._reread(None)  # type: ignore[arg-type]
    hand.wait(lambda: not hand.mode.session.locked)
    hand.rest()
    hand.go("8.3").press("1").go("finish")


def test_an_amendment_is_given_up_by_keys(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    asked = hand.mode.finishing.withdrawal
    assert not asked.ask.isVisible()
    assert not asked.isVisible()
    amended(hand, office, visits)
    assert asked.ask.isVisible()
    assert not asked.isVisible()
    hand.walk_to("Withdraw the amendment")
    hand.press("Return")
    assert asked.isVisible()
    assert hand.at is asked.keep, "Enter pressed twice takes nothing back"
    hand.press("Escape")
    assert not asked.isVisible()
    assert hand.at is asked.ask
    hand.press("Return", "Return")
    assert not asked.isVisible()
    assert not hand.mode.session.locked
    hand.press("Return", "Tab")
    assert hand.at is asked.withdraw
    hand.press("Return")
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
    assert hand.mode.session.book.answer("8.3").rating == 3
    assert hand.mode.signed.isVisible()
    assert hand.at is hand.mode.signed.printing
    assert hand.mode.signed.said() == "The amendment is withdrawn. The version below stands as it was signed."
    assert hand.mode.signed.reason.text() == "", "the next amendment has a reason of its own"
    assert office.visiting.book(visits.today) == hand.mode.session.book
    assert office.checks.check().sound


@pytest.mark.parametrize("wide", [1024, 1366, 1920])
def test_a_press_too_many_takes_nothing_back(
    at_visit: OpenVisitMode, office: Office, visits: Visits, wide: int
) -> None:
    hand = at_visit("finish", size=(wide, 768))
    amended(hand, office, visits)
    asked = hand.mode.finishing.withdrawal
    ask = asked.ask.rect().translated(asked.ask.mapTo(hand.window, QPoint(0, 0)))
    click(asked.ask)
    hand.rest()
    there = asked.withdraw.rect().translated(asked.withdraw.mapTo(hand.window, QPoint(0, 0)))
    assert not there.intersects(ask)


def test_what_was_typed_a_moment_ago_is_taken_back_too(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    amended(hand, office, visits)
    hand.mode.finishing.comment.setFocus()
    hand.type("Typed and not yet saved")
    asked = hand.mode.finishing.withdrawal
    click(asked.ask)
    click(asked.withdraw)
    hand.wait(lambda: hand.mode.session.locked)
    hand.rest()
    assert "Typed" not in (office.visiting.open(visits.today).book.visit.comment or "")
    assert not hand.mode.session.unsaved


def test_an_amendment_that_cannot_be_given_up_says_why(at_visit: OpenVisitMode, office: Office, visits: Visits) -> None:
    hand = at_visit("finish")
    amended(hand, office, visits)
    hand.mode.session.settle()
    hand.rest()
    kept = office.visiting.book(visits.today).answer("9.1")
    with office.place.desk.writing() as connection:  # another program, behind the history
        connection.exec_driver_sql("UPDATE visit_answer SET rating = 4 WHERE uid = ?", (kept.uid,))
    click(hand.mode.finishing.withdrawal.ask)
    click(hand.mode.finishing.withdrawal.withdraw)
    hand.rest()
    assert hand.mode.finishing.said().startswith("Not withdrawn: not everything can be put back as it was signed.")
    assert not hand.mode.session.locked
    assert office.visiting.book(visits.today).answer("9.1") == replace(kept, rating=4)
