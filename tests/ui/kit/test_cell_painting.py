"""Words of a cell take a second line before they are cut."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from s75desk.ui.widgets.cell_painting import fitted


@pytest.mark.parametrize(
    "words",
    [
        "End not known, 28 doubts",
        "Requires improvement, as recorded in this desk",
        "Decide extension 1",
        "8 February 2026, inferred",
    ],
)
def test_what_fits_two_lines_is_said_whole(words: str, qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    room = round(metrics.horizontalAdvance(words) * 0.72)
    assert metrics.horizontalAdvance(words) > room
    lines = fitted(metrics, words, room)
    assert " ".join(lines) == words
    assert len(lines) == 2
    assert all(metrics.horizontalAdvance(line) <= room for line in lines)


def test_what_has_room_stays_on_one_line(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert fitted(metrics, "Live", 500) == ("Live",)


def test_a_single_line_is_cut_as_before_and_one_long_word_is_not_broken(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    assert len(fitted(metrics, "Learning disability, supported living", 60, most=1)) == 1
    assert len(fitted(metrics, "Incomprehensibilities", 40)) == 1


def test_long_texts_of_any_shape_lose_no_word(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    words = " ".join(f"word{number}" for number in range(20_000))
    lines = fitted(metrics, words, 200, most=10**6)
    assert " ".join(lines) == words
    assert len(fitted(metrics, words, 200, most=3)) == 3
    assert len(fitted(metrics, "x" * 32_000, 200, most=40)) == 1
    points = "\n".join(f"Point {number}" for number in range(3_000))
    assert fitted(metrics, points, 400, most=5_000) == tuple(points.split("\n"))
    assert len(fitted(metrics, points, 400, most=4)) == 4
    assert fitted(metrics, "One\nTwo", 400, most=1) == ("One Two",)
