"""A question set with questions stays as it is: no way in changes it, and it goes and comes only as a whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.records import QuestionSet, Standard
from s75desk.domain.records.visit import SetState
from s75desk.models.repository import Repository
from s75desk.services.office import Office
from s75desk.services.question_set_file import content_hash
from s75desk.services.set_lock import FIXED


@pytest.fixture
def house(office: Office) -> str:
    """Uid of the house set in an otherwise empty desk."""
    return office.question_sets.house().uid


def standards_of(office: Office, uid: str, *, archived: bool = False) -> list[Standard]:
    with office.place.desk.reading() as connection:
        return Repository(connection).all(Standard, question_set=uid, order=("number",), archived=archived)


@pytest.mark.parametrize("name", sorted(FIXED))
def test_what_its_content_says_is_not_changed(office: Office, house: str, name: str) -> None:
    before = office.records.get(QuestionSet, house)
    with pytest.raises(Rejected, match="stays as it is") as caught:
        office.records.revise(replace(before, **{name: "something else"}))
    assert caught.value.field == name
    with pytest.raises(Rejected):
        office.records.revise(replace(before, **{name: None if name != "title" else ""}))
    assert office.records.get(QuestionSet, house) == before


def test_whether_it_is_in_use_and_notes_about_it_may_change(office: Office, house: str) -> None:
    before = office.records.get(QuestionSet, house)
    made = office.records.revise(replace(before, state=SetState.RETIRED, note="Until the autumn."))
    assert office.records.get(QuestionSet, house).state is SetState.RETIRED
    office.records.undo(made.change_id)
    assert office.records.get(QuestionSet, house) == before


def test_a_set_without_questions_is_given_none(office: Office, house: str) -> None:
    content = office.records.get(QuestionSet, house).content
    uid = office.records.create(QuestionSet(title="Paper", version="1")).uid
    with pytest.raises(Rejected):
        office.records.revise(QuestionSet(uid=uid, title="Paper", version="1", content=content))


def test_its_standards_are_neither_added_changed_moved_nor_archived(office: Office, house: str) -> None:
    paper = office.records.create(QuestionSet(title="Paper", version="1")).uid
    own = office.records.create(Standard(question_set=paper, number=1, title="Own")).uid
    before = standards_of(office, house)
    first = before[0]
    attempts: dict[str, Callable[[], Any]] = {
        "added": lambda: office.records.create(Standard(question_set=house, number=17, title="More")),
        "changed": lambda: office.records.revise(replace(first, weight=first.weight + 1)),
        "moved away": lambda: office.records.revise(replace(first, question_set=paper)),
        "moved in": lambda: office.records.revise(replace(office.records.get(Standard, own), question_set=house)),
        "archived": lambda: office.records.archive("standard", first.uid),
    }
    for what, attempt in attempts.items():
        with pytest.raises(Rejected, match="its list of standards stays as it is"):
            attempt()
        assert standards_of(office, house) == before, what
    office.records.archive("standard", own)


def test_it_is_archived_restored_and_undone_only_as_a_whole(office: Office) -> None:
    loaded = office.question_sets.house()
    before = standards_of(office, loaded.uid)
    gone = office.records.archive("question_set", loaded.uid)
    assert standards_of(office, loaded.uid) == []
    with pytest.raises(Rejected):
        office.records.restore("standard", before[0].uid)
    back = office.records.restore("question_set", loaded.uid)
    assert standards_of(office, loaded.uid) == before
    office.records.undo(back.change_id)
    assert standards_of(office, loaded.uid) == []
    office.records.undo(gone.change_id)
    assert standards_of(office, loaded.uid) == before
    undone = office.records.undo(loaded.change_id)
    assert standards_of(office, loaded.uid) == []
    office.records.undo(undone.change_id)
    assert standards_of(office, loaded.uid) == before


def test_its_standards_are_not_copied_into_a_version_without_questions(office: Office, house: str) -> None:
    source = office.records.get(QuestionSet, house)
    with pytest.raises(Rejected, match="has questions, which cannot be edited here"):
        office.question_sets.enter_version(replace(source, uid="", version="2", content=None), house)
    assert [row.version for row in office.question_sets.rows()] == ["1"]


def test_a_version_is_taken_in_once(office: Office, house: str) -> None:
    with pytest.raises(Rejected, match="House standards, version 1, is in this desk already"):
        office.question_sets.house()


def test_a_desk_is_made_ready_for_planning_once_and_quietly(office: Office) -> None:
    made = office.question_sets.ready()
    assert made.label == "Added: House standards, version 1"
    assert len(made.touched) == 17
    again = office.question_sets.ready()
    assert (again.touched, again.change_id) == (frozenset(), "")
    (row,) = office.question_sets.rows()
    found = office.records.get(QuestionSet, row.uid)
    body = office.question_sets.body(row.uid)
    assert body is not None
    assert found.content == content_hash(body)
    office.records.revise(replace(found, state=SetState.RETIRED))
    assert office.question_sets.ready().touched == frozenset(), "what was retired on purpose stays so"


def test_the_page_of_a_set_has_its_questions(office: Office, house: str) -> None:
    paper = office.records.create(QuestionSet(title="Paper", version="1")).uid
    page = office.question_sets.page(house)
    assert page.body is office.question_sets.body(house), "read once"
    assert page.house_is_here
    assert page.status.sentence == "In use since 2 February 2026. Its questions are fixed. No visit has it yet."
    assert office.question_sets.page(paper).body is None
    assert {row.title: row.with_questions for row in office.question_sets.rows()} == {
        "House standards": True, "Paper": False,
    }  # fmt: skip
    office.records.archive("question_set", house)
    assert office.question_sets.page(paper).house_is_here, "it waits in the archive"


def test_a_set_and_its_standards_may_be_taken_in_one_after_the_other_in_one_change(office: Office, house: str) -> None:
    source = office.records.get(QuestionSet, house)
    with office.place.change("Taken in") as change:
        made = change.create(replace(source, uid="", version="2"))
        change.create(Standard(question_set=made.uid, number=1, title="Own"))
    assert [one.title for one in standards_of(office, made.uid)] == ["Own"]
    with pytest.raises(Rejected, match="stays as it is"):
        office.records.create(Standard(question_set=made.uid, number=2, title="More"))
