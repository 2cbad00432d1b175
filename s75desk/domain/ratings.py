"""Ratings as published: how each is shown, which is better, and which is the latest. None is ever recomputed.

"Not rated" is a word that a scheme gave; "Not known" says that no rating is recorded. Neither is good or bad.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, sentence_case

_SHAPES = {
    RatingValue.OUTSTANDING: Shape.STAR,
    RatingValue.EXCELLENT: Shape.STAR,
    RatingValue.GOOD: Shape.GOOD,
    RatingValue.REQUIRES_IMPROVEMENT: Shape.WATCH,
    RatingValue.INADEQUATE: Shape.ALERT,
    RatingValue.POOR: Shape.ALERT,
    # Food hygiene: 5 very good, 4 good, 3 generally satisfactory, 2 improvement necessary, 1 major, 0 urgent.
    RatingValue.FIVE: Shape.GOOD,
    RatingValue.FOUR: Shape.GOOD,
    RatingValue.THREE: Shape.GOOD,
    RatingValue.TWO: Shape.WATCH,
    RatingValue.ONE: Shape.ALERT,
    RatingValue.ZERO: Shape.ALERT,
    RatingValue.EXEMPT: Shape.NONE,
    RatingValue.NOT_RATED: Shape.UNKNOWN,
    RatingValue.INSPECTED: Shape.UNKNOWN,
    RatingValue.INSUFFICIENT: Shape.UNKNOWN,
    RatingValue.SUSPENDED: Shape.WATCH,
}

UNRATED = {
    RatingValue.NOT_RATED: "The scheme has given no rating. That is not the same as not inspected.",
    RatingValue.INSPECTED: "It was inspected and no rating was given.",
    RatingValue.INSUFFICIENT: "There was too little evidence to give a rating.",
    RatingValue.SUSPENDED: "The rating is suspended: the one before does not hold while it is.",
}
"""What a scheme says where it gives no rating, each held apart, in a sentence. None has a height, none is good."""

_HYGIENE_WORDS = {
    RatingValue.FIVE: "very good",
    RatingValue.FOUR: "good",
    RatingValue.THREE: "generally satisfactory",
    RatingValue.TWO: "some improvement necessary",
    RatingValue.ONE: "major improvement necessary",
    RatingValue.ZERO: "urgent improvement necessary",
}

_QUALITY_RANKS = {
    RatingValue.OUTSTANDING: 4,
    RatingValue.EXCELLENT: 4,
    RatingValue.GOOD: 3,
    RatingValue.REQUIRES_IMPROVEMENT: 2,
    RatingValue.INADEQUATE: 1,
    RatingValue.POOR: 1,
}
_HYGIENE_RANKS = {value: int(value.value) for value in _HYGIENE_WORDS}

_CQC = (RatingValue.OUTSTANDING, RatingValue.GOOD, RatingValue.REQUIRES_IMPROVEMENT, RatingValue.INADEQUATE)
_OURS = (RatingValue.EXCELLENT, RatingValue.GOOD, RatingValue.REQUIRES_IMPROVEMENT, RatingValue.POOR)


def rating_status(value: RatingValue | None, scheme: RatingScheme | None = None) -> Status:
    """Shape and word of a rating; "Not known" for None. A food hygiene digit says what it means in the sentence."""
    if value is None:
        return NOT_KNOWN
    hygiene = _HYGIENE_WORDS.get(value)
    sentence = f"Food hygiene {value.value}: {hygiene}." if hygiene else ""
    if value in UNRATED:
        sentence = UNRATED[value]
    elif value is RatingValue.EXEMPT:
        sentence = "Exempt from the scheme."
    word = f"{value.word} of 5" if hygiene and scheme is RatingScheme.FOOD_HYGIENE else value.word
    return Status(_SHAPES[value], word, sentence)


def rank(value: RatingValue | None) -> int | None:
    """The height of a rating in a drawing, the higher the better: 1 to 4, food hygiene 0 to 5.

    None for what has no height: not known, not rated of any kind, Exempt. It is drawn as a gap, never as the bottom.
    """
    if value is None:
        return None
    return _QUALITY_RANKS.get(value, _HYGIENE_RANKS.get(value))


def sort_key(value: RatingValue | None) -> tuple[int, int]:
    """For sorting a table worst first; what has no height comes after everything that has, unknown last."""
    height = rank(value)
    if height is not None:
        return (0, height)
    return (2, 0) if value is None else (1, 0)


def scale(scheme: RatingScheme | None) -> tuple[RatingValue, ...]:
    """The words of a scheme's scale that have a height, best first."""
    if scheme is RatingScheme.FOOD_HYGIENE:
        return tuple(_HYGIENE_WORDS)
    return _OURS if scheme is RatingScheme.OURS else _CQC


def allowed(scheme: RatingScheme | None) -> frozenset[RatingValue]:
    """Every word a scheme may give."""
    words = set(scale(scheme)) | set(UNRATED)
    return frozenset(words | {RatingValue.EXEMPT} if scheme is RatingScheme.FOOD_HYGIENE else words)


def history(ratings: Iterable[Rating], scheme: RatingScheme, as_at: date | None = None) -> tuple[Rating, ...]:
    """The ratings of one scheme, oldest first, none published after ``as_at``; undated ones cannot be placed."""
    placed = [
        (rating.published, rating)
        for rating in ratings
        if rating.scheme is scheme and rating.published is not None and (as_at is None or rating.published <= as_at)
    ]
    return tuple(rating for _, rating in sorted(placed, key=lambda pair: pair[0]))


def latest(ratings: Iterable[Rating], scheme: RatingScheme, as_at: date | None = None) -> Rating | None:
    """The rating in force as at a day, or None."""
    past = history(ratings, scheme, as_at)
    return past[-1] if past else None


def change_words(past: Sequence[Rating]) -> str:
    """What the last rating did, from a history oldest first: "Good since 3 May 2024, up from Requires improvement"."""
    rated = [rating for rating in past if rating.value is not None and rating.published is not None]
    if not rated or rated[-1].value is None or rated[-1].published is None:
        return "Not known"
    # "Since" is the first of the unbroken run of the same word.
    run = [rated[-1]]
    for rating in reversed(rated[:-1]):
        if rating.value is not rated[-1].value:
            break
        run.append(rating)
    since = run[-1].published
    words = f"{rated[-1].value.word} since {date_long(since)}" if since else rated[-1].value.word
    before = rated[-len(run) - 1].value if len(run) < len(rated) else None
    if before is None:
        return sentence_case(words)
    now_rank, old_rank = rank(rated[-1].value), rank(before)
    if now_rank is None or old_rank is None or now_rank == old_rank:
        return f"{words}, before that {before.word}"
    return f"{words}, {'up' if now_rank > old_rank else 'down'} from {before.word}"
