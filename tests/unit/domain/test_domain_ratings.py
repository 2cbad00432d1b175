"""Ratings: shapes, order, history; Not rated kept apart from Not known."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.ratings import allowed, change_words, history, latest, rank, rating_status, scale, sort_key
from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import Shape

CQC = RatingScheme.CQC_OVERALL


def rated(value: RatingValue, published: date | None, scheme: RatingScheme = CQC) -> Rating:
    return Rating(service="s", scheme=scheme, value=value, published=published)


@pytest.mark.parametrize(
    ("value", "shape", "word"),
    [
        (RatingValue.OUTSTANDING, Shape.STAR, "Outstanding"),
        (RatingValue.GOOD, Shape.GOOD, "Good"),
        (RatingValue.REQUIRES_IMPROVEMENT, Shape.WATCH, "Requires improvement"),
        (RatingValue.INADEQUATE, Shape.ALERT, "Inadequate"),
        (RatingValue.NOT_RATED, Shape.UNKNOWN, "Not rated"),
        (RatingValue.EXEMPT, Shape.NONE, "Exempt"),
        (None, Shape.UNKNOWN, "Not known"),
    ],
)
def test_shape_and_word(value, shape, word):
    status = rating_status(value)
    assert (status.shape, status.word) == (shape, word)


def test_every_value_has_a_shape():
    assert all(rating_status(value).word for value in RatingValue)


def test_not_rated_is_not_not_known_and_neither_is_nought():
    assert rating_status(RatingValue.NOT_RATED) != rating_status(None)
    assert rank(RatingValue.NOT_RATED) is None
    assert rank(RatingValue.ZERO) == 0
    assert rating_status(RatingValue.ZERO, RatingScheme.FOOD_HYGIENE).word == "0 of 5"


def test_order():
    mixed = [RatingValue.GOOD, None, RatingValue.INADEQUATE, RatingValue.NOT_RATED, RatingValue.OUTSTANDING]
    assert sorted(mixed, key=sort_key) == [
        RatingValue.INADEQUATE,
        RatingValue.GOOD,
        RatingValue.OUTSTANDING,
        RatingValue.NOT_RATED,
        None,
    ]


@pytest.mark.parametrize("scheme", list(RatingScheme))
def test_scales_run_from_best_to_worst(scheme):
    heights = [rank(value) for value in scale(scheme)]
    assert heights == sorted(heights, reverse=True)
    assert set(scale(scheme)) < allowed(scheme)
    assert (RatingValue.EXEMPT in allowed(scheme)) is (scheme is RatingScheme.FOOD_HYGIENE)


def test_history_as_at_a_day():
    ratings = [
        rated(RatingValue.GOOD, date(2024, 5, 3)),
        rated(RatingValue.INADEQUATE, date(2021, 1, 8)),
        rated(RatingValue.GOOD, None),
        rated(RatingValue.FIVE, date(2025, 1, 1), RatingScheme.FOOD_HYGIENE),
    ]
    assert [each.value for each in history(ratings, CQC)] == [RatingValue.INADEQUATE, RatingValue.GOOD]
    assert latest(ratings, CQC, date(2024, 5, 2)).value is RatingValue.INADEQUATE
    assert latest(ratings, CQC, date(2020, 1, 1)) is None


def test_change_in_words():
    first = rated(RatingValue.REQUIRES_IMPROVEMENT, date(2021, 1, 8))
    second = rated(RatingValue.GOOD, date(2022, 3, 9))
    third = rated(RatingValue.GOOD, date(2024, 5, 3))
    assert change_words((first, second, third)) == "Good since 9 March 2022, up from Requires improvement"
    assert change_words((third, rated(RatingValue.NOT_RATED, date(2026, 9, 1)))) == (
        "Not rated since 1 September 2026, before that Good"
    )
    assert change_words((second, rated(RatingValue.INADEQUATE, date(2023, 1, 1)))).endswith("down from Good")
    assert change_words(()) == "Not known"
