"""What a JPEG says at its head, and a signature as a drawing."""

from __future__ import annotations

import io
import json
import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from s75desk.domain.drawing import CircleMark, LineMark, PolylineMark
from s75desk.domain.records import VisitSignature
from s75desk.domain.records.visit_work import Party
from s75desk.reporting.jpeg import JpegSize, NotAJpeg, size_of
from s75desk.reporting.signature import BOX, signature_drawing, strokes_of


def saved(mode: str, size: tuple[int, int], kind: str = "JPEG", **options: object) -> bytes:
    kept = io.BytesIO()
    Image.new(mode, size, 90 if mode == "L" else None).save(kept, kind, **options)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (saved("RGB", (640, 480)), JpegSize(640, 480, 3)),
        (saved("L", (3, 5)), JpegSize(3, 5, 1)),
        (saved("RGB", (640, 480), progressive=True), JpegSize(640, 480, 3)),
        (saved("RGB", (10, 20), exif=Image.Exif().tobytes(), comment=b"\xff" * 50), JpegSize(10, 20, 3)),
    ],
)
def test_the_size_of_a_jpeg(data: bytes, size: JpegSize) -> None:
    assert size_of(data) == size
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.size == (size.width, size.height)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff",
        b"\xff\xd8",
        saved("RGB", (4, 4), "PNG"),
        saved("CMYK", (4, 4)),
        saved("RGB", (4, 4))[:20],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xc0\x00\x11\x08\x00\x00\x00\x00\x03",  # no pixels
        b"\xff\xd8\xff\xc0\x00\x11\x0c\x00\x04\x00\x04\x03",  # twelve bits
        b"\xff\xd8\xff\xc3\x00\x11\x08\x00\x04\x00\x04\x03",  # lossless
    ],
)
def test_what_cannot_be_printed_is_refused(data: bytes) -> None:
    with pytest.raises(NotAJpeg):
        size_of(data)


@given(st.binary(max_size=200))
def test_any_bytes_are_a_jpeg_or_refused(data: bytes) -> None:
    for each in (data, b"\xff\xd8" + data):
        try:
            found = size_of(each)
        except NotAJpeg:
            continue
        assert found.width > 0
        assert found.height > 0


# --- signatures ------------------------------------------------------------------------------------------------------


def signature(strokes: object, **values: object) -> VisitSignature:
    text = strokes if isinstance(strokes, str) else json.dumps(strokes)
    return VisitSignature(party=Party.OFFICER, role="quality officer", strokes=text, **values)  # type: ignore[arg-type]


def test_strokes_become_lines_and_dots_in_the_size_asked_for() -> None:
    drawing = signature_drawing(
        signature([[[0, 0], [500, 200], [1000, 400]], [[250, 100]]], signed=datetime(2026, 2, 3, 10, 42, tzinfo=UTC)),
        200,
    )
    assert drawing is not None
    assert (drawing.width, drawing.height) == (200, 80)
    base, line, dot = drawing.marks
    assert isinstance(base, LineMark)
    assert isinstance(line, PolylineMark)
    assert (line.points[0], line.points[-1]) == ((0, 0), (200, 80))
    assert all(y == pytest.approx(x * 0.4) for x, y in line.points), "a straight stroke stays straight"
    assert isinstance(dot, CircleMark)
    assert (dot.x, dot.y) == (50, 20)
    assert drawing.alternative == "Signature of the officer, quality officer, signed 3 February 2026 10:42"


@pytest.mark.parametrize("stroke", [[[5, 5]], [[5, 5], [5, 5]], [[5, 5], [6, 5]]])
def test_a_pen_that_did_not_move_leaves_a_dot(stroke: list[list[int]]) -> None:
    drawing = signature_drawing(signature([stroke]), 100)
    assert drawing is not None
    assert isinstance(drawing.marks[1], CircleMark)
    assert drawing.alternative.endswith("signed at a time not known")


def test_a_quick_stroke_is_a_curve_and_no_zigzag() -> None:
    """The curve of the window: it begins and ends with the stroke, and goes through the middles of its pieces."""
    drawing = signature_drawing(signature([[[0, 0], [200, 300], [400, 0], [600, 300]]]), BOX[0])
    assert drawing is not None
    line = drawing.marks[1]
    assert isinstance(line, PolylineMark)
    assert (line.points[0], line.points[-1]) == ((0, 0), (600, 300))
    assert (300, 150) in line.points
    assert (200, 300) not in line.points
    turns = [_turn(*three) for three in zip(line.points, line.points[1:-1], line.points[2:-1], strict=False)]
    assert max(turns) < 35, "degrees"


def _turn(one: tuple[float, float], two: tuple[float, float], three: tuple[float, float]) -> float:
    (a, b), (c, d) = (two[0] - one[0], two[1] - one[1]), (three[0] - two[0], three[1] - two[1])
    return abs(math.degrees(math.atan2(a * d - b * c, a * c + b * d)))


def test_points_outside_the_box_are_brought_back_and_nonsense_is_left_out() -> None:
    kept = strokes_of('[[[-5, 9999], [true, 1], "x", [1], [1, 2, 3], [1e999, 1], [10, 20]], 7, [], [["a", "b"]]]')
    assert kept == [[(0.0, BOX[1]), (10.0, 20.0)]]


@pytest.mark.parametrize("text", [None, "", "null", "1", "{}", "[]", "[[]]", "[[[]]]", "not json", "[" * 100_000])
def test_nothing_to_draw_is_no_drawing(text: str | None) -> None:
    assert signature_drawing(VisitSignature(strokes=text), 100) is None


@given(st.recursive(st.none() | st.floats() | st.text(max_size=3), lambda inner: st.lists(inner, max_size=4)))
def test_whatever_is_kept_as_strokes_is_drawn_inside_the_box_or_not_at_all(kept: object) -> None:
    for stroke in strokes_of(json.dumps(kept)):
        assert stroke
        assert all(0 <= x <= BOX[0] and 0 <= y <= BOX[1] for x, y in stroke)
