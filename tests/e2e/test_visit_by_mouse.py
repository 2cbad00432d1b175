"""A whole visit with the mouse alone, from the welcome page to the signed version 2; keys only write words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame

from s75desk.domain.records import Action, Visit
from s75desk.domain.records.action import ActionKind, ActionState
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.sample import SampleMethod
from s75desk.ui.self_check import read_pdf
from s75desk.ui.visit.photo_tile import PhotoTile
from s75desk.ui.visit.photo_viewer import PhotoViewer
from s75desk.ui.visit.rating_sheet import RatingSheet
from s75desk.ui.widgets.buttons import ToolIcon
from tests.e2e import visit_walk
from tests.e2e.conftest import StartOfficer
from tests.e2e.driver import Officer
from tests.e2e.mouse import Mouse, named
from tests.e2e.visit_walk import Walk

FINGER = 44
AREAS = "Areas and standards"
"""The list whose lines are 40 pixels high, so that all areas are in sight with one of them open."""


@pytest.fixture
def walk(start: StartOfficer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """A hand on the mouse, on the welcome page."""
    return Walk(Mouse(start()), tmp_path, monkeypatch)


@pytest.fixture
def at_visit(officer: Officer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Walk:
    """The same with today's visit open."""
    walk = Walk(Mouse(officer), tmp_path, monkeypatch)
    walk.start_todays_visit()
    return walk


def test_a_whole_visit_by_mouse(walk: Walk) -> None:
    mouse, officer = walk.mouse, walk.officer
    walk.open_the_sample()
    walk.start_todays_visit()
    mouse.pressed.clear()
    graded = walk.grade_prior_actions()
    assert graded >= 5
    walk.count_people()
    walk.answer_everything()
    walk.back_to_the_flag()
    walk.sign()
    spent = f"presses {mouse.presses}, letters {mouse.letters}, notches of the wheel {mouse.notches}"

    assert walk.save() == 1, "from where it was signed"
    walk.to_question(visit_walk.LOW)
    assert walk.save() == 2, "from anywhere else"
    assert walk.print_on_paper() <= 3
    _, words = read_pdf(walk.saved)
    for said in (visit_walk.SERVICE, visit_walk.LOW_NOTE, visit_walk.AUDIT, visit_walk.SHARE, visit_walk.COMMENT):
        assert said in " ".join(words.split())

    visit = officer.office.records.get(Visit, walk.uid)
    assert visit.stage is VisitStage.DRAFT
    assert visit.outcome is not None
    assert visit.outcome.value == "Requires improvement"
    all_is_as_it_was_pressed(officer.office.visiting.book(walk.uid), officer, graded)

    walk.amend()
    small = {what for what, size, _ in mouse.pressed if min(size) < FINGER and AREAS not in what}
    assert not small, "all is large enough for a finger"
    assert officer.office.visiting.version(walk.uid, 1).answer(visit_walk.LOW).rating == 2
    assert officer.office.visiting.version(walk.uid, 2).answer(visit_walk.LOW).rating == 3
    walk.leave()
    assert officer.window.bar.isVisible()
    what_changed_is_seen(walk)
    assert officer.office.checks.check().sound
    print(spent)


def all_is_as_it_was_pressed(book: VisitBook, officer: Officer, graded: int) -> None:
    grades = [book.grading(action.uid) for action in book.prior]
    assert [found.grade for found in grades] == [
        {1: PriorGrade.PARTLY, 2: PriorGrade.NOT_MET}.get(number, PriorGrade.MET) for number in range(graded)
    ]
    assert [found.reason for found in grades if found.reason] == [visit_walk.PARTLY, visit_walk.NOT_MET]
    states = [officer.office.records.get(Action, action.uid).state for action in book.prior]
    assert states.count(ActionState.VERIFIED) == graded - 2

    assert {role: found.count for role, found in book.people.items()} == {
        **visit_walk.SPOKEN,
        SpokenRole.RELATIVES: 0,
    }
    for question in book.body.questions:
        answer = book.answer(question.code)
        if question.code == visit_walk.NOT_APPLICABLE:
            assert (answer.rating, answer.not_applicable, answer.reason) == (None, True, visit_walk.WHY_NOT)
        else:
            assert answer.rating == (2 if question.code == visit_walk.LOW else 3), question.code
        assert bool(answer.flagged) == (question.code == visit_walk.FLAGGED)
    firsts = {standard.questions[0].code for standard in book.body.standards}
    assert len(firsts) == 16
    assert {book.answer(code).seen for code in firsts} == {visit_walk.NOTE}

    low = book.answer(visit_walk.LOW)
    assert low.seen == visit_walk.LOW_NOTE
    assert low.evidence == "file, observation"
    assert (low.sample_of, low.looked_at, low.population) == ("medicines charts", 2, 45)
    assert (low.method, low.codes) == (SampleMethod.RANDOM, "CP1")
    assert len(book.photos_of(visit_walk.LOW)) == 2

    (audit,), (share,) = book.actions_of(visit_walk.LOW), book.actions_of(visit_walk.PRAISED)
    assert (audit.title, audit.kind, audit.owner) == (visit_walk.AUDIT, ActionKind.CORRECTIVE, "deputy manager")
    assert (audit.due, audit.evidence_wanted) == (date(2026, 2, 16), visit_walk.EVIDENCE)
    assert (share.title, share.kind, share.owner) == (visit_walk.SHARE, ActionKind.DEVELOPMENTAL, "registered manager")
    assert (share.due, share.evidence_wanted) == (date(2026, 3, 31), "The method on paper")

    assert book.visit.comment == visit_walk.COMMENT
    for party, role in visit_walk.ROLES.items():
        signature = book.signature(party)
        assert signature.role == role
        assert (signature.strokes or "").count("]]") == len(visit_walk.STROKES)


def what_changed_is_seen(walk: Walk) -> None:
    """On the page of the visit, brought into sight by the wheel."""
    officer, mouse = walk.officer, walk.mouse
    record = officer.page.record
    assert record.uid == walk.uid
    block = record.sheet.versions
    officer.wait(lambda: len(block.versions.rows_model().all_rows()) == 2)
    for part in (block.versions, block.changes):
        mouse.reach(part)
    told = [(line.what, line.before, line.after) for line in block.changes.told]
    assert ("8.3 Doses right and recorded: rating", "Requires improvement", "Good") in told
    assert told[0] == ("Overall rating", "Requires improvement", "Good")


def test_everything_can_be_taken_back_by_mouse(at_visit: Walk) -> None:
    walk, mouse, mode = at_visit, at_visit.mouse, at_visit.mode
    session, side, question = mode.session, mode.side, mode.question
    met = next(iter(mode.prior.cards.values())).buttons[PriorGrade.MET]
    mouse.click(met)
    assert met.isChecked()
    mouse.click(met)
    assert not any(card.graded_already for card in mode.prior.cards.values())

    walk.to_question(visit_walk.LOW)
    for key in (question.keys.steps[2], question.keys.flag):
        mouse.click(key)
        mouse.click(key)
    assert session.book.answer(visit_walk.LOW).rating is None
    assert not session.book.answer(visit_walk.LOW).flagged
    mouse.click(question.keys.steps[2])
    walk.prove()
    mouse.click(side.sample.chips["CP1"])
    assert session.book.answer(visit_walk.LOW).codes is None

    # A photo: seen large, captioned, taken out, put back.
    first, second = session.book.photos_of(visit_walk.LOW)
    mouse.click(next(tile for tile in side.findChildren(PhotoTile) if tile.photo.uid == first.uid))
    viewer = walk.officer.window.findChild(PhotoViewer)
    mouse.fill(viewer.caption, "The board in unit 2")
    mouse.click(viewer.next)
    mouse.click(viewer.remove)
    mouse.click(named(viewer, ToolIcon, "Close"))
    assert [photo.caption for photo in session.book.photos_of(visit_walk.LOW)] == ["The board in unit 2"]
    mouse.click(side.taken.button)
    assert {photo.uid for photo in session.book.photos_of(visit_walk.LOW)} == {first.uid, second.uid}

    # An action: opened again, taken out, put back.
    mouse.click(named(side, type(side.cards._cards.itemAt(0).widget()), "Action: "))
    mouse.click(side.form.remove)
    assert not session.book.actions_of(visit_walk.LOW)
    mouse.click(side.taken.button)
    assert [action.title for action in session.book.actions_of(visit_walk.LOW)] == [visit_walk.AUDIT]

    # A judgement of one's own, and what was worked out again.
    mouse.click(mode.rating.working)
    sheet = walk.officer.window.findChild(RatingSheet)
    mouse.choose(sheet.rating, "3 Good")
    mouse.fill(sheet.reason, "Seen again in the afternoon")
    mouse.click(sheet.override)
    assert session.book.overrides
    mouse.click(sheet.remove)
    assert not session.book.overrides
    mouse.click(named(sheet, ToolIcon, "Close"))

    # A signature: drawn, cleared; a refusal.
    mouse.click(mode.header.finish)
    box = mode.finishing.boxes[Party.PROVIDER]
    mouse.draw(box.pad, visit_walk.STROKES)
    mouse.click(box.clear)
    assert session.book.signature(Party.PROVIDER).strokes is None
    mouse.click(box.refuses)
    mouse.fill(box.reason, "Wants to read it first")
    assert session.book.signature(Party.PROVIDER).refused
    mouse.click(box.refuses)
    assert not session.book.signature(Party.PROVIDER).refused

    # What is missing leads to where it is missing.
    gaps = mode.finishing.missing
    mouse.click_item(gaps, gaps.gaps_model.index(0))
    walk.officer.wait(lambda: mode.place != "finish")
    mouse.click(mode.header.back)
    walk.officer.wait(lambda: walk.officer.view.visits.mode is None)
    assert walk.officer.office.checks.check().sound


def test_the_hand_finds_what_is_in_the_way(at_visit: Walk) -> None:
    """The hand itself: it presses nothing that a person could not press."""
    mouse, mode, window = at_visit.mouse, at_visit.mode, at_visit.officer.window
    veil = QFrame(window)
    veil.setObjectName("veil")
    veil.resize(40, 40)
    veil.move(mode.prior.next.mapTo(window, QPoint(-20, -20)))
    veil.show()
    with pytest.raises(AssertionError, match=r"“People spoken to” is covered by QFrame “veil”"):
        mouse.click(mode.prior.next)
    veil.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    mouse.reach(mode.prior.next)
    veil.deleteLater()
    mode.prior.next.setEnabled(False)
    with pytest.raises(AssertionError, match="cannot be pressed now"):
        mouse.click(mode.prior.next)
    mode.prior.next.setEnabled(True)
    with pytest.raises(AssertionError, match="is not on show"):
        mouse.click(mode.question.next)
    mode.header.setFixedHeight(20)
    with pytest.raises(AssertionError, match="does not come into sight: VisitHeader ends before it"):
        mouse.click(mode.header.finish)
    mode.header._size()
    assert mouse.presses == 3
