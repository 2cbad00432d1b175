"""The book of a visit: one place for each thing, putting in and taking out, and what finishing and rating see of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.findings import Weight
from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
    VisitVersion,
)
from s75desk.domain.records.provider import ServiceType
from s75desk.domain.records.visit_work import Party, PriorGrade, RatedLevel, SpokenRole
from s75desk.domain.visits.answers import Answer, AnswerState, Override
from s75desk.domain.visits.book import (
    VisitBook,
    codes_of,
    evidence_of,
    questions_of,
    said,
    sample_of,
    signing,
    uid_for,
    writable,
)
from s75desk.domain.visits.completeness import Gap, Signing, missing
from s75desk.domain.visits.question_set import EvidenceSource
from s75desk.domain.visits.rating import Rater
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.visits.sample import Sample, SampleMethod, sample_findings
from tests.unit.domain.visits.book_help import VISIT, books, plans, written
from tests.unit.domain.visits.visit_help import area, question, question_set, standard

BODY = question_set(
    area(
        "A",
        standard("1", question("1.1", critical=True), question("1.2")),
        standard("2", question("2.1"), question("2.2")),
    ),
    area("B", standard("3", question("3.1"))),
)
SIGNED = datetime(2026, 2, 3, 11, tzinfo=UTC)
FEW = settings(max_examples=40)
"""For laws that a handful of books would show broken; drawing a book takes its time."""


@pytest.fixture
def book() -> VisitBook:
    return VisitBook(Visit(uid=VISIT, service="service-1"), BODY)


def uids(book: VisitBook) -> dict[str, str]:
    """Every uid that a book gives to what there is only one of, by what it stands for."""
    found = {f"answer {code}": book.answer(code).uid for code in ("8.3", "8", "3", "OVERALL", "", "a/b", "ä")}
    found |= {f"grade {action}": book.grading(action).uid for action in ("8.3", "action-1", "")}
    found |= {f"spoken {role}": book.spoken(role).uid for role in SpokenRole}
    found |= {f"signed {party}": book.signature(party).uid for party in Party}
    for level in LevelKind:
        found |= {f"override {level} {code}": book.override(level, code).uid for code in ("8.3", "8", "", "a/b")}
    return found


def test_what_there_is_only_one_of_has_a_uid_of_its_own(book: VisitBook) -> None:
    other = replace(book, visit=replace(book.visit, uid="5a75de5c-7777-4000-8000-000000000002"))
    mine, theirs = uids(book), uids(other)
    assert len(set(mine.values()) | set(theirs.values())) == len(mine) + len(theirs)
    assert uids(book) == mine, "the same thing has the same uid every time"


@given(st.lists(st.tuples(st.uuids(version=4).map(str), st.text(min_size=1)), min_size=2, max_size=8, unique=True))
def test_no_two_visits_or_questions_share_a_uid(pairs: list[tuple[str, str]]) -> None:
    made = {uid_for(visit, "answer", code) for visit, code in pairs}
    assert len(made) == len(pairs)


def test_the_uids_of_kept_records_stay_what_they_are() -> None:
    """They lie in every desk: with another way to make them, an answer that is there would be written a second time."""
    assert uid_for(VISIT, "answer", "8.3") == "7eefcf9a-0e7c-59c4-8c5b-5fef08be3130"
    assert uid_for(VISIT, "version", "1") == "9b8283e3-8260-51a1-9b9c-ec00825a084a"


# --- putting in and taking out ------------------------------------------------------------------------------------


@FEW
@given(books(), st.data())
def test_what_is_put_in_twice_is_there_once(book: VisitBook, data: st.DataObject) -> None:
    again = data.draw(st.sampled_from(list(book.records())))
    held = book.holding(again)
    assert held == book
    assert [record.uid for record in held.records()] == [record.uid for record in book.records()]


@FEW
@given(plans(), st.data())
def test_putting_in_changes_one_record_and_no_other(plan: VisitBook, data: st.DataObject) -> None:
    found = data.draw(written(plan.body))
    before = plan
    for record in found:
        after = before.holding(record)
        there = {one.uid: one for one in before.records()}
        assert {one.uid: one for one in after.records()} == there | {record.uid: record}
        before = after
    assert {one.uid for one in before.records()} == {plan.visit.uid} | {record.uid for record in found}
    assert replace(before, visit=plan.visit, answers={}, overrides={}, people={}, photos=(), actions=()) == replace(
        plan, signatures=before.signatures
    )


@FEW
@given(plans(), st.data())
def test_taking_out_what_was_put_in_gives_back_what_was_there(plan: VisitBook, data: st.DataObject) -> None:
    book = plan
    for record in data.draw(written(plan.body)):
        if isinstance(record, (VisitPhoto, Action, VisitOverride)):
            assert book.holding(record).without(record) == book
            assert book.without(record) == book, "what is not there cannot be taken out"
        book = book.holding(record)


@FEW
@given(books())
def test_what_is_taken_out_is_gone_and_the_rest_is_in_order(book: VisitBook) -> None:
    for record in (*book.photos, *book.actions, *book.overrides.values()):
        left = [one for one in book.records() if one.uid != record.uid]
        assert list(book.without(record).records()) == left


@FEW
@given(books(), st.data())
def test_a_changed_photo_or_action_keeps_its_place(book: VisitBook, data: st.DataObject) -> None:
    for photo in book.photos:
        changed = book.holding(replace(photo, caption=data.draw(st.text(max_size=5))))
        assert [one.uid for one in changed.photos] == [one.uid for one in book.photos]
    for action in book.actions:
        changed = book.holding(replace(action, title=data.draw(st.text(max_size=5))))
        assert [one.uid for one in changed.actions] == [one.uid for one in book.actions]


def test_only_what_belongs_to_a_visit_goes_in_or_out(book: VisitBook) -> None:
    strangers: list[Record] = [
        Service(uid="s"),
        VisitVersion(uid="v", visit=VISIT),
        PeopleSpoken(uid="p", visit=VISIT),
        VisitSignature(uid="g", visit=VISIT),
        VisitOverride(uid="o", visit=VISIT),
    ]
    for stranger in strangers:
        with pytest.raises(TypeError, match="does not belong into a visit"):
            book.holding(stranger)
    for fixed in (book.visit, book.answer("1.1"), book.grading("a"), book.spoken(SpokenRole.CARE)):
        with pytest.raises(TypeError, match="is not taken out of a visit"):
            book.without(fixed)


def test_an_empty_record_stands_where_there_is_none_and_is_not_kept(book: VisitBook) -> None:
    assert book.answer("1.1") == VisitAnswer(uid=uid_for(VISIT, "answer", "1.1"), visit=VISIT, question="1.1")
    assert book.grading("a") == PriorGrading(uid=uid_for(VISIT, "grade", "a"), visit=VISIT, action="a")
    role, party = SpokenRole.NURSES, Party.OFFICER
    assert book.spoken(role) == PeopleSpoken(uid=uid_for(VISIT, "spoken", role), visit=VISIT, role=role)
    assert book.signature(party) == VisitSignature(uid=uid_for(VISIT, "signed", party), visit=VISIT, party=party)
    override = book.override(LevelKind.AREA, "A")
    assert (override.level, override.code, override.rating) == (RatedLevel.AREA, "A", None)
    assert book.override(LevelKind.OVERALL, "").code is None, "what is empty is kept as not known"
    assert list(book.records()) == [book.visit]
    held = book.holding(replace(book.answer("1.1"), rating=2))
    assert held.answer("1.1").rating == 2
    assert held.holding(replace(override, rating=1)).override(LevelKind.AREA, "A").rating == 1


def test_photos_and_actions_are_found_by_their_question(book: VisitBook) -> None:
    photos = [VisitPhoto(uid=f"p{n}", visit=VISIT, question=code) for n, code in enumerate(("1.1", "2.1", "1.1"))]
    actions = [
        Action(uid="a1", title="x", questions="1.1, 2.1"),
        Action(uid="a2", title="y", questions="11.1"),
        Action(uid="a3", title="z"),
    ]
    for record in (*photos, *actions):
        book = book.holding(record)
    assert [photo.uid for photo in book.photos_of("1.1")] == ["p0", "p2"]
    assert [action.uid for action in book.actions_of("1.1")] == ["a1"]
    assert [action.uid for action in book.actions_of("2.1")] == ["a1"]
    assert book.actions_of("1") == ()


def test_a_visit_is_locked_from_its_signing_until_that_version_is_amended(book: VisitBook) -> None:
    assert not book.locked
    first = replace(book, versions=(VisitVersion(uid="v1", visit=VISIT, number=1),))
    assert first.locked
    amended = replace(first, visit=replace(book.visit, amends=1))
    assert not amended.locked
    second = replace(amended, versions=(*first.versions, VisitVersion(uid="v2", visit=VISIT, number=2)))
    assert second.locked, "what says that it amends an older version is not open"
    assert not replace(book, visit=replace(book.visit, amends=1)).locked


def test_a_question_is_asked_where_it_is_meant_for_the_type_of_service(book: VisitBook) -> None:
    of_homes = replace(BODY.question("1.1"), settings=(ServiceType.NURSING_HOME,))
    assert book.name == "Service not known"
    assert book.asked(of_homes), "a type that is not known leaves nothing out"
    home = replace(book, service=Service(uid="s", name="Fernbank", type=ServiceType.NURSING_HOME))
    assert home.name == "Fernbank"
    assert home.asked(of_homes)
    elsewhere = next(kind for kind in ServiceType if kind is not ServiceType.NURSING_HOME)
    assert not replace(book, service=Service(uid="s", type=elsewhere)).asked(of_homes)


# --- how things are kept as text ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [(None, ()), ("", ()), (" , ,", ()), ("CP1", ("CP1",)), ("CP1,CP2 , CP1", ("CP1", "CP2", "CP1"))],
)
def test_codes_are_read_from_a_line(text: str | None, codes: tuple[str, ...]) -> None:
    assert codes_of(text) == codes
    assert questions_of(Action(questions=text)) == codes


def test_evidence_comes_in_the_order_of_the_buttons() -> None:
    every = ", ".join(reversed([source.value for source in EvidenceSource]))
    assert evidence_of(VisitAnswer(evidence=every)) == tuple(EvidenceSource)
    assert evidence_of(VisitAnswer(evidence="hearsay, file,staff")) == (EvidenceSource.FILE, EvidenceSource.STAFF)
    assert evidence_of(VisitAnswer()) == ()


@pytest.mark.parametrize(
    ("answer", "sample"),
    [
        (VisitAnswer(), None),
        (VisitAnswer(sample_of="  "), None),
        (VisitAnswer(sample_of="charts"), Sample("charts")),
        (VisitAnswer(population=0), Sample(population=0)),
        (VisitAnswer(looked_at=2, population=45), Sample(population=45, looked_at=2)),
        (VisitAnswer(method=SampleMethod.ALL), Sample(method=SampleMethod.ALL)),
        (VisitAnswer(codes="CP1, CP2"), Sample(codes=("CP1", "CP2"))),
    ],
)
def test_a_sample_is_there_as_soon_as_anything_of_it_is(answer: VisitAnswer, sample: Sample | None) -> None:
    assert sample_of(answer) == sample


@pytest.mark.parametrize(
    ("signature", "state"),
    [
        (None, Signing.OPEN),
        (VisitSignature(), Signing.OPEN),
        (VisitSignature(role="manager"), Signing.OPEN),
        (VisitSignature(strokes="[[[1,1]]]"), Signing.OPEN),
        (VisitSignature(signed=SIGNED), Signing.OPEN),
        (VisitSignature(strokes="[[[1,1]]]", signed=SIGNED), Signing.SIGNED),
        (VisitSignature(refused=True), Signing.REFUSED),
        (VisitSignature(refused=True, strokes="[[[1,1]]]", signed=SIGNED), Signing.REFUSED),
        (VisitSignature(refused=False, strokes="[[[1,1]]]", signed=SIGNED), Signing.SIGNED),
    ],
)
def test_who_has_signed(signature: VisitSignature | None, state: Signing) -> None:
    assert signing(signature) is state


@given(st.text(st.characters(codec=None, categories=None), max_size=30))
def test_words_that_no_file_can_hold_become_words_that_any_can(words: str) -> None:
    answer = VisitAnswer(uid="u", visit=VISIT, question="1.1", seen=words, reason=None, rating=3)
    kept = writable(answer)
    assert kept.seen is not None
    assert kept.seen.encode("utf-8").decode() == kept.seen
    assert "\0" not in kept.seen
    assert kept.seen == "".join("\ufffd" if "\ud800" <= sign <= "\udfff" else sign for sign in words if sign != "\0")
    assert replace(kept, seen=words) == answer
    assert writable(kept) is kept


def test_a_chosen_word_stays_the_choice_that_it_is() -> None:
    spoken = PeopleSpoken(uid="u", visit=VISIT, role=SpokenRole.CARE, note="half \ud83e of a sign")
    assert writable(spoken).role is SpokenRole.CARE


# --- what rating and finishing see --------------------------------------------------------------------------------


def test_a_rating_counts_for_more_than_a_mark_that_it_does_not_apply() -> None:
    both = VisitAnswer(question="1.1", rating=2, not_applicable=True, reason="Nobody here needs it.", flagged=True)
    assert said(both) == Answer("1.1", 2, not_applicable=False, reason="Nobody here needs it.", flagged=True)
    assert said(replace(both, rating=None)).state is AnswerState.NOT_APPLICABLE
    assert said(VisitAnswer(question="1.1")) == Answer("1.1")


@FEW
@given(books(), st.data())
def test_what_another_question_set_left_behind_never_counts(book: VisitBook, data: st.DataObject) -> None:
    """The set of a visit that is under way may be changed: answers of the old one stay, and stop nothing."""
    rater = Rater(book.body)
    plain = book.rate(rater)
    top = book.body.scale.top
    free = [q.code for q in book.body.questions if book.answer(q.code).rating is None]
    left = book.holding(VisitAnswer(uid="left", visit=VISIT, question="99.9", rating=4))
    for code in free[:1]:
        left = left.holding(replace(book.answer(code), rating=data.draw(st.integers(top + 1, 9)), not_applicable=None))
        plain = book.holding(replace(book.answer(code), not_applicable=None)).rate(rater)
    elsewhere = [(LevelKind.STANDARD, "99"), (LevelKind.AREA, "99"), (LevelKind.OVERALL, "99")]
    for level, code in (*elsewhere, (LevelKind.OVERALL, "")):
        if (level, code) not in book.overrides:
            off = top + 1 if code == "" else 1
            left = left.holding(replace(book.override(level, code), rating=off, reason="Seen on the day."))
    assert left.rate(rater) == plain
    assert {gap.target for gap in missing(left.facts()) if gap.gap is Gap.QUESTION} <= {
        question.code for question in book.body.questions
    }


@FEW
@given(books())
def test_only_overrides_with_a_rating_and_a_reason_count(book: VisitBook) -> None:
    top = book.body.scale.top
    complete = {
        Override(place[0], place[1], one.rating, one.reason)
        for place, one in book.overrides.items()
        if one.rating and one.rating <= top and (one.reason or "").strip()
    }
    assert set(book.put()) == complete
    assert book.rate(Rater(book.body)) == Rater(book.body).rate(book.given(), complete)


@given(books())
def test_the_facts_say_what_the_records_say(book: VisitBook) -> None:
    for shown in (book, both_sign(book)):
        blocking = {(gap.gap, gap.target) for gap in missing(shown.facts()) if gap.blocks}
        assert blocking == set(kept_open(shown))
    facts = book.facts()
    assert {code: (answer.rating, answer.flagged) for code, answer in facts.answers.items()} == {
        code: (answer.rating, bool(answer.flagged)) for code, answer in book.answers.items()
    }
    assert facts.noted == {code for code, answer in book.answers.items() if (answer.seen or "").strip()}
    assert facts.samples == {code: sample_of(one) for code, one in book.answers.items() if sample_of(one) is not None}
    assert facts.people == {role.value: one.count or 0 for role, one in book.people.items()}
    assert (facts.comment, facts.no_comment) == (book.visit.comment or "", bool(book.visit.no_comment))
    assert [action.uid for action in facts.prior] == [action.uid for action in book.prior]
    assert [(action.uid, action.questions) for action in facts.actions] == [
        (action.uid, questions_of(action)) for action in book.actions
    ]


def both_sign(book: VisitBook) -> VisitBook:
    for signature in book.signatures.values():
        book = book.holding(replace(book, signatures={}).stamped(signature))
    return book


def gave(book: VisitBook, signature: VisitSignature) -> bool:
    """Whether a party has signed, and what the book says."""
    assert signature.party is not None
    drawn = signature.strokes and signature.signed
    return bool(drawn) and signature.content == book.signed_for(signature.party)


def kept_open(book: VisitBook) -> list[tuple[Gap, str]]:
    """What keeps a visit open, gathered from its records the long way round."""
    found = []
    for action in book.prior:
        graded = book.gradings.get(action.uid)
        met = graded is not None and graded.grade is PriorGrade.MET
        if not met and (graded is None or graded.grade is None or not (graded.reason or "").strip()):
            found.append((Gap.PRIOR_ACTION, action.uid))
    good = {step.value for step in book.body.scale.steps if step.shape.family == "good"}
    for asked in book.body.questions:
        answer = book.answers.get(asked.code)
        if answer is None:
            found += [(Gap.QUESTION, asked.code)] if asked.critical else []
            continue
        if answer.rating is None and not answer.not_applicable and asked.critical:
            found.append((Gap.QUESTION, asked.code))
        if answer.rating is None and answer.not_applicable and not (answer.reason or "").strip():
            found.append((Gap.QUESTION, asked.code))
        if answer.rating and answer.rating not in good and asked.critical and not (answer.seen or "").strip():
            found.append((Gap.QUESTION, asked.code))
        sample = sample_of(answer)
        if sample and any(finding.weight is Weight.FAULT for finding in sample_findings(sample)):
            found.append((Gap.QUESTION, asked.code))
    for action in book.actions:
        if not (action.title.strip() and (action.owner or "").strip() and action.due):
            found.append((Gap.ACTION, action.uid))
    officer, provider = book.signatures.get(Party.OFFICER), book.signatures.get(Party.PROVIDER)
    if officer is None or officer.refused or not gave(book, officer):
        found.append((Gap.OFFICER, ""))
    refused = provider is not None and provider.refused
    if provider is None or not ((provider.reason or "").strip() if refused else gave(book, provider)):
        found.append((Gap.PROVIDER, ""))
    return found


def test_an_action_of_the_visit_is_due_a_date_an_owner_and_words(book: VisitBook) -> None:
    whole = Action(uid="a", title="Audit charts", owner="manager", due=date(2026, 3, 1), questions="1.2")
    assert (Gap.ACTION, "a") not in {(gap.gap, gap.target) for gap in missing(book.holding(whole).facts())}
    for lacking in (replace(whole, title=" "), replace(whole, owner=None), replace(whole, due=None)):
        gaps = [gap for gap in missing(book.holding(lacking).facts()) if gap.gap is Gap.ACTION]
        assert [(gap.target, gap.blocks) for gap in gaps] == [("a", True)]
