"""A visit is started, left and opened again, with all that belongs to it and one record for each thing."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image

from s75desk.domain.errors import DeskError, NotFound, Rejected
from s75desk.domain.records import Action, QuestionSet, Record, Service, Visit
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import ONE_EACH, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import settings
from s75desk.services.office import Office
from s75desk.services.question_sets import house_set
from s75desk.services.visit_left_open import OPEN, left_open
from tests.unit.record_help import TODAY
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import Planned, desk_of, draft_keys, everything, setting, sign

files, planned, recorded = visit_desks.files, visit_desks.planned, visit_desks.recorded


# --- starting and leaving --------------------------------------------------------------------------------------------


def test_starting_notes_that_a_visit_is_under_way(planned: Planned) -> None:
    office, visit = planned
    changes = office.visiting.start(visit.uid)
    assert changes.label == "Started: quality visit to Fernbank House"
    assert ("visit", visit.uid) in changes.touched
    assert office.records.get(Visit, visit.uid).stage is VisitStage.UNDER_WAY
    assert setting(office, OPEN) == visit.uid == left_open(office.place)


def test_starting_twice_changes_nothing_the_second_time(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    before = everything(desk_of(office))
    again = office.visiting.start(visit.uid)
    assert (again.touched, again.change_id, again.undoable) == (frozenset(), "", False)
    assert everything(desk_of(office)) == before


def test_a_start_that_was_undone_is_made_again_and_what_was_being_typed_stays(planned: Planned) -> None:
    office, visit = planned
    started = office.visiting.start(visit.uid)
    book = office.visiting.book(visit.uid)
    left_out = sorted(book.answers)
    assert len(left_out) >= 2
    typed = replace(book.answer(left_out[0]), not_applicable=None, reason=None, seen="They do this one after all.")
    office.records.undo(started.change_id)
    assert office.visiting.book(visit.uid).answers == {}
    office.visiting.keep(visit.uid, typed=[typed])
    office.visiting.start(visit.uid)
    again = office.visiting.book(visit.uid)
    assert again.visit.stage is VisitStage.UNDER_WAY
    assert again.answers == book.answers
    assert office.visiting.open(visit.uid).book.answer(left_out[0]) == typed


def test_a_visit_that_is_past_is_only_opened(planned: Planned) -> None:
    office, visit = planned
    for stage in (VisitStage.DRAFT, VisitStage.FINAL, VisitStage.CANCELLED):
        office.records.revise(replace(office.records.get(Visit, visit.uid), stage=stage))
        office.visiting.start(visit.uid)
        assert office.records.get(Visit, visit.uid).stage is stage
        assert office.visiting.book(visit.uid).answers == {}


@pytest.mark.parametrize("kind", [None, *ServiceType])
def test_questions_not_meant_for_the_type_of_service_do_not_apply_and_say_why(
    planned: Planned, kind: ServiceType | None
) -> None:
    office, visit = planned
    office.records.revise(replace(office.records.get(Service, visit.service), type=kind))
    office.visiting.start(visit.uid)
    book = office.visiting.open(visit.uid).book
    left_out = {q.code for q in book.body.questions if kind is not None and q.settings and kind not in q.settings}
    assert set(book.answers) == left_out
    for answer in book.answers.values():
        assert (answer.not_applicable, answer.rating) == (True, None)
        assert answer.reason == (
            f"{book.body.heading}, does not ask this of a service of this type: {kind.value if kind else ''}."
        )
    assert draft_keys(office, visit.uid) == []


def test_what_cannot_be_started(planned: Planned) -> None:
    office, visit = planned
    with pytest.raises(NotFound, match="That quality visit is not in this desk"):
        office.visiting.start("gone")
    bare = office.records.create(QuestionSet(title="Only standards", version="1")).uid
    listed = office.records.create(Visit(service=visit.service, planned=TODAY, question_set=bare)).uid
    none = office.records.create(Visit(service=visit.service, planned=TODAY)).uid
    before = everything(desk_of(office))
    for uid, words in ((listed, "Only standards, version 1, lists its standards"), (none, "has no question set")):
        with pytest.raises(DeskError, match=words) as told:
            office.visiting.start(uid)
        assert told.value.remedy
    assert everything(desk_of(office)) == before
    office.records.archive("visit", visit.uid)
    with pytest.raises(Rejected, match=r"This quality visit is archived\. Restore it first\."):
        office.visiting.start(visit.uid)
    assert left_open(office.place) == ""


def test_leaving_is_of_the_visit_that_is_open(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    office.visiting.leave("another")
    assert left_open(office.place) == visit.uid
    office.records.archive("visit", visit.uid)
    assert left_open(office.place) == ""
    office.records.restore("visit", visit.uid)
    assert left_open(office.place) == visit.uid
    office.visiting.leave(visit.uid)
    assert left_open(office.place) == ""


def test_a_visit_of_another_desk_is_not_left_open(planned: Planned) -> None:
    office, _ = planned
    with office.place.desk.writing() as connection:
        settings.put(connection, OPEN, "gone")
    assert left_open(office.place) == ""


# --- opening ---------------------------------------------------------------------------------------------------------


def test_what_cannot_be_opened(planned: Planned) -> None:
    office, visit = planned
    for read in (office.visiting.open, office.visiting.book):
        with pytest.raises(NotFound, match="That quality visit is not in this desk"):
            read("gone")
    none = office.records.create(Visit(service=visit.service, planned=TODAY)).uid
    with pytest.raises(DeskError, match="This visit has no question set"):
        office.visiting.open(none)


def test_actions_from_before_come_with_a_visit_the_soonest_due_first(planned: Planned) -> None:
    office, visit = planned
    provider = office.records.get(Service, visit.service).provider
    other = office.records.create(Service(provider=provider, name="The other house")).uid
    of_ours = office.records.create(Action(title="Not dated, said to be done", service=visit.service)).uid
    office.actions.mark_done(of_ours)
    of_provider = office.records.create(
        Action(title="Of the whole company", provider=provider, due=date(2025, 10, 1))
    ).uid
    unknown = office.records.create(
        Action(title="Nobody knows how far", service=visit.service, state=None, due=date(2024, 1, 1))
    ).uid
    both = office.records.create(
        Action(title="Of both", service=visit.service, provider=provider, due=date(2025, 10, 2))
    ).uid
    for left in (
        Action(title="Seen to be done", service=visit.service, state=ActionState.VERIFIED),
        Action(title="Withdrawn", service=visit.service, state=ActionState.WITHDRAWN),
        Action(title="Of another house", service=other),
        Action(title="Of another house of the company", service=other, provider=provider),
        Action(title="Raised here", service=visit.service, visit=visit.uid),
    ):
        office.records.create(left)
    gone = office.records.create(Action(title="Archived", service=visit.service)).uid
    office.records.archive("action", gone)
    found = office.visiting.open(visit.uid).book.prior
    first, second, third = visit.prior
    assert [action.uid for action in found] == [unknown, first, of_provider, both, second, third, of_ours]


def test_an_action_that_this_visit_has_graded_stays_with_it(recorded: Planned) -> None:
    office, visit = recorded
    for uid in visit.prior[:2]:
        office.actions.mark_done(uid)
        office.actions.verify(uid)
    assert [action.uid for action in office.visiting.open(visit.uid).book.prior] == list(visit.prior)


def answered_before(
    office: Office, visit: RichVisit, made: date, question_set: str | None = None, **answers: int | None
) -> str:
    """An earlier visit to the same service with some answers; "n" for one that does not apply."""
    chosen = question_set or office.records.get(Visit, visit.uid).question_set
    uid = office.records.create(
        Visit(service=visit.service, planned=made, made=made, stage=VisitStage.FINAL, question_set=chosen)
    ).uid
    book = office.visiting.book(uid)
    office.visiting.keep(
        uid,
        settled=[
            replace(book.answer(name.removeprefix("q").replace("_", ".")), rating=value, seen=f"Seen on {made}.")
            for name, value in answers.items()
        ],
    )
    return uid


def test_the_answers_of_the_last_visit_come_with_it(planned: Planned) -> None:
    office, visit = planned
    assert office.visiting.open(visit.uid).book.last == {}
    answered_before(office, visit, date(2024, 5, 1), q8_3=1, q1_1=4)
    last = answered_before(office, visit, date(2025, 5, 1), q8_3=2)
    answered_before(office, visit, date(2025, 9, 1))
    answered_before(office, visit, date(2026, 5, 1), q8_3=4)
    book = office.visiting.book(last)
    office.visiting.keep(
        last,
        settled=[
            replace(book.answer("8.4"), not_applicable=True, reason="Nobody needs it."),
            replace(book.answer("8.5"), flagged=True),
        ],
    )
    found = office.visiting.open(visit.uid).book.last
    assert {code: (one.made, one.rating, one.word, one.seen) for code, one in found.items()} == {
        "8.3": (date(2025, 5, 1), 2, "Requires improvement", "Seen on 2025-05-01."),
        "8.4": (date(2025, 5, 1), None, "Not applicable", ""),
        "8.5": (date(2025, 5, 1), None, "Not looked at", ""),
    }
    office.records.archive("visit", last)
    assert office.visiting.open(visit.uid).book.last["8.3"].made == date(2024, 5, 1)


def test_an_answer_to_another_question_of_the_same_code_is_not_the_last_answer(planned: Planned) -> None:
    office, visit = planned
    office.question_sets.load(replace(house_set(), title="Standards of another council"))
    office.question_sets.load(replace(house_set(), version="0.9"))
    sets = {(row.title, row.version): row.uid for row in office.question_sets.rows()}
    answered_before(office, visit, date(2024, 5, 1), sets[house_set().title, "0.9"], q8_3=1)
    answered_before(office, visit, date(2025, 5, 1), sets["Standards of another council", "1"], q8_3=4)
    last = office.visiting.open(visit.uid).book.last
    assert (last["8.3"].made, last["8.3"].rating) == (date(2024, 5, 1), 1)


def test_an_earlier_visit_whose_questions_are_gone_keeps_none_from_being_opened(planned: Planned) -> None:
    office, visit = planned
    last = answered_before(office, visit, date(2025, 5, 1), q8_3=2)
    assert office.visiting.open(visit.uid).book.last
    with office.place.desk.writing() as connection:  # as another program would leave it
        connection.exec_driver_sql("UPDATE visit SET question_set = NULL WHERE uid = ?", (last,))
    assert office.visiting.open(visit.uid).book.last == {}


def test_a_visit_with_answers_keeps_its_question_set(recorded: Planned) -> None:
    office, visit = recorded
    plan = office.records.get(Visit, visit.uid)
    with office.place.change("Loaded") as change:
        from_house = change.records.get(QuestionSet, plan.question_set or "")
        assert from_house is not None
        other = change.create(replace(from_house, uid="", version="99")).uid
    before = everything(desk_of(office))
    for chosen in (other, None):
        with pytest.raises(Rejected, match="This visit has answers to the questions of its set") as told:
            office.records.revise(replace(plan, question_set=chosen))
        assert told.value.field == "question_set"
    assert everything(desk_of(office)) == before
    office.records.revise(replace(plan, team="three officers"))
    fresh = office.records.create(Visit(service=visit.service, planned=TODAY, question_set=plan.question_set)).uid
    office.records.revise(replace(office.records.get(Visit, fresh), question_set=other))
    assert office.records.get(Visit, fresh).question_set == other


@pytest.mark.parametrize("what", ["an answer", "an override"])
def test_one_answer_or_one_override_is_enough_to_keep_the_set(planned: Planned, what: str) -> None:
    office, visit = planned
    book = office.visiting.book(visit.uid)
    override = replace(book.override(LevelKind.OVERALL, ""), rating=2, reason="Seen.")
    office.visiting.keep(visit.uid, settled=[override if "over" in what else replace(book.answer("8.3"), rating=2)])
    plan = office.records.get(Visit, visit.uid)
    with pytest.raises(Rejected, match="This visit has answers to the questions of its set"):
        office.records.revise(replace(plan, question_set=None))
    assert office.records.get(Visit, visit.uid) == plan


def test_an_override_of_the_whole_is_one_thing_whether_its_code_is_empty_or_not_known(planned: Planned) -> None:
    office, visit = planned
    override = replace(office.visiting.book(visit.uid).override(LevelKind.OVERALL, ""), rating=2, reason="Seen.")
    office.visiting.keep(visit.uid, settled=[override])
    with pytest.raises(Rejected, match=r"This visit has an override for that already\."):
        office.records.create(replace(override, uid="", code=""))
    spoken = replace(office.visiting.book(visit.uid).spoken(SpokenRole.CARE), count=2)
    office.visiting.keep(visit.uid, settled=[spoken])
    with pytest.raises(Rejected, match=r"This visit has people spoken to for that already\."):
        office.records.create(replace(spoken, uid=""))


@pytest.mark.parametrize("kind", [cls.KIND for cls in ONE_EACH])
def test_a_visit_has_one_record_for_each_thing(recorded: Planned, kind: str) -> None:
    office, visit = recorded
    sign(office, visit.uid, finish=False)
    held = next(record for record in office.visiting.book(visit.uid).records() if kind == record.KIND)
    about = ONE_EACH[type(held)][0]
    before = everything(desk_of(office))
    with pytest.raises(Rejected, match="for that already"):
        office.records.create(replace(held, uid=""))
    if kind != "visit_answer":
        with pytest.raises(Rejected, match="is needed"):
            office.records.create(replace(held, uid="", **{about: None}))
    assert everything(desk_of(office)) == before


def test_what_was_being_typed_stands_in_the_book_that_is_opened(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.open(visit.uid).book
    typed: list[Record] = [
        replace(book.answer("2.4"), seen="Half a sent"),
        replace(book.visit, comment="We acc", stage=VisitStage.FINAL),
        Action(uid="typed", title="", owner="manager", visit=visit.uid, service=visit.service),
    ]
    office.visiting.keep(visit.uid, typed=typed, place="2.4")
    found = office.visiting.open(visit.uid)
    assert {record.uid for record in found.unsettled} == {record.uid for record in typed}
    assert found.book.answer("2.4") == typed[0]
    assert found.book.visit == replace(book.visit, comment="We acc")
    assert found.book.actions == (*book.actions, typed[2])
    assert office.visiting.book(visit.uid) == book, "what is typed is not recorded"
    assert found.place == "2.4"
    assert set(found.thumbnails) == {photo.thumbnail for photo in book.photos}
    assert all(Image.open(io.BytesIO(data)).size == (120, 90) for data in found.thumbnails.values())


def test_what_a_form_of_the_plan_was_being_told_is_no_draft_of_visit_mode(planned: Planned) -> None:
    """A form keeps what was typed as it was typed: "3 Feb" is no date yet."""
    office, visit = planned
    office.records.keep_draft("visit", visit.uid, "", {"planned": "3 Feb", "team": "tw"})
    office.visiting.start(visit.uid)
    found = office.visiting.open(visit.uid)
    assert found.unsettled == ()
    office.visiting.keep(visit.uid, typed=[replace(found.book.visit, comment="Kind")])
    draft = office.records.draft("visit", visit.uid, "")
    assert draft is not None
    assert dict(draft.typed) == {"planned": "3 Feb", "team": "tw"}
    assert office.visiting.open(visit.uid).book.visit.comment == "Kind"
