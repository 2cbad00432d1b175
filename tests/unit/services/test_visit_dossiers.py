"""Visits brought together for print: as they stand, as they were signed, and found by what people call them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import text

from s75desk.domain.errors import DeskError, NotFound
from s75desk.domain.records import QuestionSet, Visit
from s75desk.domain.records.visit import VisitStage
from s75desk.services.office import Office
from s75desk.services.visit_content import content_of, fingerprint_of
from s75desk.services.visit_dossiers import VisitDossiers
from tests.unit.record_help import WHO, office_of
from tests.unit.rich_visit import MADE, RichVisit, amend, finish, plan, record, rich_visit

AS_AT = date(2026, 2, 4)


@pytest.fixture
def dossiers(office: Office) -> VisitDossiers:
    return office.briefings.visits


def test_a_visit_that_is_not_signed_is_told_as_it_stands(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    record(office, visit)
    found = dossiers.dossier(visit.uid, AS_AT)
    book = office.visiting.book(visit.uid)
    assert found.book == book
    assert (found.version, found.signed, found.amends, found.versions) == (None, None, None, ())
    assert found.content == fingerprint_of(content_of(book, found.rating))
    assert found.rating == book.rate(office.visiting.rater(book))
    assert {gap.title for gap in found.missing if gap.blocks} == {"Officer’s signature", "Provider’s signature"}
    assert set(found.pictures) == {photo.sha256 for photo in book.photos}
    assert (found.as_at, found.prepared_by) == (AS_AT, WHO)


def test_what_is_being_typed_is_part_of_it_kept_or_not(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    record(office, visit)
    before = dossiers.dossier(visit.uid, AS_AT)
    answer = before.book.answer("8.3")
    office.visiting.keep(visit.uid, typed=[replace(answer, seen="Being typed")])
    kept = dossiers.dossier(visit.uid, AS_AT)
    assert kept.book.answer("8.3").seen == "Being typed"
    assert kept.content != before.content
    newer = dossiers.dossier(visit.uid, AS_AT, typed=[replace(answer, seen="Being typed on")])
    assert newer.book.answer("8.3").seen == "Being typed on"


def test_a_signed_version_is_what_was_signed_whatever_became_of_the_records(
    office: Office, dossiers: VisitDossiers
) -> None:
    visit = plan(office)
    record(office, visit)
    finish(office, visit)
    first = dossiers.dossier(visit.uid, AS_AT)
    version = office.visiting.book(visit.uid).versions[0]
    assert (first.version, first.content, first.missing, first.changed) == (1, version.sha256, (), ())
    assert first.signed == version.signed
    service = first.book.service
    assert service is not None
    office.records.revise(replace(service, name="Another name"))
    action = first.book.actions[0]
    office.records.revise(replace(action, owner="someone else"))
    again = dossiers.dossier(visit.uid, AS_AT)
    assert again.book == first.book
    assert again.book.name == "Fernbank House"


def test_each_version_is_kept_and_the_newest_is_meant(office: Office, dossiers: VisitDossiers) -> None:
    visit = rich_visit(office)
    newest, first = dossiers.dossier(visit.uid, AS_AT), dossiers.dossier(visit.uid, AS_AT, 1)
    assert (newest.version, first.version) == (2, 1)
    assert first.replaced_by is not None
    assert first.replaced_by.number == 2
    assert newest.replaced_by is None
    assert newest.amends is not None
    assert newest.amends.number == 1
    assert (first.amends, first.because, first.changed) == (None, "", ())
    assert newest.because == "The clinical lead sent the chart that was missing on the day."
    assert newest.changed == dossiers.differences(visit.uid, 1, 2)
    assert "8.3 Doses right and recorded: rating" in [one.what for one in newest.changed]
    assert newest.content != first.content


def test_while_it_is_amended_it_is_a_draft_that_says_what_would_change(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    record(office, visit)
    finish(office, visit)
    office.visiting.amend(visit.uid, "A slip.")
    book = office.visiting.book(visit.uid)
    office.visiting.keep(visit.uid, settled=[replace(book.answer("8.3"), rating=3)])
    draft = dossiers.dossier(visit.uid, AS_AT)
    assert (draft.version, draft.because) == (None, "A slip.")
    assert draft.amends is not None
    assert draft.amends.number == 1
    assert ("8.3 Doses right and recorded: rating", "Poor", "Good") in [
        (one.what, one.before, one.after) for one in draft.changed
    ]
    assert dossiers.dossier(visit.uid, AS_AT, 1).version == 1, "what was signed stands"


def test_nothing_but_what_was_signed_is_printed_as_signed(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    record(office, visit)
    finish(office, visit)
    content = dossiers.dossier(visit.uid, AS_AT).content
    with office.place.desk.writing() as connection:
        connection.execute(
            text("UPDATE blob SET data = CAST(replace(data, 'warfarin', 'aspirin!') AS BLOB) WHERE sha256 = :one"),
            {"one": content},
        )
    with pytest.raises(
        DeskError, match=r"^Version 1 of this visit is not what was signed: its content has been change"
    ):
        dossiers.dossier(visit.uid, AS_AT)
    with office.place.desk.writing() as connection:
        connection.execute(text("DELETE FROM blob WHERE sha256 = :one"), {"one": content})
    with pytest.raises(NotFound, match="The content of version 1 of this visit is not in this desk"):
        dossiers.dossier(visit.uid, AS_AT)


def test_what_is_not_there(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    with pytest.raises(NotFound, match="That quality visit is not in this desk"):
        dossiers.dossier("gone", AS_AT)
    with pytest.raises(NotFound, match="This visit has no signed version 3"):
        dossiers.dossier(visit.uid, AS_AT, 3)
    listed = office.records.create(QuestionSet(title="Old standards", version="9")).uid
    bare = office.records.create(Visit(service=visit.service, planned=MADE, question_set=listed)).uid
    with pytest.raises(DeskError, match="lists its standards and holds no questions"):
        dossiers.dossier(bare, AS_AT)


# --- choosing --------------------------------------------------------------------------------------------------------


def test_visits_that_have_begun_can_be_chosen_the_newest_first(office: Office, dossiers: VisitDossiers) -> None:
    assert dossiers.choices() == ()
    plan(office, service="Only planned")
    one = plan(office, service="Begun", made=date(2026, 2, 5))
    office.visiting.start(one.uid)
    two = rich_visit(office)
    office.visiting.amend(two.uid, "Once more.")
    found = [(each.title, each.versions, each.amending) for each in dossiers.choices()]
    assert found == [("Begun, 5 Feb 2026", (), False), ("Fernbank House, 2 Feb 2026", (1, 2), True)]


@pytest.fixture
def three(office: Office) -> dict[str, RichVisit]:
    """Two visits to one service on two days, one to another."""
    first = plan(office)
    again = office.records.create(
        replace(office.records.get(Visit, first.uid), uid="", planned=date(2026, 8, 3), stage=VisitStage.PLANNED)
    ).uid
    return {
        "first": first,
        "again": RichVisit(again, first.service, ()),
        "other": plan(office, service="Beech Court", made=date(2026, 3, 1)),
    }


@pytest.mark.parametrize(
    ("reference", "on", "which"),
    [
        ("Fernbank House, 3 Feb 2026", None, "first"),
        ("  fernbank house,  3 feb 2026 ", None, "first"),
        ("Quality visit, Fernbank House, 3 Aug 2026", None, "again"),
        ("Beech Court", None, "other"),
        ("BEECH COURT", date(2026, 3, 1), "other"),
        ("Fernbank House", date(2026, 8, 3), "again"),
    ],
)
def test_a_visit_is_found_by_what_people_call_it(
    dossiers: VisitDossiers, three: dict[str, RichVisit], reference: str, on: date | None, which: str
) -> None:
    assert dossiers.find(reference, on) == three[which].uid


def test_a_visit_is_found_by_its_uid(dossiers: VisitDossiers, three: dict[str, RichVisit]) -> None:
    for visit in three.values():
        assert dossiers.find(visit.uid) == visit.uid


def test_where_several_could_be_meant_they_are_named(dossiers: VisitDossiers, three: dict[str, RichVisit]) -> None:
    with pytest.raises(DeskError) as caught:
        dossiers.find("Fernbank House")
    said = str(caught.value)
    assert said.startswith("2 quality visits could be meant by Fernbank House: ")
    for name, day in (("first", "3 Feb 2026"), ("again", "3 Aug 2026")):
        assert f"Fernbank House, {day} ({three[name].uid})" in said
    assert said.endswith("Give the day with --on, or the one in brackets.")


@pytest.mark.parametrize(("reference", "on"), [("Nowhere", None), ("Beech Court", date(2026, 3, 2)), ("", None)])
def test_a_visit_that_is_not_there_is_refused(
    dossiers: VisitDossiers, three: dict[str, RichVisit], reference: str, on: date | None
) -> None:
    with pytest.raises(NotFound, match=r"^No quality visit is called"):
        dossiers.find(reference, on)


def test_many_that_could_be_meant_are_not_all_named(office: Office, dossiers: VisitDossiers) -> None:
    first = plan(office)
    for day in range(4, 12):
        office.records.create(Visit(service=first.service, planned=date(2026, 2, day)))
    with pytest.raises(DeskError, match=r"^9 quality visits could be meant by Fernbank House: .*; and 3 more"):
        dossiers.find("Fernbank House")


def test_titles_of_visits(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    office.records.archive("visit", visit.uid)
    assert dossiers.titles([visit.uid, None, "gone"]) == {visit.uid: "Fernbank House, 3 Feb 2026"}


def test_another_session_reads_the_same(office: Office, dossiers: VisitDossiers) -> None:
    visit = plan(office)
    record(office, visit)
    finish(office, visit)
    amend(office, visit)
    other = office_of(office.place.desk)  # type: ignore[arg-type]
    assert other.briefings.visits.dossier(visit.uid, AS_AT) == dossiers.dossier(visit.uid, AS_AT)
