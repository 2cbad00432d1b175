"""Giving an amendment up: the signed version stands as it did, whatever was done meanwhile; the history keeps it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from s75desk.domain.errors import DiskTrouble, Rejected
from s75desk.domain.records import Action, Record, Visit, VisitPhoto
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade, SpokenRole
from s75desk.domain.visits.completeness import Signing
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import history, search
from s75desk.services.office import Office
from s75desk.services.visit_content import locked_part
from tests.unit import rich_visit
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import (
    Planned,
    desk_of,
    draft_keys,
    everything,
    fails_at,
    locked_now,
    sign,
    signed_content,
    small,
)

files, signed, recorded = visit_desks.files, visit_desks.signed, visit_desks.recorded

Do = Callable[[Office, RichVisit], object]


def keep(*make: Callable[..., Record]) -> Do:
    def do(office: Office, visit: RichVisit) -> object:
        book = office.visiting.book(visit.uid)
        return office.visiting.keep(visit.uid, settled=[one(book) for one in make])

    return do


def take_out(pick: Callable[..., Record]) -> Do:
    return lambda office, visit: office.visiting.keep(visit.uid, removed=[pick(office.visiting.book(visit.uid))])


def out_and_in(office: Office, visit: RichVisit) -> None:
    photo = office.visiting.book(visit.uid).photos[0]
    office.visiting.keep(visit.uid, removed=[photo])
    office.visiting.keep(visit.uid, settled=[replace(photo, caption="Put back, and named anew")])


def twice(office: Office, visit: RichVisit) -> None:
    for rating in (2, 3):
        keep(lambda book, rating=rating: replace(book.answer("8.3"), rating=rating))(office, visit)


def sign_anew(office: Office, visit: RichVisit) -> None:
    office.visiting.keep(visit.uid, settled=visit_desks.signatures(office, visit.uid))


def archive_and_restore(office: Office, visit: RichVisit) -> None:
    office.records.archive("visit", visit.uid)
    office.records.restore("visit", visit.uid)


ANOTHER: dict[str, Any] = {
    "title": "Other words", "why": "Other words", "kind": None, "owner": "another", "due": date(2026, 9, 1),
    "evidence_wanted": "Other words", "questions": "9.1",
}  # fmt: skip
"""Everything that is said of an action at a visit, said otherwise."""

DONE: dict[str, Do] = {
    "nothing": lambda office, visit: None,
    "a rating": keep(lambda book: replace(book.answer("8.3"), rating=4, seen="Another look.")),
    "an answer that was not there": keep(lambda book: replace(book.answer("2.4"), rating=1)),
    "twice": twice,
    "all that is said of an action": keep(lambda book: replace(book.actions[0], **ANOTHER)),
    "a grade": keep(lambda book: replace(book.grading(book.prior[0].uid), grade=PriorGrade.NOT_MET, reason="Undone.")),
    "people": keep(lambda book: replace(book.spoken(SpokenRole.ADVOCATES), count=2)),
    "an override taken out": take_out(lambda book: book.override(LevelKind.STANDARD, "13")),
    "a photo taken out": take_out(lambda book: book.photos[1]),
    "a photo taken out and put back": out_and_in,
    "a photo added": lambda office, visit: office.visiting.attach(
        VisitPhoto(visit=visit.uid, question="1.1"), small("new"), small("n")
    ),
    "an action added": keep(lambda book: Action(uid="late", title="Raised late", visit=book.visit.uid)),
    "an action taken out": take_out(lambda book: book.actions[0]),
    "an action changed": keep(lambda book: replace(book.actions[0], due=date(2026, 9, 1), owner="someone else")),
    "the comment": keep(lambda book: replace(book.visit, comment="Other words.")),
    "the plan": lambda office, visit: office.records.revise(
        replace(office.records.get(Visit, visit.uid), team="three officers", days=3)
    ),
    "words half typed": lambda office, visit: office.visiting.keep(
        visit.uid, typed=[replace(office.visiting.book(visit.uid).answer("8.4"), seen="Half a sen")]
    ),
    "signatures": sign_anew,
    "put away and brought back": archive_and_restore,
}  # fmt: skip


@pytest.mark.parametrize("what", DONE)
def test_the_signed_version_stands_as_it_did(signed: Planned, what: str) -> None:
    office, visit = signed
    before, versions = office.visiting.book(visit.uid), signed_content(office, visit.uid)
    locked, plan = locked_now(office, visit.uid), office.records.get(Visit, visit.uid)
    office.visiting.amend(visit.uid, "To be sure.")
    DONE[what](office, visit)
    assert not office.visiting.book(visit.uid).locked
    changes = office.visiting.withdraw(visit.uid)
    assert (changes.label, changes.undoable) == (
        "Withdrawn: amendment of the quality visit to Fernbank House, signed version 1 stands", False,
    )  # fmt: skip
    assert signed_content(office, visit.uid) == versions
    assert locked_now(office, visit.uid) == locked
    assert office.visiting.book(visit.uid) == before
    assert office.records.get(Visit, visit.uid) == plan
    assert draft_keys(office, visit.uid) == []
    assert office.checks.check().sound
    with office.place.desk.reading() as connection:
        rows = history.of_change(connection, changes.change_id)
    assert all(row.before != row.after for row in rows), "history tells of nothing that did not change"
    with pytest.raises(Rejected, match="not being amended"):
        office.visiting.withdraw(visit.uid)


def test_the_history_keeps_what_was_done_and_taken_back(signed: Planned) -> None:
    office, visit = signed
    office.visiting.amend(visit.uid, "To be sure.")
    DONE["a rating"](office, visit)
    office.visiting.withdraw(visit.uid)
    answer = office.visiting.book(visit.uid).answer("8.3").uid
    with office.place.desk.reading() as connection:
        rows = history.of_field(connection, answer, "rating")
        assert [(row.before, row.after) for row in rows] == [("4", "1"), ("1", "4")]
        assert history.verify(connection) is None


def test_what_goes_on_beside_the_visit_is_left_as_it_is(signed: Planned) -> None:
    office, visit = signed
    action = office.visiting.book(visit.uid).actions[0]
    office.visiting.amend(visit.uid, "To be sure.")
    office.actions.mark_done(action.uid)
    keep(lambda book: replace(book.actions[0], title="Other words"))(office, visit)
    office.visiting.withdraw(visit.uid)
    now = office.records.get(Action, action.uid)
    assert (now.title, now.state) == (action.title, ActionState.DONE)


def test_a_second_version_may_be_given_up_and_a_later_one_signed(signed: Planned) -> None:
    office, visit = signed
    rich_visit.amend(office, visit)
    before = office.visiting.book(visit.uid)
    office.visiting.amend(visit.uid, "A third look.")
    DONE["a rating"](office, visit)
    office.visiting.withdraw(visit.uid)
    assert office.visiting.book(visit.uid) == before
    assert before.visit.stage is VisitStage.DRAFT
    assert before.versions[-1].number == 2
    office.visiting.amend(visit.uid, "A fourth look.")
    DONE["an answer that was not there"](office, visit)
    sign(office, visit.uid)
    book = office.visiting.book(visit.uid)
    assert [version.number for version in book.versions] == [1, 2, 3]
    assert book.answer("2.4").rating == 1
    assert office.checks.check().sound


def test_only_an_amendment_can_be_withdrawn(recorded: Planned) -> None:
    office, visit = recorded
    rows = everything(desk_of(office))
    with pytest.raises(Rejected, match="not being amended"):
        office.visiting.withdraw(visit.uid)
    assert everything(desk_of(office)) == rows
    rich_visit.finish(office, visit)
    office.visiting.amend(visit.uid, "To be sure.")
    office.records.archive("visit", visit.uid)
    with pytest.raises(Rejected, match="is archived"):
        office.visiting.withdraw(visit.uid)


def test_a_disk_that_fails_leaves_the_amendment_as_it_was(signed: Planned, monkeypatch: pytest.MonkeyPatch) -> None:
    office, visit = signed
    office.visiting.amend(visit.uid, "To be sure.")
    for what in ("a rating", "an action added", "a photo taken out"):
        DONE[what](office, visit)
    rows = everything(desk_of(office))
    tried = 0
    for time in range(1, 100):
        with monkeypatch.context() as patch:
            fails_at(patch, search, "index", [time])
            try:
                office.visiting.withdraw(visit.uid)
            except DiskTrouble:
                assert everything(desk_of(office)) == rows
                tried += 1
            else:
                break
    assert tried >= 5
    assert office.visiting.book(visit.uid).locked


def test_what_the_history_cannot_put_back_is_not_withdrawn(signed: Planned) -> None:
    """Another program wrote to the desk behind its history: nothing is half taken back."""
    office, visit = signed
    office.visiting.amend(visit.uid, "To be sure.")
    answer = office.visiting.book(visit.uid).answer("8.3").uid
    with office.place.desk.writing() as connection:
        connection.exec_driver_sql("UPDATE visit_answer SET rating = 4 WHERE uid = ?", (answer,))
    rows = everything(desk_of(office))
    with pytest.raises(Rejected, match="Not withdrawn: not everything can be put back"):
        office.visiting.withdraw(visit.uid)
    assert everything(desk_of(office)) == rows


def test_signatures_stand_again_and_the_content_is_the_one_that_was_signed(signed: Planned) -> None:
    office, visit = signed
    office.visiting.amend(visit.uid, "To be sure.")
    DONE["signatures"](office, visit)
    office.visiting.withdraw(visit.uid)
    book = office.visiting.book(visit.uid)
    assert {party: book.signing(party) for party in Party} == dict.fromkeys(Party, Signing.SIGNED)
    ((_, _, data),) = signed_content(office, visit.uid)
    assert locked_part(json.loads(data))["signatures"][0]["strokes"]
