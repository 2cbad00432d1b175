"""The visit feedback sheet: what it says signed and not signed, and that it is a proper paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date

import pdfplumber
import pikepdf
import pytest

from s75desk.domain.records.provider import RatingValue
from s75desk.domain.records.visit import VisitStage
from s75desk.domain.records.visit_work import Party
from s75desk.domain.statuses.visits import NOT_ASKED
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.dossier import VisitDossier
from s75desk.reporting.feedback_sheet import feedback_sheet
from s75desk.reporting.visit.ratings import looked_at
from tests.unit.reporting.pdf_reading import assert_conforms, spoken, text_of, tree_of
from tests.unit.reporting.visit_papers import made, report_of, rewritten, sheet_of, stages
from tests.unit.rich_visit import FINDINGS, NOT_LOOKED_AT, PRAISE


def said(dossier: VisitDossier) -> str:
    """The sheet as a screen reader goes through it."""
    return spoken(made(feedback_sheet(dossier)).data)


def changed(**values: object) -> str:
    """What the signed sheet says with other facts of the visit."""
    return said(rewritten(stages().first, lambda book: replace(book, visit=replace(book.visit, **values))))  # type: ignore[arg-type]


@pytest.mark.parametrize("stage", ["blank", "draft", "first", "old", "second"])
def test_it_conforms_at_every_stage(stage: str) -> None:
    result = sheet_of(stage)
    assert result.warnings == ()
    assert_conforms(result.data, allowed=("TAG-002",))


@pytest.mark.parametrize("stage", ["draft", "first", "second"])
def test_it_is_no_longer_than_needed(stage: str) -> None:
    assert 2 <= sheet_of(stage).pages <= 4


def test_it_says_which_visit_it_is_of_and_how_that_is_rated() -> None:
    lines = spoken(sheet_of("first").data).splitlines()
    assert lines[:10] == [
        "P: Visit feedback sheet",
        "H1: Fernbank House, 3 February 2026",
        "P: Prepared by the contract compliance officer. As at 4 February 2026.",
        "P: Service Fernbank House, nursing home",
        "P: Provider Invented Care Limited",
        "P: Visit Announced assessment, 2 days",
        "P: Made on 3 February 2026",
        "P: Team two quality officers",
        "P: Question set House standards, version 1",
        lines[9],
    ]
    assert lines[9].startswith(
        "KeyMessage: Overall rating: Requires improvement. 8.3 Doses right and recorded is rated"
    )
    assert lines[9].endswith("2 of 74 questions were not looked at and counted for nothing.")


def test_every_area_stands_in_one_table_with_its_word_its_standards_and_its_count() -> None:
    text = spoken(sheet_of("first").data)
    for row in (
        "row: Involvement and information | Good | Both Good | 8 of 9",
        "row: Overall | Requires improvement |  | 72 of 74, 2 not applicable",
    ):
        assert row in text
    assert "Poor: 8 Medicines. " in text


def test_every_standard_stands_in_the_report_with_its_word_and_count() -> None:
    text = spoken(report_of("first").data)
    for row in (
        "row: Involvement and information | Good | 8 of 9",
        "row: 2 Consent | Good | 3 of 4",
        "row: 8 Medicines | Poor | 6 of 6",
        "row: 9 Premises | Requires improvement | 5 of 5, 1 not applicable",
        "row: 13 Supporting staff | Requires improvement, officer’s judgement | 5 of 5",
        "row: Overall | Requires improvement | 72 of 74, 2 not applicable",
    ):
        assert row in text
    assert (
        "P: 13 Supporting staff. Requires improvement is the officer’s judgement: A third of the care staff went "
        "half a year without supervision; the average hides it. Worked out: Good."
    ) in text


def test_findings_are_what_was_rated_below_good_the_worst_first() -> None:
    lines = spoken(sheet_of("first").data).splitlines()
    begin, end = lines.index("H2: Findings"), lines.index("H2: Good practice")
    heads = [line.removeprefix("H3: ").split(" ")[0] for line in lines[begin:end] if line.startswith("H3: ")]
    assert heads[:2] == ["8.3", "9.1"]
    assert sorted(heads) == sorted(FINDINGS)
    at = lines.index("H3: 8.3 Doses right and recorded critical")
    assert lines[at + 1] == "P: Poor"
    assert lines[at + 2].startswith("P: Two of nine charts for the morning round had no signature")
    assert lines[at + 2].endswith("The nurse on duty rang the surgery while we were there.")
    assert lines[at + 3] == "P: Sample: 9 of 45 medicines charts, at random: CP1, CP2 and CP7."


def test_good_practice_is_what_was_rated_best() -> None:
    text = spoken(sheet_of("first").data)
    for note in PRAISE.values():
        assert note in text
    assert "P: Also rated Excellent, without a note: 5.3 Works with the council; 12.2 People know their staff." in text


def test_what_was_not_looked_at_is_named_and_never_good() -> None:
    text = spoken(sheet_of("first").data)
    assert (
        "P: Two questions were not looked at: neither good nor bad, and counted for nothing. 2.4 Wishes set down and "
        "found; 14.4 Sound, insured, ready for trouble."
    ) in text
    assert not any(f" {code} " in text.split("H2: Good practice")[1].split("H2: Ratings")[0] for code in NOT_LOOKED_AT)


def test_many_questions_not_looked_at_are_counted_by_area() -> None:
    def without(book: VisitBook) -> VisitBook:
        return replace(book, answers={c: a for c, a in book.answers.items() if not c.startswith(("4.", "8."))})

    text = said(rewritten(stages().first, without))
    assert "questions were not looked at" in text
    assert "Personalised care, 4 of 14" in text
    assert "4.1" not in text


def test_what_is_not_asked_of_such_a_service_is_not_counted_as_looked_at() -> None:
    def away(book: VisitBook) -> VisitBook:
        reason = f"The set {NOT_ASKED}."
        return book.holding(replace(book.answer("1.1"), rating=None, not_applicable=True, reason=reason))

    dossier = rewritten(stages().first, away)
    assert looked_at(dossier.rating.overall, dossier) == "71 of 73, 2 not applicable, 1 not asked"


def test_findings_and_actions_stand_before_what_was_not_looked_at() -> None:
    text = spoken(sheet_of("first").data)
    places = [text.index(f"H2: {title}") for title in ("Findings", "Actions agreed", "Ratings", "Not looked at")]
    assert places == sorted(places)


@pytest.mark.parametrize("length", range(0, 4000, 400))
def test_signatures_are_never_alone_on_a_page(length: int) -> None:
    """Whatever length the provider's comment has, who signs has what is signed on the same page."""

    def commented(book: VisitBook) -> VisitBook:
        return replace(book, visit=replace(book.visit, comment="We will see to it. " * (length // 19)))

    sheet = made(feedback_sheet(rewritten(stages().first, commented)))
    with pdfplumber.open(io.BytesIO(sheet.data)) as document:
        pages = [page.extract_text() or "" for page in document.pages]
    (last,) = [page for page in pages if "Signatures" in page]
    assert "People spoken to" in last


def test_actions_from_before_and_agreed() -> None:
    text = spoken(sheet_of("first").data)
    for row in (
        "row: Lock the sluice on the first floor Maintenance lead, due 30 Sep 2025 | Met | None needed",
        "row: Hold a fire drill with night staff Registered manager, due 31 Oct 2025 | Partly met | A drill was held "
        "in January, but by day.",
        "row: Offer activities at weekends Activities lead, due 31 Dec 2025 | Not met | There is still nothing to do "
        "at weekends.",
        "row: Check every chart at handover and sign that it was checked From 8.3 and 8.6 | Corrective | Clinical lead "
        "| 10 Feb 2026 | Handover sheets for four weeks",
        "row: Plan supervision for the year From 13.4 | Developmental | Registered manager | 31 Mar 2026 | Matrix "
        "with dates",
    ):
        assert row in text


def test_people_comment_and_signatures() -> None:
    data = sheet_of("first").data
    text = spoken(data)
    assert "P: People who use the service: 6; relatives and friends: 2; registered manager: 1; care staff: 4." in text
    assert "P: “We accept the finding on medicines. The night drill was already planned for 12 February.”" in text
    assert [node.alternative for node in tree_of(data).all("Figure")] == [
        "Signature of the officer, quality officer, signed 3 February 2026 10:42",
        "Signature of the provider, registered manager, signed 3 February 2026 10:44",
    ]
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert max(len(curve["pts"]) for curve in pdf.pages[-1].curves) > 100, "drawn as lines, not as a picture"
        assert all(not sheet.images for sheet in pdf.pages)


def test_no_comment_and_not_yet_asked_are_told_apart() -> None:
    assert "P: None made." in changed(comment=None, no_comment=True)
    assert "P: Not yet asked." in changed(comment=None, no_comment=None)


def test_a_refusal_is_told_with_its_reason() -> None:
    def refused(book: VisitBook) -> VisitBook:
        own = book.signature(Party.PROVIDER)
        return book.holding(replace(own, refused=True, reason="The rating is not accepted", strokes=None, signed=None))

    text = said(rewritten(stages().first, refused))
    assert "P: For the provider. The registered manager refused to sign. The rating is not accepted." in text
    assert text.count("Signature of the") == 1


@pytest.mark.parametrize("strokes", ["not json", "[]", "{}", '[[["a", 1]]]', "[[[NaN, 1]]]", "[" * 5000])
def test_a_signature_that_cannot_be_drawn_is_told_in_words(strokes: str) -> None:
    def spoilt(book: VisitBook) -> VisitBook:
        return book.holding(replace(book.signature(Party.OFFICER), strokes=strokes))

    text = said(rewritten(stages().first, spoilt))
    assert "P: Officer. Quality officer 3 February 2026, 10:42. What was drawn cannot be shown." in text


def test_it_may_be_for_someone() -> None:
    briefing = feedback_sheet(stages().first, "the registered manager")
    assert briefing.subtitle.startswith("For the registered manager. Prepared by the contract compliance officer.")


# --- signed or not ---------------------------------------------------------------------------------------------------


def pages_of(data: bytes) -> list[str]:
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [sheet.extract_text() for sheet in pdf.pages]


def test_a_draft_says_so_at_the_top_and_on_every_page() -> None:
    result = sheet_of("draft")
    assert spoken(result.data).splitlines()[0] == "P: Visit feedback sheet: draft, not signed"
    assert (
        "KeyMessage: Draft, not signed. This is the visit as recorded on 4 February 2026. It may still change."
        in spoken(result.data)
    )
    for page in pages_of(result.data):
        assert "Draft, not signed · as at 4 February 2026 · content " in page
    text = spoken(result.data)
    assert "P: Officer. Not signed." in text
    assert "P: For the provider. Not signed." in text
    assert "Signature of the" not in text
    with pikepdf.open(io.BytesIO(result.data)) as pdf:
        assert str(pdf.docinfo.Title) == "Visit feedback sheet: draft, not signed: Fernbank House, 3 February 2026"


def test_a_signed_sheet_says_nowhere_that_it_is_a_draft() -> None:
    for page in pages_of(sheet_of("first").data):
        assert "Version 1, signed 2 February 2026 · as at 4 February 2026 · content " in page
        assert "raft" not in page
        assert "not signed" not in page


def test_a_draft_names_what_is_missing_besides_the_signatures() -> None:
    def ungraded(book: VisitBook) -> VisitBook:
        return replace(book, gradings={})

    text = said(rewritten(stages().draft, ungraded))
    assert (
        "Before it can be signed: Lock the sluice on the first floor, Hold a fire drill with night staff and Offer "
        "activities at weekends." in text
    )
    assert text.count("Not graded") == 3


def test_a_visit_with_nothing_recorded_is_not_good_anywhere() -> None:
    text = spoken(sheet_of("blank").data)
    assert "KeyMessage: Overall rating: Not known." in text
    assert "74 questions were not looked at: neither good nor bad, and counted for nothing." in text
    assert "No question has been rated." in text
    assert "Not known: nobody is recorded, by role and number." in text
    assert "No action was agreed at this visit." in text
    assert not re.search(r"\| (Good|Excellent)", text)
    assert "H2: Good practice" not in text


def test_a_rating_that_open_questions_may_change_is_not_good_yet() -> None:
    def only_one(book: VisitBook) -> VisitBook:
        return replace(book, answers={"1.2": replace(book.answer("1.2"), rating=3)}, overrides={})

    draft = rewritten(stages().draft, only_one)
    assert "KeyMessage: Overall rating: Good so far." in said(draft)
    assert "73 questions still open: it may end as Poor to Excellent." in said(draft)
    signed = rewritten(stages().first, only_one)
    assert "Overall rating: Good. " in said(signed)
    assert "73 of 74 questions were not looked at and counted for nothing." in said(signed)
    assert feedback_sheet(signed).key_message.status.shape.value == "unknown"  # type: ignore[union-attr]


def test_an_outcome_recorded_without_answers_stands_with_its_reservation() -> None:
    final = {"stage": VisitStage.FINAL, "made": date(2026, 2, 3), "outcome": RatingValue.GOOD}
    blank = rewritten(stages().blank, lambda book: replace(book, visit=replace(book.visit, **final)))  # type: ignore[arg-type]
    text = said(blank)
    assert "KeyMessage: Overall rating: Good, as recorded; no answers in this desk" in text
    assert "Overall rating: Not known" not in text
    assert text.count("Good, as recorded; no answers in this desk") > 1, "in the table of ratings too"
    assert stages().first.recorded is None


def test_a_version_that_was_replaced_says_so() -> None:
    text = spoken(sheet_of("old").data)
    assert "KeyMessage: This is version 1. Version 2, signed on 2 February 2026, has taken its place." in text
    assert "has taken its place" not in spoken(sheet_of("first").data)
    assert "has taken its place" not in spoken(sheet_of("second").data)


# --- bytes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["draft", "first", "second"])
def test_the_content_is_named_on_every_page_and_whole_in_the_file(stage: str) -> None:
    content, data = getattr(stages(), stage).content, sheet_of(stage).data
    assert re.fullmatch("[0-9a-f]{64}", content)
    assert all(f"content {content[:16]}" in page for page in pages_of(data))
    assert content in text_of(data)
    assert content.encode() in data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert content in str(pdf.docinfo.Keywords)
        assert content in pdf.Root.Metadata.read_bytes().decode()


def test_the_same_dossier_makes_the_same_bytes_and_other_words_make_others() -> None:
    first = stages().first
    assert made(feedback_sheet(first)).data == sheet_of("first").data
    other = rewritten(first, lambda book: book.holding(replace(book.answer("8.3"), seen="Something else.")))
    assert made(feedback_sheet(other)).data != sheet_of("first").data
