"""A briefing without numbers, and what stands side by side in it: facts, entries with a status, pictures."""

from __future__ import annotations

import io
from dataclasses import replace

import pdfplumber
import pytest

from s75desk.domain.status import Shape, Status
from s75desk.reporting import content
from s75desk.reporting.content import (
    Callout,
    Column,
    Entry,
    Exhibit,
    Fact,
    Facts,
    Gallery,
    Paragraph,
    Ref,
    Row,
    Section,
    Table,
    Words,
    cell,
    rich,
)
from s75desk.reporting.layout import render
from s75desk.reporting.numbering import Numbering, UnresolvedReference
from tests.unit.reporting.pdf_reading import assert_conforms, failures, spoken, tree_of
from tests.unit.reporting.samples import AS_AT, DRAWING, of_sections, table
from tests.unit.rich_visit import jpeg

GOOD = Status(Shape.GOOD, "Good")
LONG = "A word of many. " * 300


def plain(*blocks: content.Block) -> content.Briefing:
    """A briefing without numbers, with one section that holds ``blocks`` and one after it."""
    sections = (Section("one", "The first", blocks), Section("two", "The second", (Paragraph(rich("The end.")),)))
    return replace(of_sections(*sections), numbered=False)


def bare(key: str, rows: int = 3, **values: object) -> Table:
    """A table without a caption."""
    return replace(table(rows, key=key), caption="", **values)  # type: ignore[arg-type]


def test_sections_and_paragraphs_have_no_numbers_and_are_referred_to_by_name() -> None:
    briefing = plain(Paragraph((Words("See "), Ref("two"), Words(" and "), Ref("t"), Words("."))), table(3, key="t"))
    lines = spoken(render(briefing, as_at=AS_AT).data).splitlines()
    assert "H2: The first" in lines
    assert "P: See “The second” and Table 1." in lines
    assert "P: The end." in lines


def test_a_contents_list_works_without_numbers() -> None:
    result = render(replace(plain(Paragraph(rich("Words."))), contents=True), as_at=AS_AT)
    assert "  entry: The second 1" in spoken(result.data)
    assert_conforms(result.data, allowed=("TAG-002",))


def test_a_table_without_a_caption_has_no_number_and_its_headers_their_own_names() -> None:
    briefing = plain(bare("a", 8), table(8, key="b"), bare("c", 8))
    numbering = Numbering(briefing)
    assert [block.label.words for block in numbering.sections[0].blocks if block.label] == ["Table 1"]
    with pytest.raises(UnresolvedReference):
        numbering.label("a")
    tree = tree_of(render(briefing, as_at=AS_AT).data)
    names = [cell.identity for cell in tree.all("TH")]
    assert len(names) == len(set(names)) == 3 * (4 + 8)
    assert [len([kid for kid in each.kids if kid.role == "Caption"]) for each in tree.all("Table")] == [0, 1, 0]
    assert_conforms(render(briefing, as_at=AS_AT).data, allowed=("TAG-002",))


def test_facts_stand_two_to_a_line_and_a_long_one_alone() -> None:
    facts = Facts((Fact("One", "1"), Fact("Two", "2"), Fact("Three", LONG), Fact("Four", "4")))
    data = render(plain(facts), as_at=AS_AT).data
    lines = spoken(data).splitlines()
    assert [line.split(" ")[1] for line in lines if line.startswith(("P: One", "P: Two", "P: Three", "P: Four"))] == [
        "One", "Two", "Three", "Four",
    ]  # fmt: skip
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        at = {word["text"]: word for word in pdf.pages[0].extract_words() if word["text"] in ("One", "Two", "Three")}
    assert at["One"]["top"] == pytest.approx(at["Two"]["top"])
    assert at["Three"]["top"] > at["One"]["top"]
    assert_conforms(data, allowed=("TAG-002",))


def test_an_entry_is_a_heading_with_its_status_beside_it() -> None:
    entries = (
        Entry("8 Medicines", Status(Shape.ALERT, "Poor"), (rich("Why."),), opens=True),
        Entry("8.3 Doses", Status(Shape.ALERT, "Poor"), (rich("What was seen."),), level=4, mark="critical"),
        Entry("No status"),
    )
    data = render(plain(*entries), as_at=AS_AT).data
    lines = spoken(data).splitlines()
    at = lines.index("H3: 8 Medicines")
    assert lines[at : at + 7] == [
        "H3: 8 Medicines", "P: Poor", "P: Why.", "H4: 8.3 Doses critical", "P: Poor", "P: What was seen.",
        "H3: No status",
    ]  # fmt: skip
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        words = pdf.pages[0].extract_words(extra_attrs=["size"])
    name, status = (next(word for word in words if word["text"] == text) for text in ("Medicines", "Poor"))
    assert status["x0"] > name["x1"]
    baseline = [word["bottom"] - word["size"] * 0.2 for word in (name, status)]
    assert baseline[0] == pytest.approx(baseline[1], abs=1.5), "on one line, though of two sizes"
    assert_conforms(data, allowed=("TAG-002",))


@pytest.mark.parametrize("lines", range(20, 46, 3))
def test_a_short_entry_is_not_split_and_one_that_opens_stays_with_the_next(lines: int) -> None:
    filler = [Paragraph(rich("A line of words.")) for _ in range(lines)]
    opening = Entry("Opening", GOOD, (rich("Purpose."),), opens=True)
    entry = Entry("Entry", GOOD, tuple(rich(f"Paragraph {n}.") for n in range(4)), level=4)
    kids = tree_of(render(plain(*filler, opening, entry), as_at=AS_AT).data).kids
    at = next(place for place, kid in enumerate(kids) if kid.role == "H3")
    pages = set().union(*(kid.pages for kid in kids[at : at + 9]))
    assert len(pages) == 1


def test_a_very_long_entry_goes_over_pages() -> None:
    for opens in (False, True):
        entry = Entry(LONG, Status(Shape.GOOD, "Good, for the time being"), (rich(LONG * 4),), opens=opens)
        result = render(plain(entry), as_at=AS_AT)
        assert result.pages > 3
        assert failures(result.data) == []


def test_pictures_and_drawings_stand_two_to_a_row_with_words_of_their_own() -> None:
    picture = jpeg((400, 300), "x")
    exhibits = (
        Exhibit(picture, rich("First"), "The first"),
        Exhibit(replace(DRAWING, width=200.0), rich("Second")),
        Exhibit(picture, rich(LONG), "The third"),
        Exhibit(picture, rich("Fourth"), "The fourth"),
    )
    data = render(plain(Gallery(exhibits)), as_at=AS_AT).data
    figures = list(tree_of(data).all("Figure"))
    assert [node.alternative for node in figures] == ["The first", DRAWING.alternative, "The third", "The fourth"]
    assert [node.kids[0].spoken()[:5] for node in figures] == ["First", "Secon", "A wor", "Fourt"]
    assert_conforms(data, allowed=("TAG-002",))


@pytest.mark.parametrize(("rows", "lines", "moved"), [(24, 26, True), (24, 8, False), (60, 26, False)])
def test_a_whole_table_moves_to_the_next_page_if_little_is_lost_by_it(rows: int, lines: int, moved: bool) -> None:
    filler = [Paragraph(rich("A line of words.")) for _ in range(lines)]
    columns = (Column("Name"), Column("Words"))
    grid = Table("t", "", columns, tuple(Row((cell(f"{n}"), cell("x"))) for n in range(rows)), dense=True, whole=True)
    (found,) = tree_of(render(plain(*filler, grid), as_at=AS_AT).data).all("Table")
    assert (len(found.pages) == 1) is moved


def test_a_notice_stands_before_the_key_message() -> None:
    briefing = replace(plain(Paragraph(rich("Words."))), notice=Callout(GOOD, rich("The notice.")))
    lines = spoken(render(briefing, as_at=AS_AT).data).splitlines()
    assert lines.index("KeyMessage: Good. The notice.") + 1 == lines.index(
        "KeyMessage: Look here. This is the key message."
    )


def test_a_reference_in_any_text_that_points_nowhere_is_an_error() -> None:
    nowhere = (Ref("nowhere"),)
    for block in (Entry("x", texts=(nowhere,)), Gallery((Exhibit(DRAWING, nowhere),))):
        with pytest.raises(UnresolvedReference):
            Numbering(plain(block))
    with pytest.raises(UnresolvedReference):
        Numbering(replace(plain(), notice=Callout(GOOD, nowhere)))


def test_a_long_title_is_cut_with_an_ellipsis_in_the_head_of_the_page() -> None:
    briefing = replace(plain(Paragraph(rich(LONG))), title="Title of many words " * 100)
    with pdfplumber.open(io.BytesIO(render(briefing, as_at=AS_AT).data)) as pdf:
        head = pdf.pages[1].extract_text().splitlines()[0]
    assert head.startswith("Title of many words Title")
    assert "… Test briefing" in head
