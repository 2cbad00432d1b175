"""Visits in a desk of version 3, when signatures did not say for what they were given yet."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from s75desk.domain.errors import Rejected
from s75desk.domain.records import Rating, Visit
from s75desk.domain.records.visit_work import Party
from s75desk.domain.visits.book import uid_for
from s75desk.domain.visits.completeness import Signing
from s75desk.models.desk_file import DeskFile
from s75desk.services.office import Office
from s75desk.services.visit_content import content_of, fingerprint_of
from tests.unit import rich_visit
from tests.unit.models.desk_help import OLD_DESK
from tests.unit.record_help import office_of
from tests.unit.services.visit_desks import sign, signed_content

SIGNED, UNDER_WAY = "Fernbank House", "Alderley Court"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    path = tmp_path / "older.s75desk"
    shutil.copyfile(OLD_DESK.with_name("schema-0003.s75desk"), path)
    with DeskFile.open(path, backups=tmp_path / "backups") as desk:
        assert desk.upgraded_from == 3
        yield office_of(desk, date(2026, 3, 3))


def visit_to(office: Office, service: str) -> str:
    found = [uid for uid, heading in office.records.lookup(Visit.KIND) if service in heading]
    (uid,) = found
    return uid


def test_our_assessment_says_how_much_was_looked_at_when_it_was_signed(office: Office) -> None:
    """What was signed keeps its fingerprint; the rating that came of it has it carried over."""
    book = office.visiting.book(visit_to(office, SIGNED))
    rating = office.records.get(Rating, uid_for(book.visit.uid, "assessment"))
    questions = len(book.body.questions)
    assert (rating.looked_at, rating.asked) == (questions - len(rich_visit.NOT_LOOKED_AT), questions)
    (version,) = book.versions
    assert fingerprint_of(content_of(book, book.rate(office.visiting.rater(book)))) == version.sha256


def test_what_was_signed_stands_and_is_sound(office: Office) -> None:
    book = office.visiting.book(visit_to(office, SIGNED))
    assert book.locked
    assert {party: book.signing(party) for party in Party} == dict.fromkeys(Party, Signing.SIGNED)
    assert office.visiting.version(book.visit.uid, 1).answer("8.3").rating == 1
    assert office.checks.check().sound


def test_it_is_amended_withdrawn_and_signed_anew_as_any_other(office: Office) -> None:
    uid = visit_to(office, SIGNED)
    first = signed_content(office, uid)
    office.visiting.amend(uid, "To be sure.")
    office.visiting.withdraw(uid)
    assert office.visiting.book(uid).locked
    office.visiting.amend(uid, "To be sure again.")
    sign(office, uid)
    assert [version.number for version in office.visiting.book(uid).versions] == [1, 2]
    assert signed_content(office, uid)[0] == first[0]
    assert office.checks.check().sound


def test_what_was_signed_and_not_locked_has_to_be_signed_once_more(office: Office) -> None:
    uid = visit_to(office, UNDER_WAY)
    assert office.visiting.book(uid).signature(Party.OFFICER).strokes
    with pytest.raises(Rejected, match="2 things missing: Officer’s signature and Provider’s signature"):
        office.visiting.finish(uid)
    sign(office, uid)
    assert office.visiting.book(uid).locked
    assert office.checks.check().sound
