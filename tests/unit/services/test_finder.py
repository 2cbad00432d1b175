"""Ctrl+K: any record by the beginning of any word, with what it is and the page that shows it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from s75desk.domain.records import (
    KINDS,
    Action,
    Agreement,
    Chaser,
    Kpi,
    Measurement,
    Milestone,
    Organisation,
    Provider,
    Rating,
    Service,
    Visit,
)
from s75desk.domain.records.kpi import Measure
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.services.finder import PAGES
from s75desk.services.office import Office
from tests.unit.record_help import TODAY

Estate = tuple[Office, dict[str, str]]


def titles(office: Office, words: str) -> list[str]:
    return [found.title for found in office.finder.find(words)]


@pytest.mark.parametrize(
    "words", ["café", "CAFE", "caf res", "res caf", "résidence", "Residence Caf", "pe29", "caf pe29"]
)
def test_accents_capitals_several_words_and_beginnings(office: Office, words: str) -> None:
    office.records.create(Provider(name="Café Résidence", postcode="PE29 3TN"))
    assert [found.uid for found in office.finder.find(words)] == [office.providers.rows()[0].uid]


@pytest.mark.parametrize("words", ["afe", "cafes", "cafe lodge", ""])
def test_a_word_that_is_not_begun_so_is_not_found(office: Office, words: str) -> None:
    office.records.create(Provider(name="Café Résidence"))
    assert office.finder.find(words) == ()


def test_archived_records_are_not_found_until_they_are_restored(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    office.records.create(Milestone(agreement=agreement, title="Sign the equipment lease"))
    assert len(titles(office, "equipment")) == 2
    gone = office.records.archive("agreement", agreement)
    assert titles(office, "equipment") == []
    office.records.undo(gone.change_id)
    assert len(titles(office, "equipment")) == 2


def test_a_revised_record_is_found_by_its_new_words_only(office: Office) -> None:
    uid = office.records.create(Agreement(title="Community equipment", note="wheelchairs")).uid
    office.records.revise(Agreement(uid=uid, title="Community beds", note="mattresses"))
    assert titles(office, "equipment") + titles(office, "wheelchairs") == []
    assert titles(office, "beds") == ["Community beds"]
    assert titles(office, "mattresses") == ["“mattresses”"]


def test_records_with_a_page_come_before_what_hangs_under_them(sample: Office) -> None:
    kinds = [found.kind for found in sample.finder.find("occupational")]
    assert kinds[0] == "agreement"
    first_without = next(place for place, kind in enumerate(kinds) if kind not in PAGES)
    assert (
        not {"agreement", "provider", "kpi"} & set(kinds[first_without:])
        or sample.finder.find("occupational")[-1].in_text
    )


def test_each_result_says_what_it_is_and_where_it_is_shown(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    provider = office.records.create(Provider(name="Alder Care")).uid
    service = office.records.create(Service(provider=provider, name="Alder House")).uid
    rating = office.records.create(Rating(service=service, value=RatingValue.GOOD, published=TODAY)).uid
    milestone = office.records.create(Milestone(agreement=agreement, title="Sign")).uid
    kpi = office.records.create(Kpi(agreement=agreement, title="Deliveries", measure=Measure.COUNT)).uid
    figure = office.records.create(Measurement(kpi=kpi, ends=TODAY)).uid
    action = office.records.create(Action(title="Send the plans", due=TODAY)).uid
    chaser = office.records.create(Chaser(action=action, chased=TODAY, said="Reminded")).uid
    visit = office.records.create(Visit(service=service, planned=TODAY, stage=VisitStage.PLANNED)).uid
    council = office.records.create(Organisation(name="East Council")).uid
    expected = {
        agreement: ("Agreement", "agreement", agreement),
        service: ("Service · Alder Care", "provider", provider),
        rating: ("Rating · Alder Care", "provider", provider),
        milestone: ("Milestone · Community equipment", "agreement", agreement),
        figure: ("Figure · Deliveries", "kpi", kpi),
        chaser: ("Chaser · Send the plans", "action", action),
        visit: ("Quality visit", "visit", visit),
        council: ("Organisation", "organisation", council),
    }
    words = ("community", "alder", "sign", "figure", "reminded", "quality", "east", "cqc")
    found = {one.uid: one for word in words for one in office.finder.find(word)}
    assert {uid: (found[uid].detail, found[uid].page_kind, found[uid].page_uid) for uid in expected} == expected
    (result,) = office.finder.find("plans")
    assert result.status is not None
    assert result.status.word == "Due soon"
    assert found[visit].status is not None
    assert (found[agreement].status, found[council].status) == (office.agreements.rows()[0].status, None)


def test_words_in_a_note_show_where_they_stand(office: Office) -> None:
    office.records.create(
        Milestone(
            agreement=office.records.create(Agreement(title="OT")).uid, title="Sign", activity="Wait for the lease"
        )
    )
    (found,) = office.finder.find("lease")
    assert (found.in_text, found.title, found.detail) == (True, "“Wait for the lease”", "Milestone · Sign · Activity")


def test_any_record_of_any_kind_is_found_by_its_heading(estate: Estate) -> None:
    office, places = estate
    for kind, cls in KINDS.items():
        heading = next(heading for uid, heading in office.records.lookup(kind) if uid == places[kind])
        found = {one.uid: one for one in office.finder.find(heading, limit=100)}
        if not cls.FOUND:  # What was seen at a visit is found by its visit.
            assert places[kind] not in found, heading
            continue
        assert places[kind] in found, heading
        assert found[places[kind]].page_kind in PAGES | {"document"}, kind


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=25))
@example(words='"')
@example(words="*")
@example(words="-care")
@example(words="care OR")
@example(words="NOT")
@example(words="care; DROP TABLE provider")
@example(words="title:care NEAR(home, 2)")
def test_nothing_that_is_typed_raises(sample: Office, words: str) -> None:
    assert len(sample.finder.find(words)) <= 30


def test_no_more_than_asked_for(sample: Office) -> None:
    assert len(sample.finder.find("c", limit=7)) == 7


@pytest.mark.parametrize("words", ["CF103NQ", "cf10 3nq", "CF10 3", "cf103", "cf 10 3 nq", "Quay Street", "quay cf10"])
def test_a_service_is_found_by_its_address_and_its_postcode_in_any_spacing(office: Office, words: str) -> None:
    provider = office.records.create(Provider(name="Harbour Homes")).uid
    service = Service(provider=provider, name="The Locks", address="4 Quay Street\nCardiff", postcode="CF10 3NQ")
    uid = office.records.create(service).uid
    found = office.finder.find(words)
    assert [one.uid for one in found] == [uid]
    assert (found[0].title, found[0].in_text) == ("The Locks", False)
    assert "CF10 3NQ" in found[0].detail or "Quay Street" in found[0].detail, "it says where it was found"


@pytest.mark.parametrize("words", ["CF105NQ", "F103NQ", "103NQ"])
def test_a_part_from_the_middle_of_a_postcode_finds_nothing(office: Office, words: str) -> None:
    office.records.create(Provider(name="Harbour Homes", postcode="CF10 3NQ"))
    assert office.finder.find(words) == ()


def test_the_list_of_providers_knows_a_postcode_in_one_piece(office: Office) -> None:
    office.records.create(Provider(name="Harbour Homes", postcode="CF10 3NQ"))
    (row,) = office.providers.rows()
    assert "CF103NQ" in row.search
