"""Strokes of a signature as text, thinned, and as outlines of words."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QApplication

from s75desk.ui.theme import Theme
from s75desk.ui.theme.fonts import make_font
from s75desk.ui.visit.strokes import (
    BASELINE,
    HIGH,
    MOST_POINTS,
    WIDE,
    as_text,
    far_enough,
    from_text,
    smooth_path,
    strokes_of_words,
    thinned,
)

POINT = st.tuples(st.floats(0, WIDE), st.floats(0, HIGH))
STROKES = st.lists(st.lists(POINT, min_size=1, max_size=40), max_size=8)


@given(STROKES)
def test_text_holds_whole_numbers_and_reads_back_as_it_was(strokes: list[list[tuple[float, float]]]) -> None:
    text = as_text(strokes)
    assert bool(text) == bool(strokes)
    if text:
        lines = json.loads(text)
        assert len(lines) == len(strokes)
        assert all(len(line) >= 2 for line in lines), "a dot is a line that can be printed"
        assert all(isinstance(part, int) for line in lines for point in line for part in point)
        assert all(0 <= x <= WIDE and 0 <= y <= HIGH for line in lines for x, y in line)
    assert as_text(from_text(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "", "no json", "{}", "7", "null", "[1, 2]", '"[[[1,2]]]"', "[[1, 2]]", "[[[1]]]", '[[["a", "b"]]]',
        "[[[true, 1]]]",
        "[[[NaN, 1]]]", "[[[Infinity, 1]]]", "[[[1e999, 1]]]", "[[]]", "[[[1,2],", "[" * 100_000, "[[[null, null]]]",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_signature(text: str) -> None:
    assert from_text(text) == []


def test_what_can_be_read_is_kept_within_the_box() -> None:
    assert from_text('[[[1, 2], "x", [3.5, 4]], 5, [[-5, 9000], [1000000, 7]]]') == [
        [(1.0, 2.0), (3.5, 4.0)],
        [(0.0, 400.0), (1000.0, 7.0)],
    ]


@given(st.text(max_size=80))
def test_any_text_is_read_or_left(text: str) -> None:
    for stroke in from_text(text):
        assert stroke


@given(STROKES)
def test_thinning_keeps_every_stroke_with_its_ends(strokes: list[list[tuple[float, float]]]) -> None:
    thin = thinned(strokes)
    assert [(stroke[0], stroke[-1]) for stroke in thin] == [(stroke[0], stroke[-1]) for stroke in strokes]
    for stroke in thin:
        inner = stroke[:-1]
        assert all(far_enough(one, other) for one, other in pairwise(inner))


def test_a_very_long_signature_gets_sparser_not_shorter() -> None:
    long = [[((i * 7) % 1000 + 0.0, (i * 3) % 400 + 0.0) for i in range(3000)] for _ in range(4)]
    thin = thinned(long)
    assert sum(map(len, thin)) <= MOST_POINTS
    assert len(thin) == 4
    assert all(stroke[-1] == before[-1] for stroke, before in zip(thin, long, strict=True))


def test_a_curve_begins_and_ends_where_the_stroke_does_and_stays_near_it() -> None:
    stroke = [(0.0, 0.0), (50.0, 40.0), (100.0, 0.0), (150.0, 40.0)]
    path = smooth_path(stroke)
    assert path.elementAt(0).x == 0
    assert path.currentPosition() == QPointF(150, 40)
    assert path.boundingRect().height() <= 40
    assert smooth_path([(5.0, 5.0)]).length() > 0, "a dot is drawn"


@pytest.mark.parametrize(
    "words",
    [
        "Signed by keyboard: registered manager",
        "Signed by keyboard: manager",
        "Signed by keyboard: " + "deputy manager and clinical lead of the unit on the second floor " * 4,
        "Signed by keyboard: " + "x" * 300,
        "Signé au clavier: directrice générale",
    ],
    ids=len,
)
def test_words_are_outlines_that_stand_on_the_line(qapp: QApplication, words: str) -> None:
    strokes = strokes_of_words(words, make_font(100, Theme.of().metrics))
    points = [point for stroke in strokes for point in stroke]
    assert len(strokes) >= sum(sign.isalpha() for sign in words)
    assert len(points) <= MOST_POINTS
    across, down = [x for x, _ in points], [y for _, y in points]
    assert min(across) >= 30
    assert max(across) <= WIDE - 30
    assert max(across) - min(across) > 300
    assert min(down) >= 0
    assert BASELINE - 40 < max(down) < BASELINE + 30
    assert as_text(strokes) == as_text(strokes_of_words(words, make_font(100, Theme.of().metrics)))


@pytest.mark.parametrize("words", ["", "   ", "\n"])
def test_no_words_are_no_strokes(qapp: QApplication, words: str) -> None:
    assert strokes_of_words(words, make_font(100, Theme.of().metrics)) == []
