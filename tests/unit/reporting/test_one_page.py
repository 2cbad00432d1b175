"""The briefing begins with one page, which never runs to a second and never drops a row without counting it."""

from __future__ import annotations

import dataclasses
import io
import re
from datetime import date
from typing import Any

import pdfplumber
import pytest

from s75desk.domain.records import Decision, Risk
from s75desk.domain.records.agreement import Outcome
from s75desk.reporting.agreement.summary import request_words
from s75desk.reporting.agreement_briefing import ESSENTIALS, SUMMARY, BriefingOptions, agreement_briefing
from s75desk.reporting.layout import RenderedPdf, render
from tests.unit.reporting.dossiers import r0, r1
from tests.unit.reporting.pdf_reading import spoken

PAGE = BriefingOptions("The Section 75 Governance Board", (SUMMARY,))


def _made(dossier: Any, options: BriefingOptions = PAGE) -> RenderedPdf:
    return render(agreement_briefing(dossier, options), as_at=dossier.as_at)


def _first_page(pdf: RenderedPdf) -> str:
    with pdfplumber.open(io.BytesIO(pdf.data)) as document:
        return " ".join((document.pages[0].extract_text() or "").split())


@pytest.mark.parametrize("made", [r0, r1])
def test_the_page_is_one_page_and_says_what_a_board_decides_on(made: Any) -> None:
    pdf = _made(made())
    assert pdf.pages == 1
    headings = ("Term", "Money", "Performance", "What needs attention", "Risks", "What is to be decided", "Sources")
    page = _first_page(pdf)
    places = [page.index(heading) for heading in headings]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("first", "count", "said"),
    [
        (date(2027, 3, 31), 1, "You are asked to decide by 31 March 2027."),
        (date(2027, 3, 31), 3, "You are asked to decide, the first by 31 March 2027."),
        (date(2026, 3, 31), 1, "You are asked to decide what was due by 31 March 2026."),
        (date(2026, 3, 31), 2, "You are asked to decide these; the first was due by 31 March 2026."),
        (None, 2, "You are asked to decide; by when is not known."),
    ],
)
def test_the_board_is_asked_in_a_sentence(first: date | None, count: int, said: str) -> None:
    assert request_words(first, count, date(2026, 11, 30)) == said


def test_the_money_stands_with_every_row_of_its_total() -> None:
    page = _first_page(_made(r1()))
    assert page.count("£2,038,663") >= 5
    assert "£10,193,315" in page


def test_with_a_hundred_risks_and_long_decisions_it_is_still_one_page_and_counts_the_rest() -> None:
    dossier = r1()
    risks = tuple(
        Risk(uid=f"r{n}", agreement="a", title=f"Risk {n}. " + "It may well be so. " * 30) for n in range(100)
    )
    day = dossier.as_at
    decisions = tuple(
        Decision(uid=f"d{n}", agreement="a", title="Whether " * 80, outcome=Outcome.UNDECIDED, due=day)
        for n in range(40)
    )
    crowded = dataclasses.replace(dossier, risks=risks, decisions=decisions)
    pdf = _made(crowded)
    page = _first_page(pdf)
    assert pdf.pages == 1
    shown = len(re.findall(r"\bRisk \d+\.", page))
    assert 1 <= shown < 100
    assert f"and {100 - shown} more" in page


def test_what_follows_begins_on_a_page_of_its_own_and_the_rest_is_referred_to() -> None:
    pdf = _made(r0(), BriefingOptions(sections=(SUMMARY, "risks", "performance")))
    assert pdf.pages > 1
    assert "1 Risks" in _first_page_after(pdf)
    assert ", section 2" in _first_page(pdf) or "more" not in _first_page(pdf)


def _first_page_after(pdf: RenderedPdf) -> str:
    with pdfplumber.open(io.BytesIO(pdf.data)) as document:
        return " ".join((document.pages[1].extract_text() or "").split())


def test_the_default_is_the_page_and_what_it_is_checked_with_without_workings() -> None:
    options = BriefingOptions()
    assert options.sections == ESSENTIALS
    assert ESSENTIALS[0] == SUMMARY
    for made in (r0, r1):
        pdf = _made(made(), options)
        assert pdf.pages <= 7
        assert "How every computed figure" not in spoken(pdf.data)


def test_what_is_missing_anywhere_is_said_by_the_default() -> None:
    dossier = dataclasses.replace(r1(), risks=())
    assert "No risk is recorded." in spoken(_made(dossier, BriefingOptions()).data)


def test_the_same_page_is_made_of_the_same_bytes() -> None:
    assert _made(r1()).data == _made(r1()).data
