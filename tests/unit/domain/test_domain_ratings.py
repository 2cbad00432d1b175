"""Ratings: shapes, order, history; Not rated kept apart from Not known."""

from __future__ import annotations

from datetime import date

import pytest

from s75desk.domain.parsing import NotUnderstood, parse_choice
from s75desk.domain.ratings import (
    UNRATED,
    allowed,
    history,
    latest,
    rank,
    rating_status,
    scale,
    sort_key,
)
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


@pytest.mark.parametrize("value", sorted(UNRATED))
def test_what_is_no_rating_is_held_apart_has_no_height_and_is_never_good(value: RatingValue) -> None:
    status = rating_status(value)
    assert status.word == value.word
    assert status.sentence
    assert rank(value) is None
    assert status.shape is not Shape.GOOD
    assert value in allowed(RatingScheme.CQC_OVERALL)
    assert len({rating_status(other).sentence for other in UNRATED}) == len(UNRATED), "each says another thing"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("RI", RatingValue.REQUIRES_IMPROVEMENT),
        ("ri", RatingValue.REQUIRES_IMPROVEMENT),
        ("Requires improvement", RatingValue.REQUIRES_IMPROVEMENT),
        ("susp", RatingValue.SUSPENDED),
        ("ns", None),
        ("NR", RatingValue.NOT_RATED),
        ("insuff", RatingValue.INSUFFICIENT),
        ("inspected", RatingValue.INSPECTED),
        ("g", RatingValue.GOOD),
    ],
)
def test_a_rating_is_understood_as_people_write_it(typed: str, meant: RatingValue | None) -> None:
    if meant is None:
        with pytest.raises(NotUnderstood):
            parse_choice(typed, RatingValue)
    else:
        assert parse_choice(typed, RatingValue) is meant
