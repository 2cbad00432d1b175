"""Widths of words without fonts, and labels that keep apart."""

from __future__ import annotations

import itertools
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.reporting.labels import Label, Words, place_labels, spread
from s75desk.reporting.tagged import fonts
from s75desk.reporting.text_width import text_width
from tests.unit.reporting import make_advances


def test_the_table_of_widths_is_that_of_the_fonts() -> None:
    assert make_advances.TARGET.read_text(encoding="utf-8") == make_advances.source()


@pytest.mark.parametrize("bold", [False, True])
def test_a_line_is_as_wide_as_on_paper(bold: bool) -> None:
    for words in ("Notice by 31 Mar 2026", "£10,193,315", "Ŵyth tŷ", "≠ ≥ − ×"):
        assert text_width(words, 9, bold=bold) == pytest.approx(fonts.width(words, 9, bold=bold), abs=0.02)


@pytest.mark.parametrize(
    "module",
    ["charts", "timeline", "content", "numbering", "agreement_briefing", "text_width", "palette", "kpi_plot"],
)
def test_what_the_window_needs_does_not_load_reportlab(module: str) -> None:
    code = f"import s75desk.reporting.{module}, sys; print('reportlab' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "False"


def label(x: float, width: float, aside: float = 0) -> Label:
    words = Words("x", 1)
    return Label(x, (Words("x" * max(1, round(width / words.width)), 1),), aside)


@settings(max_examples=200)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(10, 120), st.sampled_from([0.0, 10.0])), min_size=1, max_size=9))
def test_words_of_one_row_never_meet(asked: list[tuple[float, float, float]]) -> None:
    placed = place_labels([[label(*each) for each in asked]], 500, 5, levels=3)
    assert len(placed) == len(asked)
    for place, one in enumerate(placed):
        for other in placed[place + 1 :]:
            if one.level == other.level:
                assert one.right <= other.left or other.right <= one.left


def test_the_first_variant_that_fits_is_taken() -> None:
    crowded = [label(100, 90), label(110, 90), label(120, 90), label(130, 90)]
    roomy = [label(100, 90), label(300, 90)]
    assert [placed.label for placed in place_labels([crowded, roomy], 400, 5, levels=2)] == roomy


def test_dozens_of_labels_are_placed_in_time() -> None:
    placed = place_labels([[label(x * 3, 60, 10) for x in range(60)]], 500, 5, levels=3)
    assert len(placed) == 60


@given(st.lists(st.floats(0, 200), max_size=8), st.floats(5, 20))
def test_a_column_of_labels_is_spread_as_far_as_needed(wanted: list[float], height: float) -> None:
    middles = spread(wanted, height, 0, 200)
    ordered = sorted(middles)
    assert all(later - earlier >= height - 1e-6 for earlier, later in itertools.pairwise(ordered))
    assert all(middle >= height / 2 - 1e-6 for middle in middles)


def test_labels_with_room_stay_where_they_are() -> None:
    assert spread([20, 80, 150], 10, 0, 200) == [20, 80, 150]
