"""The content of a visit: one text for one visit, a book again from it, and differences that name what was changed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from s75desk.domain.records import (
    KINDS,
    Action,
    PeopleSpoken,
    PriorGrading,
    Sourced,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.visits.book import LastAnswer, VisitBook
from s75desk.domain.visits.differences import Turn, differences
from s75desk.domain.visits.rating import Rater
from s75desk.services.visit_content import (
    book_of,
    content_of,
    fields_of,
    fingerprint_of,
    locked_part,
    record_of,
    text_of,
)
from tests.unit.domain.visits.book_help import PRIOR_KEPT, SET_CONTENT, VISIT, books, filled, plans, written
from tests.unit.domain.visits.redone_by_hand import redo
from tests.unit.domain.visits.visit_help import area, question, question_set, standard
from tests.unit.record_help import any_record

R = TypeVar("R", bound=Sourced)

FEW = settings(max_examples=50)
"""For laws over books, whose drawing takes its time."""

PART = {
    Visit.KIND: "visit",
    VisitAnswer.KIND: "answers",
    VisitOverride.KIND: "overrides",
    PeopleSpoken.KIND: "people",
    PriorGrading.KIND: "gradings",
    VisitPhoto.KIND: "photos",
    Action.KIND: "actions",
    VisitSignature.KIND: "signatures",
}
STANDING = {"stage": None, "outcome": None, "amends": None, "amended_because": None}
"""Where a visit stands is no part of what was found."""


def content(book: VisitBook) -> dict[str, Any]:
    return content_of(book, book.rate(Rater(book.body)))


def without_rating(book: VisitBook) -> dict[str, Any]:
    """What was recorded, without what follows from it."""
    return {name: part for name, part in content(book).items() if name != "rating"}


BY_KEY = ("answers", "overrides", "people", "gradings", "signatures")
IN_ORDER = ("photos", "actions")


def unmarked(record: R) -> R:
    """A record without what is said of its note: whether that prints is no part of what was found."""
    return replace(record, known=None, private=None, inferred=None)


def held(book: VisitBook) -> VisitBook:
    """What a content holds of a book, said once more."""
    names = ("uid", *PRIOR_KEPT)
    book = replace(
        book,
        service=unmarked(book.service) if book.service else None,
        provider=unmarked(book.provider) if book.provider else None,
        **{name: {key: unmarked(one) for key, one in getattr(book, name).items()} for name in BY_KEY},
        **{name: tuple(unmarked(one) for one in getattr(book, name)) for name in IN_ORDER},
    )
    return replace(
        book,
        visit=replace(unmarked(book.visit), **(STANDING | {"stage": VisitStage.PLANNED})),
        prior=tuple(
            Action(state=None, private=None, **{name: getattr(action, name) for name in names}) for action in book.prior
        ),
        versions=(),
        last={},
    )


# --- one text -----------------------------------------------------------------------------------------------------


@FEW
@given(plans(), st.data())
def test_the_same_visit_gives_the_same_text_in_whatever_order_it_was_recorded(
    plan: VisitBook, data: st.DataObject
) -> None:
    found = data.draw(written(plan.body))
    plain = shuffled = plan
    for record in found:
        plain = plain.holding(record)
    actions = iter([record for record in found if isinstance(record, Action)])
    for record in data.draw(st.permutations(found)):
        # Actions are told in the order in which they were raised: that order is part of what is said.
        shuffled = shuffled.holding(next(actions) if isinstance(record, Action) else record)
    assert text_of(content(shuffled)) == text_of(content(plain))


@FEW
@given(books())
def test_the_text_is_canonical(book: VisitBook) -> None:
    text = text_of(content(book))
    assert text_of(json.loads(text)) == text
    assert json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")) == text
    assert fingerprint_of(content(book)) == hashlib.sha256(text.encode()).hexdigest()
    assert text.encode().decode() == text


@FEW
@given(books(), st.data())
def test_where_a_visit_stands_is_no_part_of_what_was_found(book: VisitBook, data: st.DataObject) -> None:
    before = text_of(locked_part(content(book)))
    moved = replace(
        book,
        visit=replace(
            book.visit,
            stage=data.draw(st.sampled_from(list(VisitStage))),
            outcome=data.draw(st.none() | st.sampled_from(list(RatingValue))),
            amends=data.draw(st.none() | st.integers(1, 9)),
            amended_because=data.draw(st.none() | st.text(min_size=1, max_size=5)),
        ),
        last={"1.1": LastAnswer(date(2025, 1, 1), 1, "Poor", "")},
    )
    assert text_of(locked_part(content(moved))) == before


@FEW
@given(books())
def test_what_is_empty_and_what_is_not_known_is_one(book: VisitBook) -> None:
    emptied = book
    for record in book.records():
        texts = {
            name: ""
            for name, field in record.fields().items()
            if field.type.value in ("text", "long text") and getattr(record, name) is None
        }
        emptied = emptied.holding(replace(record, **texts)) if texts else emptied
    assert text_of(content(emptied)) == text_of(content(book))


# --- a book again -------------------------------------------------------------------------------------------------


@given(books())
@settings(max_examples=80)
def test_a_book_made_from_its_content_holds_the_same(book: VisitBook) -> None:
    text = text_of(content(book))
    again = book_of(json.loads(text), book.body)
    assert again == held(book)
    assert again.rate(Rater(book.body)) == book.rate(Rater(book.body))
    assert again.facts() == replace(book.facts(), prior=again.facts().prior)
    assert [(one.uid, one.grade, one.reason) for one in again.facts().prior] == [
        (one.uid, one.grade, one.reason) for one in book.facts().prior
    ]
    # The reason why it amends stands beside the visit, which is signed without it.
    assert text_of(content(again)) == text


@pytest.mark.parametrize("kind", list(KINDS))
@settings(max_examples=8)
@given(st.data())
def test_a_record_is_the_same_after_writing_and_reading(kind: str, data: st.DataObject) -> None:
    cls = KINDS[kind]
    record = replace(data.draw(any_record(cls, {name: f"{name}-1" for name in KINDS})), uid="uid-1")
    if isinstance(record, Visit):
        record = replace(record, **(STANDING | {"stage": VisitStage.PLANNED}))
    record = unmarked(record)
    as_text = fields_of(record)
    assert all(isinstance(value, str) and value for value in as_text.values())
    again = record_of(cls, json.loads(json.dumps(as_text)))
    assert again == record_of(cls, as_text)
    # What is empty is not known, and what is not known is not what a new record has instead.
    emptied = {
        name: None for name, field in record.fields().items() if getattr(record, name) == "" and not field.required
    }
    assert again == replace(record, **emptied)


def test_what_a_later_version_of_the_program_added_is_passed_over() -> None:
    book = VisitBook(Visit(uid=VISIT), question_set(area("A", standard("1", question("1.1")))), SET_CONTENT)
    book = book.holding(replace(book.answer("1.1"), rating=3, seen="Kind and unhurried."))
    later = json.loads(text_of(content(book)))
    later["weather"] = "rain"
    later["visit"]["weather"] = "rain"
    later["answers"][0]["mood"] = "calm"
    assert book_of(later, book.body) == held(book)


@FEW
@given(books())
def test_the_rating_in_the_content_is_what_its_working_gives(book: VisitBook) -> None:
    """What is signed as the rating can be redone by hand from the printed working."""
    rating = book.rate(Rater(book.body))
    told = content(book)["rating"]
    for levels, kept in (
        ((rating.overall,), [told["overall"]]),
        (rating.areas, told["areas"]),
        (rating.standards, told["standards"]),
    ):
        for level, one in zip(levels, kept, strict=True):
            redone = redo(level.working)
            assert (one["code"], one["title"]) == (level.code, level.title)
            assert (one["worked_out"], one["word"]) == (redone.worked_out, redone.final)


# --- differences --------------------------------------------------------------------------------------------------


@FEW
@given(books(), st.data())
def test_differences_name_exactly_what_was_changed(book: VisitBook, data: st.DataObject) -> None:
    changed, expected = book, {}
    for record in data.draw(st.lists(st.sampled_from(list(book.records())), max_size=3, unique_by=lambda r: r.uid)):
        other = data.draw(filled(record))
        before, after = fields_of(record), fields_of(other)
        path = (PART[record.KIND],) if isinstance(record, Visit) else (PART[record.KIND], record.uid)
        for name in {*before, *after}:
            if before.get(name) != after.get(name):
                expected[*path, name] = (before.get(name), after.get(name))
        changed = changed.holding(other)
    found = differences(without_rating(book), without_rating(changed))
    assert {one.path: (one.before, one.after) for one in found} == expected
    assert len(found) == len(expected)
    backwards = differences(without_rating(changed), without_rating(book))
    assert {one.path: (one.after, one.before) for one in backwards} == expected
    assert (text_of(without_rating(book)) == text_of(without_rating(changed))) is not bool(expected)


@FEW
@given(books(), st.data())
def test_what_is_put_in_or_taken_out_is_told_field_by_field(book: VisitBook, data: st.DataObject) -> None:
    there = [*book.photos, *book.actions, *book.overrides.values()]
    assume(there)
    record = data.draw(st.sampled_from(there))
    path, left = (PART[record.KIND], record.uid), book.without(record)
    expected = {(*path, name): value for name, value in fields_of(record).items()}
    added = differences(without_rating(left), without_rating(book))
    assert {one.path: one.after for one in added} == expected
    assert {one.turn for one in added} == {Turn.ADDED}
    gone = differences(without_rating(book), without_rating(left))
    assert {one.path: one.before for one in gone} == expected
    assert {one.turn for one in gone} == {Turn.REMOVED}


# --- what is locked -----------------------------------------------------------------------------------------------


@FEW
@given(books())
def test_every_part_of_a_visit_is_locked_but_what_lives_on(book: VisitBook) -> None:
    whole = content(book)
    lives_on = {"format", "question_set", "because", "service", "provider", "prior", "actions", "rating"}
    assert set(locked_part(whole)) == set(whole) - lives_on == set(PART.values()) - {"actions"}
    assert all(locked_part(whole)[name] == whole[name] for name in locked_part(whole))
