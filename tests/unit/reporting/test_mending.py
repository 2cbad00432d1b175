"""A section, a chart or a part of the first page that fails leaves its sentence, and everything else prints."""

from __future__ import annotations

import dataclasses
import logging
from typing import Any

import pytest

from s75desk.reporting import agreement_briefing as briefings
from s75desk.reporting.agreement import performance
from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.reporting.content import Paragraph, Ref, Section
from s75desk.reporting.layout import RenderedPdf, render
from s75desk.reporting.numbering import UnresolvedReference
from s75desk.reporting.story import _Story
from tests.unit.reporting.dossiers import r0, r1
from tests.unit.reporting.pdf_reading import KNOWN_FALSE, assert_conforms, spoken

EVERYTHING = BriefingOptions(sections=tuple(SECTION_TITLES), show_workings=True)


def _fails(*_: Any, **__: Any) -> Any:
    raise RuntimeError("a figure that nobody thought of")


def _made() -> RenderedPdf:
    return render(agreement_briefing(r1(), EVERYTHING), as_at=r1().as_at)


@pytest.mark.parametrize("key", sorted(briefings._BUILDERS))
def test_a_section_that_fails_leaves_its_sentence_and_a_report(
    key: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(briefings._BUILDERS, key, _fails)
    with caplog.at_level(logging.CRITICAL, "s75desk"):
        briefing = agreement_briefing(r0(), EVERYTHING)
    titles = [section.title for section in briefing.sections]
    assert SECTION_TITLES[key] in titles
    assert f"The section “{SECTION_TITLES[key]}” could not be made." in str(briefing)
    assert len(titles) > 10


def test_a_chart_that_fails_leaves_its_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(performance, "kpi_drawing", _fails)
    with caplog.at_level(logging.CRITICAL, "s75desk"):
        pdf = _made()
    text = spoken(pdf.data)
    assert "The chart of “Average wait for assessment” could not be made." in text
    assert "7 weeks" in text
    assert_conforms(pdf.data, allowed=KNOWN_FALSE)


def test_what_cannot_be_laid_out_leaves_its_sentence(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    block = _Story._block

    def fails_at_options(self: _Story, numbered: Any) -> Any:
        if getattr(numbered.block, "key", "") == "options.table":
            raise RuntimeError("a table that nobody thought of")
        return block(self, numbered)

    monkeypatch.setattr(_Story, "_block", fails_at_options)
    with caplog.at_level(logging.CRITICAL, "s75desk"):
        text = spoken(_made().data)
    assert "“Options considered” could not be made." in text
    assert "£10,193,315" in text
    assert "H2: Risks" in text or "Risks" in text


def test_a_reference_to_nothing_is_still_a_fault_of_the_program() -> None:
    briefing = agreement_briefing(r1(), BriefingOptions(sections=("risks",)))
    broken = dataclasses.replace(briefing, sections=(Section("x", "X", (Paragraph((Ref("gone"),)),)),))
    with pytest.raises(UnresolvedReference):
        render(broken, as_at=r1().as_at)


@pytest.mark.parametrize("text", ["A word and another. " * 240, "x" * 4750, "\n".join(f"line {n}" for n in range(300))])
def test_a_heading_of_a_column_as_long_as_a_page_ends_no_paper(text: str) -> None:
    """A head stands on every page of its table, so that one as high as a page could never be set."""
    total = r0().breakdowns[0]
    long = dataclasses.replace(total, breakdown=dataclasses.replace(total.breakdown, unit=text, title=text))
    dossier = dataclasses.replace(r0(), breakdowns=(long,))
    pdf = render(agreement_briefing(dossier, BriefingOptions(sections=("demand",))), as_at=dossier.as_at)
    assert "could not be made" not in spoken(pdf.data)


def test_cells_longer_than_a_page_are_split() -> None:
    words = "A word and another. " * 1500
    dossier = r0()
    risks = tuple(dataclasses.replace(risk, title=words, mitigation=words) for risk in dossier.risks[:2])
    pdf = render(
        agreement_briefing(dataclasses.replace(dossier, risks=risks), BriefingOptions(sections=("risks",))),
        as_at=dossier.as_at,
    )
    assert pdf.pages > 5
    assert spoken(pdf.data).count("A word and another.") >= 6000
