"""Ratings as published: how each is shown, which is better, and which is the latest. None is ever recomputed.

"Not rated" is a word that a scheme gave; "Not known" says that no rating is recorded. Neither is good or bad.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import date_long, number

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


def looked_at(status: Status, done: int | None, asked: int | None) -> Status:
    """A rating with how many of its questions nobody looked at: "Good, 50 of 74 not looked at".

    Args:
        status: The rating alone.
        done: How many questions were looked at or do not apply.
        asked: How many there are. Neither is known of a rating that does not say so, such as one of CQC.
    """
    if not status.known or is_whole(done, asked):
        return status
    if done is None or asked is None:
        said = "how much was looked at is not known"
        return status.in_part(said, f"{status.word}; {said}.")
    said = f"{number(asked - done)} of {number(asked)} not looked at"
    return status.in_part(said, f"{status.word}; {said}, which counted for nothing.")


def is_whole(done: int | None, asked: int | None) -> bool:
    """Whether a rating leaves no question out, as far as it says anything of questions."""
    return done is asked is None or (done is not None and asked is not None and done >= asked)


def as_published(rating: Rating) -> Status:
    """A rating with what it leaves out, and whether it is carried over from an earlier registration."""
    status = looked_at(rating_status(rating.value, rating.scheme), rating.looked_at, rating.asked)
    if not rating.inherited or rating.value is None:
        return status
    sentence = f"{status.sentence} Carried over from an earlier registration.".strip()
    return replace(status, word=f"{status.word}, inherited", sentence=sentence)


def on_day(word: str, day: date) -> str:
    """A rating with its day: "Good on 3 May 2026"; what is set off by a comma is closed by one."""
    return f"{word}{',' if ',' in word else ''} on {date_long(day)}"


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
    return tuple(rating for _, rating in sorted(placed, key=lambda pair: (pair[0], pair[1].uid)))


def latest(ratings: Iterable[Rating], scheme: RatingScheme, as_at: date | None = None) -> Rating | None:
    """The rating in force as at a day, or None."""
    past = history(ratings, scheme, as_at)
    return past[-1] if past else None
