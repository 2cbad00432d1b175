"""Amending a signed visit: version 1 stays, version 2 stands beside it, and what follows is what has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.errors import NotFound, Rejected
from s75desk.domain.records import Action, Provider, Rating, Service, Visit, VisitSignature
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import RatingScheme
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party, PriorGrade
from s75desk.domain.visits.book import uid_for
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from tests.unit import rich_visit
from tests.unit.record_help import TODAY
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import Planned, sign, signed_content

files, recorded, signed = visit_desks.files, visit_desks.recorded, visit_desks.signed


def test_amending_needs_a_reason_and_a_signed_visit(recorded: Planned) -> None:
    office, visit = recorded
    with pytest.raises(Rejected, match="This visit is not signed"):
        office.visiting.amend(visit.uid, "A typing mistake.")
    rich_visit.finish(office, visit)
    for words in ("", "  \n"):
        with pytest.raises(Rejected, match="Say why it is amended") as told:
            office.visiting.amend(visit.uid, words)
        assert told.value.field == "because"
    office.visiting.amend(visit.uid, " A typing mistake. ")
    with pytest.raises(Rejected, match="This visit is not signed"):
        office.visiting.amend(visit.uid, "Another.")


def test_amending_opens_a_visit_and_keeps_what_was_signed(signed: Planned) -> None:
    office, visit = signed
    before, book = signed_content(office, visit.uid), office.visiting.book(visit.uid)
    changes = office.visiting.amend(visit.uid, "The chart was found.")
    assert (changes.label, changes.undoable) == (
        "Amending: quality visit to Fernbank House, signed version 1 is kept", False,
    )  # fmt: skip
    opened_again = office.visiting.book(visit.uid)
    assert not opened_again.locked
    assert (opened_again.visit.amends, opened_again.visit.amended_because) == (1, "The chart was found.")
    assert opened_again.visit.stage is VisitStage.UNDER_WAY
    for party in Party:
        assert opened_again.signature(party) == VisitSignature(
            uid=book.signature(party).uid, visit=visit.uid, party=party, role=book.signature(party).role
        )
    assert replace(opened_again, visit=book.visit, signatures=book.signatures) == book
    assert signed_content(office, visit.uid) == before
    with pytest.raises(Rejected, match="2 things missing: Officer’s signature and Provider’s signature"):
        office.visiting.finish(visit.uid)


def test_the_second_version_stands_beside_the_first(signed: Planned) -> None:
    office, visit = signed
    first = signed_content(office, visit.uid)
    said = office.visiting.version(visit.uid, 1)
    rich_visit.amend(office, visit)
    assert signed_content(office, visit.uid)[0] == first[0]
    assert office.visiting.version(visit.uid, 1) == said, "version 1 says what version 1 said"
    second = office.visiting.version(visit.uid, 2)
    assert (said.answer("8.3").rating, second.answer("8.3").rating) == (1, 2)
    assert [len(one.actions) for one in (said, second)] == [3, 4]
    book = office.visiting.book(visit.uid)
    assert book.locked
    assert [(one.number, one.because) for one in book.versions] == [
        (1, None),
        (2, "The clinical lead sent the chart that was missing on the day."),
    ]
    assert (book.visit.amends, book.visit.amended_because, book.visit.made) == (None, None, TODAY)
    with office.place.desk.reading() as connection:
        ours = Repository(connection).all(Rating, service=visit.service, scheme=RatingScheme.OURS)
    assert [rating.value for rating in ours] == [book.visit.outcome], "one assessment a visit, as it now stands"
    assert office.checks.check().sound


def test_two_versions_are_compared_field_by_field(signed: Planned) -> None:
    office, visit = signed
    rich_visit.amend(office, visit)
    found = {one.path: (one.before, one.after) for one in office.visiting.compare(visit.uid, 1, 2)}
    book = office.visiting.book(visit.uid)
    eight = uid_for(visit.uid, "answer", "8.3")
    new = uid_for(visit.uid, "answer", "2.4")
    assert found["answers", eight, "rating"] == ("1", "2")
    assert found["answers", eight, "looked_at"] == ("9", "10")
    assert found["answers", new, "rating"] == (None, "3")
    assert found["actions", "action-1", "due"] == ("2026-02-10", "2026-02-17")
    assert found["actions", "action-4", "title"] == (None, "Audit medicines every month")
    recorded_paths = {path[:3] for path in found if path[0] not in ("rating", "because")}
    assert {path[:2] for path in recorded_paths} == {
        ("answers", eight), ("answers", new), ("actions", "action-1"), ("actions", "action-4"),
        *(("signatures", book.signature(party).uid) for party in Party),  # given for what it says now
    }  # fmt: skip
    backwards = {one.path: (one.after, one.before) for one in office.visiting.compare(visit.uid, 2, 1)}
    assert backwards == found
    assert office.visiting.compare(visit.uid, 2, 2) == ()


def test_what_lives_on_after_signing_changes_no_version(signed: Planned) -> None:
    office, visit = signed
    said = office.visiting.version(visit.uid, 1)
    service = office.records.get(Service, visit.service)
    office.records.revise(replace(service, name="Under another name"))
    office.records.revise(replace(office.records.get(Provider, service.provider), name="Sold"))
    office.actions.mark_done("action-1")
    office.records.archive("action", "action-2")
    office.records.create(Action(title="Raised later", visit=visit.uid, service=visit.service))
    assert office.visiting.version(visit.uid, 1) == said
    assert said.name == "Fernbank House"


def test_versions_that_are_not_there(signed: Planned) -> None:
    office, visit = signed
    for ask in (
        lambda: office.visiting.version(visit.uid, 2),
        lambda: office.visiting.version("gone", 1),
        lambda: office.visiting.compare(visit.uid, 1, 2),
    ):
        with pytest.raises(NotFound, match="of this visit is not in this desk"):
            ask()


def regrade(office: Office, visit: RichVisit, grade: PriorGrade, which: int, because: str = "Looked at again.") -> None:
    """Amend the visit and sign it with another grade of one old action."""
    office.visiting.amend(visit.uid, because)
    grading = office.visiting.book(visit.uid).grading(visit.prior[which])
    office.visiting.keep(visit.uid, settled=[replace(grading, grade=grade, reason="Seen again.")])
    sign(office, visit.uid)


def test_an_amended_grade_moves_the_action_again(signed: Planned) -> None:
    office, visit = signed
    met, partly, _ = visit.prior
    regrade(office, visit, PriorGrade.NOT_MET, 0)
    action = office.records.get(Action, met)
    assert (action.state, action.done, action.verified, action.verified_by) == (ActionState.OPEN, None, None, None)
    regrade(office, visit, PriorGrade.MET, 1)
    assert office.records.get(Action, partly).state is ActionState.VERIFIED
    assert office.records.get(Action, met).state is ActionState.OPEN


def test_amending_something_else_leaves_what_was_done_since_the_visit(signed: Planned) -> None:
    """An action that was not met on the day, and was done and verified afterwards, is not open because of a typo."""
    office, visit = signed
    met, partly, not_met = visit.prior
    for uid in (partly, not_met):
        office.actions.mark_done(uid)
    office.actions.verify(not_met)
    office.actions.reopen(met)
    before = {uid: office.records.get(Action, uid) for uid in visit.prior}
    office.visiting.amend(visit.uid, "A typing mistake.")
    answer = office.visiting.book(visit.uid).answer("8.3")
    office.visiting.keep(visit.uid, settled=[replace(answer, seen="One letter.")])
    sign(office, visit.uid)
    assert {uid: office.records.get(Action, uid) for uid in visit.prior} == before


def test_an_assessment_follows_the_amended_visit(signed: Planned) -> None:
    office, visit = signed
    uid = uid_for(visit.uid, "assessment")
    office.records.revise(replace(office.records.get(Rating, uid), note="Read out at the board."))
    office.records.archive("rating", uid)
    office.visiting.amend(visit.uid, "It was made the day before.")
    office.records.revise(replace(office.records.get(Visit, visit.uid), made=date(2026, 2, 1)))
    book = office.visiting.book(visit.uid)
    nothing = [
        replace(book.answer(q.code), rating=None, not_applicable=True, reason="Closed.") for q in book.body.questions
    ]
    office.visiting.keep(visit.uid, settled=nothing)
    sign(office, visit.uid)
    rating = office.records.get(Rating, uid)
    assert (rating.value, rating.published, rating.archived_at) == (
        office.records.get(Visit, visit.uid).outcome, date(2026, 2, 1), None,
    )  # fmt: skip
    assert rating.note == "Read out at the board."


def test_the_history_tells_of_an_amendment_in_words(signed: Planned) -> None:
    """That it is over is what the change is called; fingerprints are no words."""
    office, visit = signed
    rich_visit.amend(office, visit)
    lines = office.records.history(Visit.KIND, visit.uid)
    told = [(line.field, line.before, line.after) for line in lines]
    assert [line for line in told if line[0] == "Amends version"] == [("Amends version", "", "1")]
    (because,) = [line for line in told if line[0] == "Why it is amended"]
    assert because[2] == "The clinical lead sent the chart that was missing on the day."
    assert not [line for line in told if "ingerprint of what was signed" in line[0]]
    assert any(line.label.startswith("Signed: quality visit") for line in lines)
