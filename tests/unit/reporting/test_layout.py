"""Pages: the same bytes for the same briefing, breaks where a reader wants them, colours one can read."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pdfplumber
import pikepdf
import pytest

from s75desk import paths
from s75desk.domain.status import Shape
from s75desk.reporting import styles
from s75desk.reporting.columns import Extent, column_widths
from s75desk.reporting.content import Figure, Paragraph, Section, Subheading, rich
from s75desk.reporting.layout import render
from s75desk.reporting.palette import blend, contrast, light
from tests.unit.reporting.pdf_reading import spoken, tree_of
from tests.unit.reporting.samples import AS_AT, DRAWING, briefing, of_sections, table
from tests.unit.reporting.test_tagging import everything

ROOT = Path(__file__).parents[3]
IN_A_PROCESS = """
from datetime import date
from s75desk.reporting.layout import render
from tests.unit.reporting.test_tagging import everything
print(render(everything(), as_at=date(2026, 2, 2)).sha256)
"""


def test_the_same_briefing_makes_the_same_bytes() -> None:
    first, second = render(everything(), as_at=AS_AT), render(everything(), as_at=AS_AT)
    assert first.data == second.data
    assert first.sha256 == second.sha256


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_another_process_with_another_hash_seed_makes_the_same_bytes(seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1", "TZ": "Pacific/Auckland"}
    said = subprocess.run(
        [sys.executable, "-c", IN_A_PROCESS], capture_output=True, text=True, check=True, cwd=ROOT, env=environment
    ).stdout
    assert said.strip() == render(everything(), as_at=date(2026, 2, 2)).sha256


def test_another_date_or_word_makes_other_bytes() -> None:
    one = render(briefing(Paragraph(rich("a"))), as_at=AS_AT).sha256
    assert render(briefing(Paragraph(rich("b"))), as_at=AS_AT).sha256 != one
    assert render(briefing(Paragraph(rich("a"))), as_at=date(2026, 2, 3)).sha256 != one


def test_the_file_is_dated_as_at_and_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(render(everything(), as_at=AS_AT).data)) as pdf:
        assert str(pdf.docinfo.CreationDate) == "D:20260202120000+00'00'"
        assert str(pdf.docinfo.Title) == "Test briefing: A briefing made up for a test"
        assert str(pdf.docinfo.Author) == "A tester"
        assert str(pdf.Root.Lang) == "en-GB"
        packet = pdf.Root.Metadata.read_bytes().decode()
        assert "<xmp:CreateDate>2026-02-02T12:00:00+00:00</xmp:CreateDate>" in packet
        assert bytes(pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()) == _profile()


def _profile() -> bytes:
    return paths.resource("icc", "srgb.icc").read_bytes()


def test_the_colour_profile_holds_no_time_of_making() -> None:
    assert _profile()[24:36] == bytes.fromhex("07d0 0001 0001 0000 0000 0000".replace(" ", ""))


# --- page breaks ----------------------------------------------------------------------------------------------------


def heading_pages(data: bytes) -> list[tuple[int, int]]:
    """The page of each section's heading, and the page on which what follows it begins."""
    kids = tree_of(data).kids
    return [
        (min(node.pages), min(kids[place + 1].pages))
        for place, node in enumerate(kids)
        if node.role in ("H2", "H3") and place + 1 < len(kids)
    ]


@pytest.mark.parametrize("lines", range(2, 30, 3))
def test_a_heading_is_never_left_behind(lines: int) -> None:
    sections = []
    for number in range(8):
        filler = Paragraph(rich("Some words of no weight that fill a line or so of the page. " * lines))
        what = (
            Figure(f"f{number}", "F", DRAWING),
            table(4 + number, key=f"t{number}"),
            Paragraph(rich("x " * 400)),
        )[number % 3]
        sections.append(Section(f"s{number}", f"S{number}", (filler, Subheading("Sub"), what)))
    data = render(of_sections(*sections), as_at=AS_AT).data
    assert all(own == following for own, following in heading_pages(data))


@pytest.mark.parametrize("rows", [3, 6, 9])
@pytest.mark.parametrize("lines", [26, 30, 34, 38])
def test_a_short_table_stays_whole_with_its_caption(rows: int, lines: int) -> None:
    filler = [Paragraph(rich("A line of words.")) for _ in range(lines)]
    data = render(briefing(*filler, table(rows)), as_at=AS_AT).data
    (found,) = list(tree_of(data).all("Table"))
    assert len(found.pages) == 1


def test_the_last_row_of_a_table_does_not_stand_alone() -> None:
    for rows in range(25, 60):
        data = render(briefing(table(rows)), as_at=AS_AT).data
        (found,) = list(tree_of(data).all("Table"))
        pages = [min(row.pages) for row in found.kids[2].kids]
        assert pages[-1] == pages[-2], rows


def test_a_header_never_stands_in_the_middle_of_a_page() -> None:
    words = "word " * 120
    data = render(briefing(*(table(4, key=f"t{n}", words=words) for n in range(3))), as_at=AS_AT).data
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for sheet in pdf.pages:
            heads = [line for line in sheet.extract_text().splitlines() if line.startswith("Name Words")]
            captions = [line for line in sheet.extract_text().splitlines() if line.startswith("Table ")]
            assert len(heads) <= len(captions) + 1


# --- colours --------------------------------------------------------------------------------------------------------


def test_all_text_on_paper_can_be_read() -> None:
    colours = light()
    pairs = [("text", "surface"), ("muted", "surface"), ("accent", "surface"), ("text", "band"), ("good_text", "band")]
    pairs += [("on_accent", "accent"), ("surface", "muted"), ("text", "accent_soft"), ("watch_text", "surface")]
    for ink, paper in pairs:
        assert contrast(colours[ink], colours[paper]) >= 4.5, (ink, paper)


@pytest.mark.parametrize("shape", list(Shape))
def test_status_words_and_boxes_can_be_read(shape: Shape) -> None:
    assert contrast(styles.word_colour(shape), light()["surface"]) >= 4.5
    fill = "#" + styles.callout(shape).backColor.hexval()[2:]
    assert contrast(light()["text"], fill) >= 4.5


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#FFFFFF", "#FFFFFF") == 1


def test_a_blend_lies_between_its_colours() -> None:
    assert blend("text", "surface", 0) == light()["surface"]
    assert blend("text", "surface", 1) == light()["text"]


# --- columns --------------------------------------------------------------------------------------------------------


def test_columns_that_fit_share_spare_room_among_words() -> None:
    extents = [Extent(20, 60), Extent(20, 40, stretches=False), Extent(20, 120)]
    assert column_widths(extents, 400) == pytest.approx([120, 40, 240])


def test_figures_alone_share_it_too() -> None:
    assert column_widths([Extent(10, 50, stretches=False), Extent(10, 50, stretches=False)], 200) == [100, 100]


def test_prose_does_not_break_dates() -> None:
    dates, prose, more = column_widths([Extent(60, 60), Extent(50, 2000), Extent(50, 500)], 400)
    assert dates == 60
    assert prose > more > 100
    assert dates + prose + more == pytest.approx(400)


def test_columns_of_long_words_shrink_alike() -> None:
    assert column_widths([Extent(300, 300), Extent(100, 100)], 200) == [150, 50]


def test_what_is_said_is_in_the_order_it_is_seen() -> None:
    text = spoken(render(everything(), as_at=AS_AT).data)
    order = ["First & foremost", "See section 2", "two bold", "Late.", "Figure 1 A figure", "Row 70", "Second", "Last"]
    places = [text.rindex(words) for words in order]
    assert places == sorted(places)
