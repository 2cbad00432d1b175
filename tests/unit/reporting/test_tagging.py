"""What the engine writes is what a screen reader needs: elements, marks, links, lists, tables, contents."""

from __future__ import annotations

import io
from datetime import date

import pikepdf
import pytest

from s75desk.domain.status import Shape, Status
from s75desk.reporting.content import (
    Briefing,
    Bullets,
    Callout,
    Cell,
    Column,
    Figure,
    Paragraph,
    Ref,
    Remark,
    Row,
    Section,
    Subheading,
    Table,
    Words,
    bold,
    cell,
    rich,
)
from s75desk.reporting.layout import render
from s75desk.reporting.tagged.canvas import TaggedCanvas
from s75desk.reporting.tagged.flowables import Figure as FigureFlowable
from s75desk.reporting.tagged.structure import Tag
from tests.unit.reporting.pdf_reading import Node, assert_conforms, fonts_of, spoken, tree_of
from tests.unit.reporting.samples import AS_AT, DRAWING, briefing, of_sections, table

LONG = "The partners agreed what follows from the review of the quarter and of the year before it. " * 8


def made(content: Briefing) -> bytes:
    return render(content, as_at=AS_AT).data


def whole(*blocks: object, contents: bool = False) -> Node:
    return tree_of(made(briefing(*blocks, contents=contents)))  # type: ignore[arg-type]


def roles(node: Node) -> list[str]:
    return [kid.role for kid in node.kids]


def test_a_document_opens_with_one_title_and_its_sections_are_headings_below_it() -> None:
    tree = whole(Subheading("A subheading"), Paragraph(rich("Words")))
    assert roles(tree) == ["P", "H1", "P", "KeyMessage", "H2", "H3", "P"]
    assert [node.spoken() for node in tree.all("H1", "H2", "H3")] == [
        "A briefing made up for a test",
        "1 The only section",
        "A subheading",
    ]


def test_a_paragraph_is_read_with_its_number() -> None:
    (_, _, _, _, _, paragraph) = whole(Paragraph(rich("Words and ", bold("more"), "."))).kids
    assert paragraph.spoken() == "1.1 Words and more."


def test_a_paragraph_split_over_two_pages_is_one_element() -> None:
    tree = whole(*(Paragraph(rich(LONG)) for _ in range(12)))
    split = [node for node in tree.all("P") if len(node.pages) == 2]
    assert split
    assert all(" ".join(LONG.split()) in node.spoken() for node in split)


def test_lines_do_not_run_together() -> None:
    paragraph = whole(Paragraph(rich(LONG))).kids[-1]
    assert paragraph.spoken() == f"1.1 {' '.join(LONG.split())}"


def test_text_in_another_language_says_so() -> None:
    welsh = Paragraph(rich("Mae fersiwn Gymraeg ar gael: ŵyth tŷ."), language="cy")
    paragraph = whole(welsh).kids[-1]
    assert (paragraph.language, paragraph.spoken()) == ("cy", "1.1 Mae fersiwn Gymraeg ar gael: ŵyth tŷ.")


def test_marks_of_markup_in_records_are_printed_as_they_are() -> None:
    nasty = 'A & B <b>not bold</b> <a href="x">y</a> &amp; </p> "quoted" <!-- no -->'
    assert whole(Paragraph(rich(nasty))).kids[-1].spoken() == f"1.1 {nasty}"


def test_a_very_long_word_stays_on_the_page() -> None:
    data = made(briefing(Paragraph(rich("x" * 400)), Table("t", "T", (Column("A"), Column("B")), (
        Row((cell("y" * 300), cell("z"))),))))  # fmt: skip
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert all(char["x1"] <= sheet.width - 50 for sheet in pdf.pages for char in sheet.chars)


def test_line_breaks_are_kept_and_blank_lines_closed_up() -> None:
    paragraph = whole(Paragraph(rich("one\n\n\ntwo\r\nthree"))).kids[-1]
    assert paragraph.spoken() == "1.1 one two three"


# --- links ----------------------------------------------------------------------------------------------------------


def test_a_reference_inside_a_paragraph_is_a_link_between_its_words() -> None:
    text = rich("See ", Ref("table"), " for more, and ", Ref("only"), ".")
    (paragraph,) = [node for node in whole(Paragraph(text), table(3)).all("P") if node.all("Link") and node.kids]
    assert [kid.role for kid in paragraph.kids] == ["Link", "Link"]
    assert paragraph.spoken() == "1.1 See Table 1 for more, and section 1."
    assert [(kid.text, kid.annotations) for kid in paragraph.kids] == [("Table 1", 1), ("section 1", 1)]


def test_a_paragraph_that_is_nothing_but_a_reference_is_a_link_too() -> None:
    blocks = (Paragraph(rich(Ref("table", capital=True))), table(3))
    (link,) = list(whole(*blocks).all("Link"))
    assert (link.text.strip(), link.annotations) == ("Table 1", 1)


def test_a_link_that_wraps_is_one_element_with_an_annotation_a_line() -> None:
    found = []
    for length in range(100, 140):
        text = rich("x " * (length // 2) + "y" * (length % 2) + " ", Ref("only"), " end")
        found += [link.annotations for link in whole(Paragraph(text)).all("Link")]
    assert set(found) == {1, 2}


def test_a_reference_in_a_cell_and_in_a_list_is_a_link() -> None:
    row = Row((cell(rich("see ", Ref("only"))), Cell((), items=(rich("one"), rich(Ref("only"))))))
    tree = whole(Table("t", "T", (Column("A"), Column("B")), (row,)), Bullets((rich("also ", Ref("t")),)))
    assert [link.text.strip() for link in tree.all("Link")] == ["section 1", "section 1", "Table 1"]


def test_every_link_names_itself_and_leads_somewhere() -> None:
    data = made(briefing(Paragraph(rich("See ", Ref("table"))), table(80), contents=True))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        links = [each for sheet in pdf.pages for each in sheet.get("/Annots", [])]
        assert {str(each.Contents) for each in links} == {"Table 1", "1 The only section"}
        for each in links:
            assert each.F == 4
            assert "/StructParent" in each
            assert each.get("/Dest") is not None


# --- lists, boxes, figures ------------------------------------------------------------------------------------------


def test_a_list_has_labels_and_bodies() -> None:
    (found,) = list(whole(Bullets((rich("one"), rich(LONG)))).all("L"))
    assert str(found.attributes["ListNumbering"]) == "/Disc"
    assert [[part.role for part in item.kids] for item in found.kids] == [["Lbl", "LBody"], ["Lbl", "LBody"]]
    assert [item.spoken() for item in found.kids] == ["• one", f"• {' '.join(LONG.split())}"]


def test_an_ordered_list_is_numbered() -> None:
    (found,) = list(whole(Bullets((rich("one"), rich("two")), ordered=True)).all("L"))
    assert str(found.attributes["ListNumbering"]) == "/Decimal"
    assert found.spoken() == "1. one 2. two"


def test_lists_that_follow_each_other_are_two() -> None:
    tree = whole(Bullets((rich("one"),)), Paragraph(rich("x")), Bullets((rich("two"),)))
    assert [node.spoken() for node in tree.all("L")] == ["• one", "• two"]


def test_a_list_that_runs_over_the_page_is_one_list() -> None:
    (found,) = list(whole(Bullets(tuple(rich(LONG) for _ in range(12)))).all("L"))
    assert len(found.kids) == 12
    assert len(found.pages) > 1


@pytest.mark.parametrize("shape", list(Shape))
def test_a_status_is_a_word_and_its_shape_is_decoration(shape: Shape) -> None:
    box = Callout(Status(shape, "The word"), rich("What follows."))
    tree = whole(box)
    assert tree.kids[-1].spoken() == "The word. What follows."
    assert not list(tree.all("Figure"))


def test_a_figure_has_words_a_box_and_its_caption_first() -> None:
    (figure,) = list(whole(Figure("f", "What it shows", DRAWING)).all("Figure"))
    assert figure.alternative == DRAWING.alternative
    assert [kid.role for kid in figure.kids] == ["Caption"]
    assert figure.kids[0].spoken() == "Figure 1 What it shows"
    left, bottom, right, top = (float(edge) for edge in figure.attributes["BBox"])
    assert right - left == pytest.approx(DRAWING.width)
    assert top - bottom == pytest.approx(DRAWING.height)


def test_a_figure_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="words that stand for it"):
        FigureFlowable(10, 10, "", lambda canvas: None)


# --- tables ---------------------------------------------------------------------------------------------------------


def test_a_table_has_a_caption_a_head_and_a_body_with_headers() -> None:
    (found,) = list(whole(table(3)).all("Table"))
    assert roles(found) == ["Caption", "THead", "TBody"]
    heads = list(found.kids[1].all("TH"))
    assert [str(head.attributes["Scope"]) for head in heads] == ["/Column"] * 4
    first = found.kids[2].kids[0]
    assert [each.role for each in first.kids] == ["TH", "TD", "TD", "TD"]
    assert str(first.kids[0].attributes["Scope"]) == "/Row"
    assert [str(name) for name in first.kids[2].attributes["Headers"]] == [heads[2].identity, first.kids[0].identity]


def test_header_cells_of_all_tables_have_names_of_their_own() -> None:
    tree = whole(table(3, key="a"), table(3, key="b"))
    names = [node.identity for node in tree.all("TH")]
    assert len(names) == len(set(names)) == 14
    assert all(names)


def test_a_table_that_runs_over_pages_is_one_table_and_repeats_its_header_as_decoration() -> None:
    data = made(briefing(table(120)))
    (found,) = list(tree_of(data).all("Table"))
    assert roles(found) == ["Caption", "THead", "TBody"]
    assert [row.kids[0].spoken() for row in found.kids[2].kids] == [f"Row {number}" for number in range(1, 121)]
    assert len(found.pages) > 2
    assert spoken(data).count("Name | Words") == 1
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert sum("Name Words Amount Status" in sheet.extract_text() for sheet in pdf.pages) == len(found.pages)


@pytest.mark.parametrize("length", [3000, 9000, 30000])
def test_a_row_that_no_page_holds_goes_on_in_the_same_cells(length: int) -> None:
    words = " ".join(f"word{number}" for number in range(length // 8))
    data = made(briefing(Paragraph(rich(LONG)), table(6), table(3, key="tall", words=words), table(3, key="after")))
    tall = list(tree_of(data).all("Table"))[1]
    rows = tall.kids[2].kids
    assert [row.kids[0].spoken() for row in rows] == ["Row 1", "Row 2", "Row 3"]
    assert all(row.kids[1].spoken() == words for row in rows)
    assert [len(row.kids) for row in rows] == [4, 4, 4]


def test_a_list_in_a_cell_is_a_list() -> None:
    row = Row((cell("x"), Cell((), items=(rich("one"), rich("two")))))
    tree = whole(Table("t", "T", (Column("A"), Column("B")), (row,)))
    assert [item.spoken() for item in tree.all("LI")] == ["• one", "• two"]


def test_a_small_table_has_no_more_heads_than_data() -> None:
    columns = (Column("Item"), Column("Figure"))
    tree = whole(Table("t", "T", columns, (Row((cell("x"), cell("1"))), Row((cell("y"), cell("2"))))))
    assert [node.spoken() for node in tree.all("TH")] == ["Item", "Figure"]


# --- contents, page numbers -----------------------------------------------------------------------------------------


def test_the_contents_list_links_to_each_section_and_says_its_page() -> None:
    sections = [Section(f"s{number}", f"Section {number}", (table(40, key=f"t{number}"),)) for number in range(1, 6)]
    data = made(of_sections(*sections, contents=True))
    tree = tree_of(data)
    entries = [entry.spoken() for entry in tree.all("TOCI")]
    pages = [min(node.pages) + 1 for node in tree.all("H2") if node.spoken() != "Contents"]
    assert entries == [f"{n} Section {n} {page}" for n, page in zip(range(1, 6), pages, strict=True)]
    assert len(set(pages)) == 5
    (entry, *_) = list(tree.all("TOCI"))
    assert [node.role for node in entry.all()] == ["TOCI", "Reference", "Link"]
    assert [node.annotations for node in entry.all("Link")] == [1]


def test_every_page_says_which_of_how_many_it_is() -> None:
    result = render(briefing(table(150)), as_at=AS_AT)
    import pdfplumber

    with pdfplumber.open(io.BytesIO(result.data)) as pdf:
        assert len(pdf.pages) == result.pages > 3
        for number, sheet in enumerate(pdf.pages, 1):
            assert f"Page {number} of {result.pages}" in sheet.extract_text()
            assert "TEST-1 · as at 2 February 2026 · printed with s75desk" in sheet.extract_text()
    assert "Page 1 of" not in spoken(result.data)


def test_the_outline_leads_to_every_section() -> None:
    data = made(of_sections(Section("a", "A", (Paragraph(rich("x")),)), Section("b", "B", (Paragraph(rich("y")),))))
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        assert title.title == "A briefing made up for a test"
        assert [entry.title for entry in title.children] == ["1 A", "2 B"]


# --- what the canvas refuses ----------------------------------------------------------------------------------------


def test_text_outside_every_element_is_refused() -> None:
    canvas = TaggedCanvas(io.BytesIO())
    with pytest.raises(ValueError, match="outside any structure element"):
        canvas.drawString(10, 10, "unheard")


def test_an_element_left_open_at_the_end_of_a_page_is_refused() -> None:
    canvas = TaggedCanvas(io.BytesIO())
    canvas.open(Tag("P"))
    with pytest.raises(ValueError, match="still open"):
        canvas.showPage()


def test_an_annotation_without_an_element_is_refused() -> None:
    canvas = TaggedCanvas(io.BytesIO())
    canvas.linkURL("https://example.org", (0, 0, 10, 10))
    with pytest.raises(ValueError, match="belongs to no structure element"):
        canvas.showPage()


def test_only_what_is_marked_can_be_drawn_later() -> None:
    canvas = TaggedCanvas(io.BytesIO())
    with pytest.raises(ValueError, match="already marked"):
        canvas.later(lambda: None)


# --- the whole ------------------------------------------------------------------------------------------------------


def everything() -> Briefing:
    """One of each block, with the odd ones: a link on its own, a row over pages, blank cells, lists in cells."""
    tall = " ".join(f"word{number}" for number in range(1500))
    small = Table("small", "Small", (Column("A"), Column("B")), (Row((cell("x"), Cell(()))),))
    listing = Table(
        "listing", "Lists", (Column("A"), Column("B"), Column("C")),
        tuple(Row((cell("x"), Cell((), items=(rich("one"), rich(LONG))), cell("y"))) for _ in range(4)),
    )  # fmt: skip
    first = Section(
        "first",
        "First & foremost",
        (
            Paragraph(rich("See ", Ref("second"), " and ", Ref("tall"), "."), key="p"),
            Paragraph(rich(Ref("p"))),
            Bullets((rich("one"), rich("two ", bold("bold")), rich(LONG))),
            Callout(Status(Shape.ALERT, "Late"), rich(LONG)),
            Figure("figure", "A figure", DRAWING),
            Remark(rich("A remark about ", Ref("figure"), ".")),
            table(70),
        ),
    )
    more = (
        table(3, key="tall", words=tall),
        listing,
        small,
        Subheading("Sub"),
        Paragraph(rich(Words("quiet", muted=True))),
    )
    second = Section("second", "Second", more)
    last = Section("last", "Last", (Paragraph(rich("Mae’n bwysig."), language="cy"),), appendix=True)
    return of_sections(first, second, last, contents=True)


def test_everything_together_conforms() -> None:
    result = render(everything(), as_at=date(2026, 2, 2))
    assert result.pages > 6
    assert_conforms(result.data, allowed=("ORD-001", "TBL-014", "PAG-001"))


def test_only_the_house_fonts_are_in_the_file() -> None:
    assert fonts_of(made(everything())) == {"SourceSans3-Regular", "SourceSans3-Bold"}
