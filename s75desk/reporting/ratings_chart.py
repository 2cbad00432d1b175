"""The rating history of a service: words on the axis, one step line for the regulator and one for our own visits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from s75desk.domain.drawing import (
    CircleMark,
    Drawing,
    LineMark,
    Mark,
    PolylineMark,
    RectMark,
    Spot,
    StatusMark,
    TextMark,
)
from s75desk.domain.ratings import UNRATED, as_published, on_day
from s75desk.domain.records import Rating
from s75desk.domain.records.provider import RatingScheme, RatingValue
from s75desk.domain.status import Shape
from s75desk.domain.wording import date_short
from s75desk.reporting.labels import Words, spread
from s75desk.reporting.plot_frame import BASE
from s75desk.reporting.text_width import text_width


@dataclass(frozen=True, slots=True)
class _Level:
    """One row of the axis."""

    values: tuple[RatingValue, ...]
    shape: Shape


_LEVELS = (
    _Level((RatingValue.OUTSTANDING, RatingValue.EXCELLENT), Shape.STAR),
    _Level((RatingValue.GOOD,), Shape.GOOD),
    _Level((RatingValue.REQUIRES_IMPROVEMENT,), Shape.WATCH),
    _Level((RatingValue.INADEQUATE, RatingValue.POOR), Shape.ALERT),
)
_UNRATED = _Level(tuple(UNRATED), Shape.UNKNOWN)


@dataclass(frozen=True, slots=True)
class _Line:
    """One rater's line."""

    name: str
    scheme: RatingScheme
    colour: str
    dash: tuple[float, ...]
    offset: float


_LINES = (
    _Line("CQC", RatingScheme.CQC_OVERALL, "text", (), -3.0),
    _Line("Ours", RatingScheme.OURS, "info", (7.0, 4.0), 3.0),
)
_MOST_YEARS = 12


def rating_history(ratings: Sequence[Rating], today: date, width: float, *, text: float = BASE) -> Drawing:
    """Overall ratings by the regulator and by ourselves up to ``today``, as published; none is recomputed.

    "Not rated" breaks a line and has a row of its own. Ratings of key questions and of food hygiene are not drawn.

    Args:
        ratings: Ratings of one service, in any order.
        today: Later ratings are left out; the lines run up to this day.
        width: Width in units.
        text: Size of the larger words: 13 in the window, 9 on paper.
    """
    schemes = {line.scheme for line in _LINES}
    drawn = sorted(
        (
            rating
            for rating in ratings
            if rating.scheme in schemes and rating.published and rating.published <= today and rating.value
        ),
        key=lambda rating: rating.published or today,
    )
    return _History(drawn, today, width, text).drawing() if drawn else _none(width, text)


def _none(width: float, text: float) -> Drawing:
    u = text / BASE
    says = "No overall rating is recorded"
    marks = (
        RectMark(0.5, 0.5, width - 1, 30 * u, "sunken", "line", 1.0 * u, radius=4 * u),
        StatusMark(10 * u, 8 * u, Shape.UNKNOWN, 14 * u),
        TextMark(31 * u, 20 * u, says, "unknown_text", text),
    )
    return Drawing(width, 31 * u, marks, f"Rating history: {says.lower()}.", ())


class _History:
    def __init__(self, ratings: list[Rating], today: date, width: float, text: float) -> None:
        self._ratings = ratings
        self._today = today
        self._width = width
        self._text = text
        self._u = text / BASE
        unrated = any(rating.value in UNRATED for rating in ratings)
        self._levels = (*_LEVELS, _UNRATED) if unrated else _LEVELS
        self._names = [self._name(level) for level in self._levels]
        self._left = 22 * self._u + max(text_width(name, text) for name in self._names) + 14 * self._u
        self._right = width - 46 * self._u
        self._row = 25 * self._u
        self._first = date(min(self._published(rating) for rating in ratings).year, 1, 1)

    def drawing(self) -> Drawing:
        """Everything, back to front."""
        marks: list[Mark] = [*self._grid(), *self._years()]
        ends: list[tuple[float, Words]] = []
        for line in _LINES:
            own = [rating for rating in self._ratings if rating.scheme is line.scheme]
            if own:
                marks += self._line(line, own)
                ends.append((self._y(own[-1]) + line.offset * self._u, Words(line.name, self._text, line.colour, True)))
        middles = spread([y for y, _ in ends], self._text * 1.25, 0, self._bottom + self._text)
        for (_, words), middle in zip(ends, middles, strict=True):
            marks.append(words.mark(self._right + 12 * self._u, middle + self._text * 0.34))
        height = self._bottom + 24 * self._u
        return Drawing(self._width, height, tuple(marks), self._alternative(), self._table(), self._spots())

    @property
    def _bottom(self) -> float:
        return 12 * self._u + (len(self._levels) - 1) * self._row + 12 * self._u

    def _name(self, level: _Level) -> str:
        """The words of a row: those of the ratings that occur, else the regulator's."""
        used = [value for value in level.values if any(rating.value is value for rating in self._ratings)]
        return ", ".join(value.value for value in used or level.values[:1])

    @staticmethod
    def _published(rating: Rating) -> date:
        return rating.published or date.min

    def _x(self, day: date) -> float:
        share = (day - self._first).days / max(1, (self._today - self._first).days)
        return self._left + share * (self._right - self._left)

    def _level(self, rating: Rating) -> int | None:
        """The row of a rating; None for one that has no row, such as "Exempt"."""
        return next((place for place, level in enumerate(self._levels) if rating.value in level.values), None)

    def _y(self, rating: Rating) -> float:
        return 12 * self._u + (self._level(rating) or 0) * self._row

    def _grid(self) -> list[Mark]:
        u = self._u
        marks: list[Mark] = []
        for place, (level, name) in enumerate(zip(self._levels, self._names, strict=True)):
            y = 12 * u + place * self._row
            marks.append(StatusMark(0, y - 7 * u, level.shape, 14 * u))
            marks.append(TextMark(22 * u, y + self._text * 0.34, name, "text", self._text))
            marks.append(LineMark(self._left, y, self._right, y, "grid", u))
        return marks

    def _years(self) -> list[Mark]:
        caption, u = self._text * 0.92, self._u
        years = range(self._first.year, self._today.year + 1)
        room = text_width("2020", caption) + 8 * u
        step = next((step for step in (1, 2, 5, 10) if self._year_width * step >= room), 20)
        marks: list[Mark] = []
        for year in years:
            x = self._x(date(year, 1, 1))
            if len(years) <= _MOST_YEARS or (year - years[0]) % step == 0:
                marks.append(LineMark(x, 2 * u, x, self._bottom, "grid", u))
            if (year - years[0]) % step == 0 and x < self._right + 2 * u:
                marks.append(TextMark(x, self._bottom + 14 * u, str(year), "muted", caption, anchor="middle"))
        return marks

    @property
    def _year_width(self) -> float:
        days = max(1, (self._today - self._first).days)
        return (self._right - self._left) * 365.25 / days

    def _line(self, line: _Line, ratings: list[Rating]) -> list[Mark]:
        """Steps from one rating to the next, broken by "Not rated"; a status shape at each rating."""
        u, dash = self._u, tuple(part * self._u for part in line.dash)
        marks: list[Mark] = []
        points: list[tuple[float, float]] = []
        for rating in ratings:
            x, y = self._x(self._published(rating)), self._y(rating) + line.offset * u
            if rating.value in UNRATED or self._level(rating) is None:
                if points:
                    marks.append(PolylineMark((*points, (x, points[-1][1])), line.colour, 2 * u, dash))
                points = []
                continue
            if points:
                points.append((x, points[-1][1]))
            points.append((x, y))
        if points:
            marks.append(PolylineMark((*points, (self._right, points[-1][1])), line.colour, 2 * u, dash))
        for rating in ratings:
            level = self._level(rating)
            if level is not None:
                x, y = self._x(self._published(rating)), self._y(rating) + line.offset * u
                marks.append(CircleMark(x, y, 9 * u, "surface"))
                marks.append(StatusMark(x - 7 * u, y - 7 * u, as_published(rating).shape, 14 * u))
        return marks

    def _alternative(self) -> str:
        parts = ["Rating history."]
        for line in _LINES:
            own = [rating for rating in self._ratings if rating.scheme is line.scheme]
            if own:
                parts.append(f"{line.name}: {'; '.join(_words(rating) for rating in own)}.")
        return " ".join(parts)

    def _table(self) -> tuple[tuple[str, ...], ...]:
        rows = [
            (
                date_short(self._published(rating)),
                rating.scheme.value if rating.scheme else "",
                as_published(rating).word,
                rating.cited,
            )
            for rating in self._ratings
        ]
        return (("Published", "By", "Rating", "Source"), *rows)

    def _spots(self) -> tuple[Spot, ...]:
        offsets = {line.scheme: line for line in _LINES}
        return tuple(
            Spot(
                self._x(self._published(rating)),
                self._y(rating) + offsets[rating.scheme].offset * self._u,
                10 * self._u,
                f"{offsets[rating.scheme].name}: {_words(rating)}",
            )
            for rating in self._ratings
            if rating.scheme in offsets
        )


def _words(rating: Rating) -> str:
    said = as_published(rating).word
    return on_day(said, rating.published) if rating.published else said
