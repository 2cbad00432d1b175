"""Numbers are generated, references resolve to them, and what points nowhere is an error."""

from __future__ import annotations

import pytest

from s75desk.reporting.content import (
    Bullets,
    Cell,
    Column,
    Figure,
    Paragraph,
    Ref,
    Remark,
    Row,
    Section,
    Source,
    SourceTable,
    Subheading,
    Table,
    cell,
    rich,
)
from s75desk.reporting.numbering import Numbering, UnresolvedReference, sources_text
from tests.unit.reporting.samples import DRAWING, briefing, of_sections, table


def numbers(numbering: Numbering) -> list[str]:
    return [block.label.words for section in numbering.sections for block in section.blocks if block.label]


def test_paragraphs_count_in_their_section_and_tables_and_figures_through_the_briefing() -> None:
    first = Section("a", "A", (Paragraph(rich("x")), table(1, key="t1"), Paragraph(rich("y"))))
    second = Section("b", "B", (Subheading("s"), Paragraph(rich("z")), table(1, key="t2"), Figure("f", "F", DRAWING)))
    numbering = Numbering(of_sections(first, second))
    assert [section.label.number for section in numbering.sections] == ["1", "2"]
    assert numbers(numbering) == ["paragraph 1.1", "Table 1", "paragraph 1.2", "paragraph 2.1", "Table 2", "Figure 1"]


def test_lists_remarks_and_subheadings_carry_no_number() -> None:
    blocks = (Bullets((rich("x"),)), Remark(rich("x")), Subheading("x"))
    assert numbers(Numbering(briefing(*blocks))) == []


def test_a_reference_is_written_as_what_it_points_to_is_numbered() -> None:
    blocks = (Paragraph(rich("x"), key="p"), table(1, key="t"), Figure("f", "F", DRAWING))
    numbering = Numbering(briefing(*blocks))
    text = rich("See ", Ref("p"), ", ", Ref("t"), ", ", Ref("f"), " and ", Ref("only"), ". ", Ref("only", capital=True))
    assert numbering.plain(text) == "See paragraph 1.1, Table 1, Figure 1 and section 1. Section 1"


@pytest.mark.parametrize(
    "block",
    [
        Paragraph(rich(Ref("nowhere"))),
        Remark(rich(Ref("nowhere"))),
        Bullets((rich("x"), rich(Ref("nowhere")))),
        Table("t", "T", (Column("A"),), (Row((cell(rich(Ref("nowhere"))),)),)),
        Table("t", "T", (Column("A"),), (Row((Cell((), items=(rich(Ref("nowhere")),)),)),)),
        Table("t", "T", (Column("A"),), (), note=rich(Ref("nowhere"))),
    ],
)
def test_a_reference_that_points_nowhere_is_found_before_anything_is_drawn(block: Paragraph) -> None:
    with pytest.raises(UnresolvedReference, match="nowhere"):
        Numbering(briefing(block))


def test_two_things_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="have the key “same”"):
        Numbering(briefing(Paragraph(rich("x"), key="same"), table(1, key="same")))


def test_a_table_needs_as_many_cells_a_row_as_columns() -> None:
    with pytest.raises(ValueError, match="2 cells for 1 columns"):
        Table("t", "T", (Column("A"),), (Row((cell("x"), cell("y"))),))


def test_an_empty_cell_says_not_known() -> None:
    assert cell("").text == rich("Not known")


def test_the_table_of_sources_names_what_rests_on_each() -> None:
    paper = Source("Report of 7 March", "para 2")
    blocks = (
        Paragraph(rich("a"), sources=(paper,)),
        Paragraph(rich("b")),
        Paragraph(rich("c"), sources=(paper,)),
        Figure("f", "F", DRAWING, sources=(Source("Another"),)),
        SourceTable(),
    )
    numbering = Numbering(briefing(*blocks))
    found = numbering.sections[0].blocks[-1].block
    assert isinstance(found, Table)
    rows = [tuple(numbering.plain(each.text) for each in row.cells) for row in found.rows]
    assert rows == [("1.1, 1.3", "Report of 7 March, para 2"), ("Figure 1", "Another")]


def test_without_any_source_the_table_says_so() -> None:
    numbering = Numbering(briefing(Paragraph(rich("a")), SourceTable()))
    found = numbering.sections[0].blocks[-1].block
    assert isinstance(found, Table)
    assert "Not known" in numbering.plain(found.rows[0].cells[1].text)


def test_places_in_one_paper_are_put_together() -> None:
    sources = (Source("A", "para 1"), Source("B", ""), Source("A", "para 2"), Source("A", "para 1"))
    assert sources_text(sources) == "A, para 1; para 2; B"
