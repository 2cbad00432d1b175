"""Papers on a visit made, filed and found again: the same bytes, the version they are of, the content they name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from s75desk.domain.errors import NotFound
from s75desk.domain.records import Briefing
from s75desk.domain.records.briefing import BriefingKind
from s75desk.services.briefings import VISIT_KINDS, VisitWish, version_of, version_words
from s75desk.services.office import Office
from tests.unit.reporting.pdf_reading import spoken
from tests.unit.rich_visit import RichVisit, amend, finish, plan, record

AS_AT = date(2026, 2, 4)
SHEET, REPORT = VISIT_KINDS


@pytest.fixture
def visit(office: Office) -> RichVisit:
    """A visit that is recorded and not signed."""
    visit = plan(office)
    record(office, visit)
    return visit


def test_the_sheet_is_a_draft_until_the_visit_is_signed(office: Office, visit: RichVisit) -> None:
    draft = office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT))
    assert (draft.kind, draft.title, draft.version) == (SHEET, "Fernbank House, 3 February 2026", None)
    assert draft.questions == ()
    assert len(draft.content) == 64
    finish(office, visit)
    signed = office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT))
    assert signed.version == 1
    assert signed.content == office.visiting.book(visit.uid).versions[0].sha256
    assert signed.content.encode() in signed.data
    assert draft.content.encode() in draft.data
    assert signed.content != draft.content


@pytest.mark.parametrize("kind", VISIT_KINDS)
def test_the_same_wish_gives_the_same_bytes(office: Office, visit: RichVisit, kind: BriefingKind) -> None:
    finish(office, visit)
    wish = VisitWish(visit.uid, kind, AS_AT)
    made = office.briefings.make(wish)
    assert office.briefings.make(wish) == made
    office.briefings.file(made, "printed")
    assert office.briefings.make(wish).data == made.data
    assert office.briefings.make(replace(wish, as_at=date(2026, 2, 5))).data != made.data
    assert office.briefings.make(replace(wish, audience="the manager")).data != made.data


def test_the_sheet_and_the_report_are_two_papers(office: Office, visit: RichVisit) -> None:
    sheet, report = (office.briefings.make(VisitWish(visit.uid, kind, AS_AT)) for kind in VISIT_KINDS)
    assert sheet.pages < report.pages
    assert sheet.content == report.content


def test_what_is_being_typed_is_printed(office: Office, visit: RichVisit) -> None:
    answer = office.visiting.book(visit.uid).answer("8.3")
    wish = VisitWish(visit.uid, SHEET, AS_AT)
    typed = office.briefings.make(wish, typed=[replace(answer, seen="Just typed.")])
    assert typed.data != office.briefings.make(wish).data
    office.visiting.keep(visit.uid, typed=[replace(answer, seen="Just typed.")])
    assert office.briefings.make(wish).data == typed.data


def test_an_old_version_can_be_printed_again(office: Office, visit: RichVisit) -> None:
    finish(office, visit)
    before = office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT))
    amend(office, visit)
    first, second = (office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT, number)) for number in (1, None))
    assert (first.version, second.version) == (1, 2)
    assert first.content == before.content
    assert first.data != before.data, "it says that another has taken its place"


def test_it_is_filed_with_what_it_is_of_and_what_it_was_made_of(
    office: Office, visit: RichVisit, tmp_path: Path
) -> None:
    made = office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT, audience="the registered manager"))
    office.briefings.file(made, "printed")
    finish(office, visit)
    report = office.briefings.make(VisitWish(visit.uid, REPORT, AS_AT))
    done = office.briefings.save_as(report, tmp_path / "report.pdf")
    kept = office.records.get(Briefing, done.uid)
    assert (kept.kind, kept.visit, kept.agreement) == (REPORT, visit.uid, None)
    assert (kept.content, kept.sha256, kept.as_at) == (report.content, report.sha256, AS_AT)
    assert json.loads(kept.options or "") == {"version": 1, "show_workings": False}
    assert (tmp_path / "report.pdf").read_bytes() == report.data == office.briefings.bytes_of(done.uid)
    assert [(row.kind, row.of, row.audience) for row in office.briefings.rows()] == [
        ("Visit report, version 1", "Fernbank House, 2 Feb 2026", "Not stated"),
        ("Visit feedback sheet, draft", "Fernbank House, 2 Feb 2026", "the registered manager"),
    ]
    assert office.briefings.of(kept) == "Fernbank House, 2 Feb 2026"
    assert office.checks.check().sound


def test_what_it_is_of_when_that_is_gone() -> None:
    assert version_words(Briefing(title="x", kind=BriefingKind.AGREEMENT)) == ""
    for options in (None, "", "not json", "[]", '{"version": "two"}', '{"version": null}'):
        assert version_of(Briefing(title="x", kind=SHEET, options=options)) is None
        assert version_words(Briefing(title="x", kind=SHEET, options=options)) == "draft"


def test_a_briefing_of_nothing_says_so(office: Office) -> None:
    for briefing in (Briefing(title="x"), Briefing(title="x", visit="gone"), Briefing(title="x", agreement="gone")):
        assert office.briefings.of(briefing) == "Not known"


def test_a_visit_that_is_not_there(office: Office) -> None:
    with pytest.raises(NotFound, match="That quality visit is not in this desk"):
        office.briefings.make(VisitWish("gone", SHEET, AS_AT))


def test_notes_of_the_visit_print_unless_they_are_private_signed_or_not(office: Office, visit: RichVisit) -> None:
    def printed() -> str:
        return spoken(office.briefings.make(VisitWish(visit.uid, SHEET, AS_AT)).data)

    def make_private(*, private: bool, note: bool) -> None:
        stored = office.visiting.book(visit.uid).visit
        with office.place.change("A note") as change:
            change.revise(replace(stored, private=private, note="Entrance under repair." if note else stored.note))

    make_private(private=True, note=True)
    assert "Entrance under repair." not in printed()
    make_private(private=False, note=True)
    assert "Entrance under repair." in printed()
    finish(office, visit)
    assert "Entrance under repair." in printed(), "signed, it prints as before"
