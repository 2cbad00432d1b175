"""The checks can fail: a conforming briefing, damaged in one place, is found out."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pytest

from s75desk.reporting.content import Figure, Paragraph, Ref, rich
from s75desk.reporting.layout import render
from s75desk.reporting.tagged import canvas as canvas_module
from tests.unit.reporting.pdf_reading import complaints, failures
from tests.unit.reporting.samples import AS_AT, DRAWING, briefing, table


@pytest.fixture(scope="module")
def good() -> bytes:
    content = briefing(Paragraph(rich("See ", Ref("table"))), Figure("f", "F", DRAWING), table(5), contents=True)
    data = render(content, as_at=AS_AT).data
    assert failures(data) == []
    assert complaints(data, allowed=("TAG-002",)) == []
    return data


def elements(pdf: pikepdf.Pdf, role: str) -> Iterator[Any]:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/S") == f"/{role}" and "/P" in each:
            yield each


def no_alternative(pdf: pikepdf.Pdf) -> None:
    del next(elements(pdf, "Figure")).Alt


def no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def no_title_shown(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def no_parent_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot.ParentTree


def no_marks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def no_tab_order(pdf: pikepdf.Pdf) -> None:
    for sheet in pdf.pages:
        del sheet.Tabs


def no_scope(pdf: pikepdf.Pdf) -> None:
    for each in elements(pdf, "TH"):
        del each.A
        if "/ID" in each:
            del each.ID


def no_link_words(pdf: pikepdf.Pdf) -> None:
    for sheet in pdf.pages:
        for each in sheet.get("/Annots", []):
            del each.Contents


def skipped_heading(pdf: pikepdf.Pdf) -> None:
    for each in elements(pdf, "H2"):
        each.S = pikepdf.Name.H4


def no_claim(pdf: pikepdf.Pdf) -> None:
    packet = pdf.Root.Metadata.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b"")
    pdf.Root.Metadata = pdf.make_stream(packet, Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)


def no_colour_profile(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


@pytest.mark.parametrize(
    "damage",
    [
        no_alternative, no_language, no_title_shown, no_parent_tree, no_marks, no_tab_order, no_scope, no_link_words,
        skipped_heading, no_claim, no_colour_profile,
    ],
)  # fmt: skip
def test_damage_is_found(good: bytes, damage: Callable[[pikepdf.Pdf], None]) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        damage(pdf)
        pdf.save(file, normalize_content=False)
    assert failures(file.getvalue())


def test_saving_again_without_damage_is_not_taken_for_damage(good: bytes) -> None:
    file = io.BytesIO()
    with pikepdf.open(io.BytesIO(good)) as pdf:
        pdf.save(file)
    assert [each for each in failures(file.getvalue()) if "STREAM-LENGTH" not in each] == []


def test_text_that_is_not_marked_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def unmarked(self: Any, text: Any) -> None:
        super(canvas_module.TaggedCanvas, self).drawText(text)

    monkeypatch.setattr(canvas_module.TaggedCanvas, "drawText", unmarked)
    assert failures(render(briefing(Paragraph(rich("unheard"))), as_at=AS_AT).data)


def test_a_missing_character_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    from s75desk.reporting.tagged import fonts

    monkeypatch.setattr(fonts.Printable, "__call__", lambda self, text: text)
    assert failures(render(briefing(Paragraph(rich("a 😀 b"))), as_at=AS_AT).data)
