"""Ratings drawn as published: two lines, words on the axis, nothing recomputed."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.drawing import PolylineMark, StatusMark
from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import Shape
from s75desk.reporting.charts import rating_history
from tests.unit.reporting.test_timeline import boxes, overlaps, texts

TODAY = date(2026, 2, 2)


def rating(value: RatingValue, day: date, scheme: RatingScheme = RatingScheme.CQC_OVERALL) -> Rating:
    return Rating(uid=f"{scheme.value}{day}", service="s", scheme=scheme, value=value, published=day)


OURS = RatingScheme.OURS
RATINGS = [
    rating(RatingValue.GOOD, date(2017, 5, 12)),
    rating(RatingValue.REQUIRES_IMPROVEMENT, date(2021, 8, 24)),
    rating(RatingValue.GOOD, date(2024, 3, 8)),
    rating(RatingValue.GOOD, date(2022, 4, 20), OURS),
    rating(RatingValue.POOR, date(2025, 10, 14), OURS),
]


def test_both_raters_have_a_line_and_every_rating_a_shape() -> None:
    drawing = rating_history(RATINGS, TODAY, 600)
    assert {"CQC", "Ours", "Good", "Requires improvement", "Poor"} <= set(texts(drawing))
    drawn = [mark.shape for mark in drawing.marks if isinstance(mark, StatusMark) and mark.x > 0]
    assert sorted(drawn, key=str) == sorted([Shape.GOOD, Shape.WATCH, Shape.GOOD, Shape.GOOD, Shape.ALERT], key=str)
    assert drawing.alternative == (
        "Rating history. CQC: Good on 12 May 2017; Requires improvement on 24 August 2021; Good on 8 March 2024. "
        "Ours: Good on 20 April 2022; Poor on 14 October 2025."
    )
    assert len(drawing.table) == 6
    assert len(drawing.spots) == 5


def test_not_rated_breaks_the_line_and_has_a_row() -> None:
    gap = [RATINGS[0], rating(RatingValue.NOT_RATED, date(2020, 1, 1)), rating(RatingValue.GOOD, date(2022, 1, 1))]
    drawing = rating_history(gap, TODAY, 600)
    assert "Not rated" in texts(drawing)
    assert len([mark for mark in drawing.marks if isinstance(mark, PolylineMark)]) == 2


def test_later_ratings_key_questions_and_food_are_left_out() -> None:
    others = [
        rating(RatingValue.INADEQUATE, date(2026, 3, 1)),
        rating(RatingValue.INADEQUATE, date(2020, 3, 1), RatingScheme.CQC_SAFE),
        rating(RatingValue.FIVE, date(2020, 3, 1), RatingScheme.FOOD_HYGIENE),
    ]
    assert (
        rating_history([*RATINGS, *others], TODAY, 600).alternative == rating_history(RATINGS, TODAY, 600).alternative
    )


def test_an_inherited_rating_says_so() -> None:
    inherited = Rating(uid="i", service="s", value=RatingValue.GOOD, published=date(2020, 1, 1), inherited=True)
    assert "Good, inherited, on 1 January 2020" in rating_history([inherited], TODAY, 600).alternative


def test_without_ratings_it_says_so() -> None:
    assert texts(rating_history([], TODAY, 600)) == ["No overall rating is recorded"]


@pytest.mark.parametrize("width", [340, 470, 600, 830])
@pytest.mark.parametrize("count", [1, 3, 5])
def test_no_label_lies_on_another(width: float, count: int) -> None:
    drawing = rating_history(RATINGS[:count], TODAY, width)
    assert overlaps(drawing) == []
    assert all(left >= -1 and right <= width + 1 for left, _, right, _, _ in boxes(drawing))
