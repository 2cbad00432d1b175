"""Making a visit: started, opened again, kept as it is typed; all of a thing is in the desk or none of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from s75desk.domain.errors import DeskError, DiskTrouble, NotFound, Rejected
from s75desk.domain.records import (
    Action,
    QuestionSet,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitPhoto,
)
from s75desk.domain.records.action import ActionState
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import ONE_EACH, PriorGrade, SpokenRole
from s75desk.domain.visits.rule import LevelKind
from s75desk.models import blobs, drafts, history, search, settings
from s75desk.services import visiting
from s75desk.services.office import Office
from s75desk.services.question_sets import house_set
from s75desk.services.visit_left_open import OPEN, left_open
from tests.unit.record_help import TODAY, WHO
from tests.unit.rich_visit import RichVisit
from tests.unit.services import visit_desks
from tests.unit.services.visit_desks import (
    Planned,
    changes_of,
    desk_of,
    draft_keys,
    everything,
    fails_at,
    history_length,
    setting,
    sign,
    small,
)

files, planned, recorded, signed = visit_desks.files, visit_desks.planned, visit_desks.recorded, visit_desks.signed


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


# --- keeping ---------------------------------------------------------------------------------------------------------


def test_what_is_settled_becomes_a_record_with_its_history_and_its_draft_goes(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    answer = replace(office.visiting.book(visit.uid).answer("8.3"), seen="Two ch")
    office.visiting.keep(visit.uid, typed=[answer])
    assert draft_keys(office, visit.uid) == [answer.uid]
    whole = replace(answer, seen="Two charts read.", rating=2)
    changes = office.visiting.keep(visit.uid, settled=[whole])
    assert office.records.get(VisitAnswer, answer.uid) == whole
    assert draft_keys(office, visit.uid) == []
    assert (changes.label, changes.undoable) == ("At the visit: question 8.3", False)
    assert changes.touched == {("visit_answer", answer.uid)}
    assert changes_of(office, answer.uid) == [changes.change_id]
    lines = office.records.history("visit_answer", answer.uid)
    assert [line.who for line in lines] == [WHO] * len(lines)


def test_what_is_typed_is_a_draft_and_leaves_no_history(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    before, book = history_length(office), office.visiting.book(visit.uid)
    words = "Two charts read."
    for end in range(1, len(words) + 1):
        changes = office.visiting.keep(visit.uid, typed=[replace(book.answer("8.3"), seen=words[:end])])
        assert (changes.touched, changes.change_id) == (frozenset(), "")
    assert history_length(office) == before
    assert "8.3" not in office.visiting.book(visit.uid).answers
    assert office.visiting.open(visit.uid).book.answer("8.3").seen == words


def test_only_what_differs_goes_into_the_history(recorded: Planned) -> None:
    office, visit = recorded
    answer = office.visiting.book(visit.uid).answer("8.3")
    before = history_length(office)
    assert office.visiting.keep(visit.uid, settled=[answer]).change_id == ""
    assert history_length(office) == before
    office.visiting.keep(visit.uid, settled=[replace(answer, rating=2, flagged=True)])
    assert history_length(office) == before + 2


def test_every_kind_of_record_is_kept(recorded: Planned) -> None:
    """The rich visit holds one of each; it comes back from the file as it was put in."""
    office, visit = recorded
    book = office.visiting.open(visit.uid).book
    assert {type(record) for record in book.records()} >= {VisitAnswer, Visit, Action, VisitPhoto}
    assert book.answer("8.3").codes == "CP1, CP2, CP7"
    assert book.spoken(SpokenRole.CARE).count == 4
    assert book.override(LevelKind.STANDARD, "13").rating == 2
    assert [photo.number for photo in book.photos] == [1, 2, 3]
    assert [action.uid for action in book.actions] == ["action-1", "action-2", "action-3"]
    assert [book.grading(uid).grade for uid in visit.prior] == [PriorGrade.MET, PriorGrade.PARTLY, PriorGrade.NOT_MET]
    assert (
        book.visit.comment == "We accept the finding on medicines. The night drill was already planned for 12 February."
    )


def test_of_a_visit_only_the_comment_is_taken(recorded: Planned) -> None:
    office, visit = recorded
    plan = office.records.get(Visit, visit.uid)
    told = replace(plan, comment=None, no_comment=True, team="nobody", stage=VisitStage.FINAL, planned=date(1999, 1, 1))
    changes = office.visiting.keep(visit.uid, settled=[told])
    assert office.records.get(Visit, visit.uid) == replace(plan, comment=None, no_comment=True)
    assert changes.label == "At the visit: the provider’s comment"


def test_what_is_removed_is_archived_with_its_draft_and_can_be_put_back(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    action, photo = book.actions[0], book.photos[0]
    override = book.override(LevelKind.STANDARD, "13")
    office.visiting.keep(visit.uid, typed=[replace(action, title="Check every ch")])
    changes = office.visiting.keep(visit.uid, removed=[action, photo, override])
    assert changes.label == "At the visit: question 8.3, action and override"
    left = office.visiting.open(visit.uid)
    assert left.unsettled == ()
    assert left.book == book.without(action).without(photo).without(override)
    for record in (action, photo, override):
        assert office.records.get(type(record), record.uid).archived_at is not None
    office.visiting.keep(visit.uid, removed=[action])
    assert changes_of(office, action.uid)[0] == changes.change_id, "what is gone is not taken out again"
    office.visiting.keep(visit.uid, settled=[replace(override, rating=1), action, photo])
    again = office.visiting.book(visit.uid)
    assert again.photos == book.photos
    assert again.actions == book.actions
    assert again.override(LevelKind.STANDARD, "13") == replace(override, rating=1)


def test_what_was_never_kept_can_be_removed(recorded: Planned) -> None:
    office, visit = recorded
    typed = Action(uid="typed", title="Aud", visit=visit.uid, service=visit.service)
    office.visiting.keep(visit.uid, typed=[typed])
    before = history_length(office)
    changes = office.visiting.keep(visit.uid, removed=[typed])
    assert (changes.touched, draft_keys(office, visit.uid)) == (frozenset(), [])
    assert history_length(office) == before
    with pytest.raises(NotFound):
        office.records.get(Action, "typed")


def test_the_place_is_kept_alone_or_with_anything(recorded: Planned) -> None:
    office, visit = recorded
    answer = office.visiting.book(visit.uid).answer("8.3")
    assert office.visiting.open(visit.uid).place == ""
    for place, rest in (
        ("8.3", {}),
        ("people", {"typed": [replace(answer, seen="x")]}),
        ("finish", {"settled": [replace(answer, seen="y")]}),
        ("8.4", {"removed": [office.visiting.book(visit.uid).photos[0]]}),
    ):
        office.visiting.keep(visit.uid, place=place, **rest)
        assert office.visiting.open(visit.uid).place == place
    office.visiting.keep(visit.uid, settled=[answer])
    assert office.visiting.open(visit.uid).place == "8.4"
    office.visiting.keep(visit.uid, place="")
    assert office.visiting.open(visit.uid).place == ""


def test_an_action_without_words_stays_a_draft_and_never_becomes_a_record(recorded: Planned) -> None:
    office, visit = recorded
    blank = Action(uid="blank", title="  ", owner="manager", visit=visit.uid, service=visit.service)
    before = history_length(office)
    for put in ({"settled": [blank]}, {"typed": [blank]}):
        assert office.visiting.keep(visit.uid, **put).change_id == ""
        assert draft_keys(office, visit.uid) == ["blank"]
    answer = office.visiting.book(visit.uid).answer("8.3")
    office.visiting.keep(visit.uid, settled=[blank, replace(answer, rating=3)])
    assert history_length(office) == before + 1
    with pytest.raises(NotFound):
        office.records.get(Action, "blank")
    assert office.visiting.open(visit.uid).book.actions[-1] == blank
    office.visiting.keep(visit.uid, settled=[replace(blank, title="Audit")])
    assert office.records.get(Action, "blank").owner == "manager"
    assert draft_keys(office, visit.uid) == []


def test_an_action_whose_words_are_rubbed_out_keeps_the_words_it_had_on_record(recorded: Planned) -> None:
    office, visit = recorded
    action = office.visiting.book(visit.uid).actions[0]
    office.visiting.keep(visit.uid, settled=[replace(action, title="")])
    assert office.records.get(Action, action.uid) == action
    assert office.visiting.open(visit.uid).book.actions[0].title == ""
    with pytest.raises(Rejected, match="An action without words"):
        sign(office, visit.uid)
    assert office.visiting.book(visit.uid).versions == ()


@pytest.mark.parametrize(
    ("module", "name", "at"),
    [(drafts, "drop", 3), (drafts, "keep", 1), (settings, "put", 1), (search, "index", 4), (history, "append", 1)],
)
def test_a_failure_half_way_leaves_nothing(
    recorded: Planned, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int
) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    typed = [replace(book.answer(code), seen="being typed") for code in ("1.1", "1.2", "1.3")]
    office.visiting.keep(visit.uid, typed=typed)
    before = everything(desk_of(office))
    settled: list[Record] = [
        *(replace(answer, rating=1, seen="settled") for answer in typed),
        Action(uid="new", title="Audit", visit=visit.uid, service=visit.service),
    ]
    calls = fails_at(monkeypatch, module, name, [at])
    with pytest.raises(DiskTrouble):
        office.visiting.keep(
            visit.uid,
            settled,
            [replace(book.answer("2.1"), seen="more")],
            [book.photos[0], book.actions[0]],
            "2.1",
        )
    assert calls[-1] == at
    assert everything(desk_of(office)) == before
    monkeypatch.undo()
    office.visiting.keep(
        visit.uid, settled, [replace(book.answer("2.1"), seen="more")], [book.photos[0], book.actions[0]], "2.1"
    )
    after = office.visiting.open(visit.uid)
    assert [one.seen for one in (after.book.answer("1.1"), after.book.answer("2.1"))] == ["settled", "more"]
    assert [action.uid for action in after.book.actions] == ["action-2", "action-3", "new"]


def test_a_record_of_another_visit_is_a_mistake_of_ours_and_nothing_is_written(recorded: Planned) -> None:
    office, visit = recorded
    other = office.records.create(replace(office.records.get(Visit, visit.uid), uid="")).uid
    book, theirs = office.visiting.book(visit.uid), office.visiting.book(other)
    before = everything(desk_of(office))
    own = replace(book.answer("1.1"), rating=1)
    moved = replace(book.answer("8.3"), visit=other)
    for uid, put in (
        (visit.uid, {"settled": [own, theirs.answer("8.3")]}),
        (visit.uid, {"typed": [theirs.answer("8.3")]}),
        (visit.uid, {"removed": [VisitPhoto(uid="p", visit=other)]}),
        (visit.uid, {"settled": [own, theirs.visit]}),
        (visit.uid, {"settled": [own, Action(uid="x", title="Of nobody")]}),
        (other, {"settled": [moved]}),
        (other, {"removed": [replace(book.photos[0], visit=other)]}),
    ):
        with pytest.raises(ValueError, match="is not of this visit"):
            office.visiting.keep(uid, **put)
    assert everything(desk_of(office)) == before


def test_nothing_is_kept_of_a_visit_that_is_archived_or_not_there(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    photo = VisitPhoto(uid="late", visit=visit.uid, question="8.3")
    office.records.archive("visit", visit.uid)
    before = everything(desk_of(office))
    for do in (
        lambda: office.visiting.keep(visit.uid, settled=[replace(book.answer("8.3"), rating=4)]),
        lambda: office.visiting.keep(visit.uid, typed=[replace(book.answer("8.3"), seen="x")]),
        lambda: office.visiting.keep(visit.uid, removed=[book.photos[0]]),
        lambda: office.visiting.attach(photo, b"picture", b"small"),
        lambda: office.visiting.finish(visit.uid),
        lambda: office.visiting.amend(visit.uid, "A reason."),
    ):
        with pytest.raises(Rejected, match="This quality visit is archived"):
            do()
    for do in (
        lambda: office.visiting.finish("gone"),
        lambda: office.visiting.amend("gone", "A reason."),
        lambda: office.visiting.attach(replace(photo, visit="gone"), b"picture", b"small"),
        lambda: office.visiting.keep("gone", typed=[VisitAnswer(uid="u", visit="gone", question="8.3")]),
    ):
        with pytest.raises(NotFound):
            do()
    assert everything(desk_of(office)) == before


def test_an_archived_visit_is_read_with_all_that_went_with_it(recorded: Planned) -> None:
    office, visit = recorded
    book = office.visiting.book(visit.uid)
    office.visiting.keep(visit.uid, removed=[book.photos[0]])
    left = office.visiting.book(visit.uid)
    office.records.archive("visit", visit.uid)
    archived = office.visiting.book(visit.uid)
    assert [photo.uid for photo in archived.photos] == [photo.uid for photo in left.photos]
    assert {code: answer.rating for code, answer in archived.answers.items()} == {
        code: answer.rating for code, answer in left.answers.items()
    }
    office.records.restore("visit", visit.uid)
    assert office.visiting.book(visit.uid) == left


# --- photos ----------------------------------------------------------------------------------------------------------


def test_a_photo_is_kept_with_its_pictures_and_a_number(recorded: Planned) -> None:
    office, visit = recorded
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3", wide=8, high=6, caption="Trolley\0")
    changes = office.visiting.attach(photo, small("large"), small("s"))
    kept = office.records.get(VisitPhoto, "new")
    assert (kept.number, kept.size, kept.question, kept.caption) == (4, len(small("large")), "8.3", "Trolley")
    assert office.visiting.picture(kept.sha256 or "") == small("large")
    assert office.visiting.open(visit.uid).thumbnails[kept.thumbnail or ""] == small("s")
    assert (changes.label, changes.undoable, changes.uid) == ("Added a photo", False, "new")
    office.visiting.keep(visit.uid, removed=[kept])
    office.visiting.attach(replace(photo, uid="newer"), small("large"), small("s"))
    assert office.records.get(VisitPhoto, "newer").number == 5, "a number that was given is not given again"
    assert office.checks.check().sound


def test_a_photo_that_is_there_is_not_added_again(recorded: Planned) -> None:
    """After trouble nobody knows whether it was kept: adding it once more must do no harm."""
    office, visit = recorded
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3")
    office.visiting.attach(photo, small("large"), small("s"))
    before = everything(desk_of(office))
    assert office.visiting.attach(photo, small("large"), small("s")).touched == frozenset()
    assert everything(desk_of(office)) == before


@pytest.mark.parametrize(("module", "name", "at"), [(blobs, "put", 1), (blobs, "put", 2), (history, "append", 1)])
def test_a_photo_is_kept_whole_or_not_at_all(
    recorded: Planned, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int
) -> None:
    office, visit = recorded
    before = everything(desk_of(office))
    fails_at(monkeypatch, module, name, [at])
    photo = VisitPhoto(uid="new", visit=visit.uid, question="8.3")
    with pytest.raises(DiskTrouble):
        office.visiting.attach(photo, small("large"), small("s"))
    assert everything(desk_of(office)) == before
    office.visiting.attach(photo, small("large"), small("s"))
    assert office.records.get(VisitPhoto, "new").number == 4


def test_a_picture_that_is_not_there_is_told_in_words(planned: Planned) -> None:
    with pytest.raises(NotFound, match="That photo is not in this desk"):
        planned[0].visiting.picture("0" * 64)


def test_a_file_that_cannot_be_read_or_is_too_large_is_refused_in_words(
    planned: Planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, _ = planned
    with pytest.raises(DeskError, match=r"^Not added: gone\.jpg cannot be read\."):
        office.visiting.read_photo(tmp_path / "gone.jpg")
    (tmp_path / "big.jpg").write_bytes(small())
    monkeypatch.setattr(visiting, "MOST_PHOTO_BYTES", len(small()) - 1)
    with pytest.raises(DeskError, match=r"^Not added: big\.jpg is larger than"):
        office.visiting.read_photo(tmp_path / "big.jpg")


# --- actions ---------------------------------------------------------------------------------------------------------


def test_an_action_raised_at_a_visit_is_among_the_actions_and_on_the_provider_at_once(planned: Planned) -> None:
    office, visit = planned
    office.visiting.start(visit.uid)
    provider = office.records.get(Service, visit.service).provider
    action = Action(
        uid="new", title="Audit charts weekly", owner="manager", due=date(2026, 3, 1), raised=TODAY,
        provider=provider, service=visit.service, visit=visit.uid, questions="8.3",
    )  # fmt: skip
    changes = office.visiting.keep(visit.uid, settled=[action])
    assert ("action", "new") in changes.touched
    row = next(row for row in office.actions.rows() if row.uid == "new")
    assert (row.title, row.owner, row.due, row.open) == ("Audit charts weekly", "manager", date(2026, 3, 1), True)
    assert "Fernbank House" in row.about
    assert "new" in {one.uid for one in office.providers.page(provider).open_actions}
    page = office.actions.page("new")
    assert page.visit is not None
    assert page.visit.uid == visit.uid
    assert any(hit.uid == "new" for hit in office.finder.find("audit charts"))
    office.visiting.keep(visit.uid, removed=[action])
    assert "new" not in {row.uid for row in office.actions.rows()}
    assert "new" not in {one.uid for one in office.providers.page(provider).open_actions}
