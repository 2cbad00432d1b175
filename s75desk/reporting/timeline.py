"""The term of an agreement as a drawing: how much has run, what may follow, and the days on which one must act."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import date

from s75desk.domain.drawing import CircleMark, Drawing, LineMark, Mark, RectMark, Spot, StatusMark, TextMark
from s75desk.domain.records.agreement import BreakState, Stage
from s75desk.domain.status import Shape
from s75desk.domain.term import Span, Term
from s75desk.domain.term_status import OVER, RUNS_ON, By
from s75desk.domain.wording import NOT_KNOWN, date_long, date_short, days_phrase, sentence_case
from s75desk.reporting.labels import Label, Placed, Words, place_labels
from s75desk.reporting.text_width import text_width

_BASE = 13.0  # the text size all other sizes were drawn for


def term_drawing(term: Term, today: date, width: float, *, text: float = _BASE, mark: str = "") -> Drawing:
    """The term as at ``today``, ``width`` wide; the height follows from how many labels stand close together.

    Args:
        term: From ``domain.term.term_of``.
        today: The day everything was worked out for.
        width: Width in units.
        text: Size of the larger words, which everything else follows: 13 in the window, 9 on paper.
        mark: Word at the line of ``today``; the date itself unless it is given, as on paper.
    """
    term = dataclasses.replace(term, spans=_as_it_ran(term))
    spans = tuple(span for span in term.spans if not span.declined)
    if not spans or term.rolling:
        return _unknown(term, width, text)
    return _Timeline(term, spans, today, width, text, mark or date_short(today)).drawing()


def _as_it_ran(term: Term) -> tuple[Span, ...]:
    """The spans up to the end as things stand: a break or notice ends them earlier or later than their lengths."""
    ends, starts = term.ends, term.starts
    over = term.stage in OVER
    spans = tuple(span for span in term.spans if span.certain or span.declined or not over)
    if ends is None or starts is None or ends < starts:
        return spans
    if _cut(term):
        kept = (span for span in spans if span.certain and span.starts <= ends)
        spans = tuple(dataclasses.replace(s, ends=ends, notice_by=None) if s.ends > ends else s for s in kept)
    if any(span.ends >= ends for span in spans):
        return spans
    label = {By.BREAK: "Until ended by a break", By.ENDED: "Until ended"}.get(term.ended_by, "Until ended by notice")
    return (Span(label, starts, ends, term.notice_by, None, True),)


def _cut(term: Term) -> bool:
    """Whether it ends on another day than its lengths give: by notice, by a break, or because it was ended."""
    return term.ended_by is not By.TERM and term.ends is not None


def _unknown(term: Term, width: float, text: float) -> Drawing:
    """An empty bar that says what is not known."""
    missing = "start" if term.starts is None else "length and end"
    if term.rolling and term.starts is not None:
        return _runs_on(term, width, text)
    known = f"Starts {date_short(term.starts)}; " if term.starts else ""
    if term.ends:
        known = f"Ends {date_short(term.ends)}; "
    elif term.last_end:
        known += f"cannot run past {date_short(term.last_end)}; "
    says = sentence_case(f"{known}{missing} not known")
    u = text / _BASE
    marks = (
        RectMark(0.5, 0.5, width - 1, 30 * u, "sunken", "line_strong", 1.0 * u, (4 * u, 3 * u), 4 * u),
        StatusMark(10 * u, 8 * u, Shape.UNKNOWN, 14 * u),
        TextMark(31 * u, 20 * u, says, "unknown_text", text),
    )
    table = (_HEADER, ("Term", _short(term.starts), _short(term.ends or term.last_end), _short(term.notice_by)))
    return Drawing(width, 31 * u, marks, f"Timeline of the term: {says}. {sentence_case(term.summary)}.", table)


def _runs_on(term: Term, width: float, text: float) -> Drawing:
    """A bar without an end, for an agreement that runs on until ended."""
    u = text / _BASE
    assert term.starts is not None
    says = f"Since {date_short(term.starts)}; {term.ending.removeprefix('it ')}"
    marks = (
        RectMark(0.5, 0.5, width - 1, 30 * u, "accent_soft", radius=4 * u),
        TextMark(12 * u, 20 * u, says, "text", text),
    )
    table = (_HEADER, ("Term", _short(term.starts), RUNS_ON, "Any day"))
    return Drawing(width, 31 * u, marks, f"Timeline of the term: {says}.", table)


_HEADER = ("Part of the term", "From", "To", "Last day to give notice")


@dataclass(frozen=True, slots=True)
class _Flag:
    """A day on which one must act, above the bar."""

    day: date
    title: str
    detail: str
    strong: bool
    shape: Shape | None


class _Timeline:
    def __init__(self, term: Term, spans: tuple[Span, ...], today: date, width: float, text: float, mark: str) -> None:
        self._term = term
        self._mark = mark
        self._spans = spans
        self._today = today
        self._text = text
        self._u = text / _BASE
        self._width = width
        self._starts = spans[0].starts
        self._ends = max(span.ends for span in spans)
        self._bar_height = 30 * self._u
        self._made = term.stage in (None, Stage.AGREED)
        self._ran = self._made or term.stage is Stage.ENDED or _cut(term)

    def drawing(self) -> Drawing:
        """Everything, back to front."""
        flags = self._flags()
        above = self._place_flags(flags)
        below = self._place_dates()
        row = 34 * self._u
        bar_top = (max((placed.level for placed in above), default=-1) + 1) * row + (8 * self._u if above else 0)
        bar_bottom = bar_top + self._bar_height
        marks: list[Mark] = []
        for span in self._spans:
            marks += self._span_marks(span, bar_top)
        marks += self._date_marks(below, bar_bottom)
        for flag, placed in zip(flags, above, strict=True):
            marks += self._flag_marks(flag, placed, bar_top, row)
        if self._shows_today:
            x = self._x(self._today)
            marks.append(LineMark(x, bar_top - 8 * self._u, x, bar_bottom + 8 * self._u, "text", 2 * self._u))
        height = bar_bottom + max(
            placed.level * row + (16 + 15 * len(placed.label.lines)) * self._u for placed in below
        )
        middle = bar_top + self._bar_height / 2
        return Drawing(
            self._width, height, tuple(marks), self._alternative(flags), self._table(), self._spots(flags, middle)
        )

    # --- where things lie ------------------------------------------------------------------------------------------

    @property
    def _shows_today(self) -> bool:
        return self._starts <= self._today <= self._ends

    def _x(self, day: date) -> float:
        """Where a day begins."""
        share = (day - self._starts).days / max(1, (self._ends - self._starts).days + 1)
        return 1 + min(1.0, max(0.0, share)) * (self._width - 2)

    def _x_end(self, day: date) -> float:
        """Where a day ends."""
        return self._x(date.fromordinal(day.toordinal() + 1))

    # --- the bar ---------------------------------------------------------------------------------------------------

    def _span_marks(self, span: Span, top: float) -> list[Mark]:
        gap = 1.5 * self._u
        left = self._x(span.starts) + (gap if span.starts > self._starts else 0)
        right = max(left + 1, self._x_end(span.ends) - (gap if span.ends < self._ends else 0))
        if not span.certain:
            return self._option_marks(span, left, right, top)
        radius = 4 * self._u
        marks: list[Mark] = [RectMark(left, top, right - left, self._bar_height, "accent_soft", radius=radius)]
        run = min(right, self._x(self._today) if self._today <= span.ends else right) if self._ran else left
        if run > left:
            marks.append(RectMark(left, top, run - left, self._bar_height, "accent", radius=radius))
            if run < right - 1 and run - left > radius * 2:
                # Square where it stops at today, round where it starts.
                marks.append(RectMark(run - radius, top, radius, self._bar_height, "accent"))
        return marks + self._span_words(span, left, run, right, top)

    def _span_words(self, span: Span, left: float, run: float, right: float, top: float) -> list[Mark]:
        """The label, where it fits: on what has run, or on what is to come."""
        pad = 10 * self._u
        for words in (span.label, span.label.split(",")[0].split(":")[0]):
            needed = text_width(words, self._text, bold=True) + 2 * pad
            for start, end, colour in ((left, run, "on_accent"), (max(left, run), right, "text")):
                if end - start >= needed:
                    return [TextMark(start + pad, self._baseline(top), words, colour, self._text, bold=True)]
        return []

    def _option_marks(self, span: Span, left: float, right: float, top: float) -> list[Mark]:
        u = self._u
        box = RectMark(
            left + 0.5,
            top + 0.5,
            right - left - 1,
            self._bar_height - 1,
            "sunken",
            "line_strong",
            1.1 * u,
            (4 * u, 3 * u),
            4 * u,
        )
        size = self._text * 0.96
        for words in (span.label, sentence_case(span.label.split(": ")[-1]), span.label.split(":")[0]):
            if text_width(words, size) + 8 * u <= right - left:
                middle = (left + right) / 2
                return [box, TextMark(middle, self._baseline(top), words, "muted", size, anchor="middle")]
        return [box]

    def _baseline(self, top: float) -> float:
        return top + self._bar_height / 2 + self._text * 0.34

    # --- days to act on --------------------------------------------------------------------------------------------

    def _flags(self) -> list[_Flag]:
        """The pressing day first, then the notice days from left to right."""
        flags = []
        term = self._term
        if self._made and term.next_date is not None and self._starts <= term.next_date <= self._ends:
            flags.append(self._next_flag(term.next_date))
        for each in term.breaks:
            if each.ends is not None and self._starts <= each.ends <= self._ends:
                passed = each.last is not None and each.last < self._today
                detail = (
                    ("break, passed" if passed else "break")
                    if each.state is BreakState.OPEN
                    else (f"break, {each.state.value}")
                )
                flags.append(_Flag(each.ends, date_short(each.ends), detail, strong=False, shape=None))
        for span in self._spans:
            day = span.notice_by
            if day is None or day in (span.ends, term.next_date) or not self._starts <= day <= self._ends:
                continue
            if day < self._today:
                detail = "notice day, passed"
            else:
                detail = "notice day" if span.certain else "notice day, if extended"
            flags.append(_Flag(day, date_short(day), detail, strong=False, shape=None))
        return flags

    def _next_flag(self, day: date) -> _Flag:
        term = self._term
        near = term.presses
        title = term.next_what.replace(date_long(day), date_short(day))
        detail = days_phrase(day, self._today)
        if term.ends and day == term.notice_by and day != term.ends:
            detail = f"{detail}, to end in {term.ends.year}"
        return _Flag(day, title, detail, strong=True, shape=Shape.WATCH if near else Shape.PLAN)

    def _place_flags(self, flags: list[_Flag]) -> list[Placed]:
        """Where it is crowded, notice days that do not press lose their second line, then all their words."""
        whole = [self._flag_label(flag, 2) for flag in flags]
        shorter = [self._flag_label(flag, 2 if flag.strong else 1) for flag in flags]
        bare = [self._flag_label(flag, 2 if flag.strong else 0) for flag in flags]
        return place_labels((whole, shorter, bare), self._width, 10 * self._u, levels=2)

    def _flag_label(self, flag: _Flag, lines: int) -> Label:
        colour = ("watch_text" if flag.shape is Shape.WATCH else "text") if flag.strong else "muted"
        words = (
            Words(flag.title, self._text, colour, flag.strong),
            Words(flag.detail, self._text * 0.92, "muted"),
        )
        return Label(self._x_end(flag.day), words[:lines], aside=(13 if flag.strong else 10) * self._u)

    def _flag_marks(self, flag: _Flag, placed: Placed, bar_top: float, row: float) -> list[Mark]:
        u = self._u
        x = placed.label.x
        top = bar_top - 8 * u - (placed.level + 1) * row
        end = bar_top + self._bar_height
        marks: list[Mark] = []
        if flag.shape is not None:
            colour = "watch_edge" if flag.shape is Shape.WATCH else "info"
            marks.append(LineMark(x, top + 17 * u, x, end, colour, 1.5 * u))
            marks.append(StatusMark(x - 8 * u, top + 1 * u, flag.shape, 16 * u))
        else:
            marks.append(LineMark(x, top + 14 * u, x, end, "line_strong", 1 * u, (3 * u, 2.5 * u)))
            marks.append(CircleMark(x, top + 9.5 * u, 4 * u, "surface", "line_strong", 1.1 * u))
        for place, line in enumerate(placed.label.lines):
            baseline = top + (14 + 15 * place) * u
            if placed.before:
                marks.append(line.mark(placed.right, baseline, "end"))
            else:
                marks.append(line.mark(placed.left, baseline))
        return marks

    # --- dates below -----------------------------------------------------------------------------------------------

    def _place_dates(self) -> list[Placed]:
        """The end as things stand first, then the last possible end, the start, today, and the ends between."""
        dates = [(self._x_end(span.ends), span.ends, self._end_words(span)) for span in self._spans]
        dates.sort(key=lambda each: (each[1] != self._term.ends, each[1] != self._ends))
        outer = [each for each in dates if each[1] in (self._term.ends, self._ends)]
        inner = [each for each in dates if each not in outer]
        labels = [self._date_label(x, date_short(day), words) for x, day, words in outer]
        labels.append(self._date_label(self._x(self._starts), date_short(self._starts), "starts"))
        if self._shows_today:
            year = f"year {self._term.year_now} of {self._term.years}" if self._term.year_now else ""
            labels.append(self._date_label(self._x(self._today), self._mark, year))
        between = [self._date_label(x, date_short(day), words) for x, day, words in inner]
        titles = [dataclasses.replace(label, lines=label.lines[:1]) for label in labels]
        # Today stands last among the titles: its line on the bar speaks for itself where there is no room for words.
        without_today = titles[:-1] if self._shows_today else titles
        variants = ([*labels, *between], [*titles, *between], titles, without_today)
        return place_labels(variants, self._width, 10 * self._u, levels=2)

    def _end_words(self, span: Span) -> str:
        if span.ends == (self._term.ends or self._term.would_end):
            if not self._ran:
                return "was to end" if self._term.stage in OVER else "would end"
            if span.ends < self._today:
                return "ended"
            return "ends, unless extended" if any(not each.certain for each in self._spans) else "ends"
        return "last possible end" if span.ends == self._ends else ""

    def _date_label(self, x: float, title: str, detail: str) -> Label:
        lines = (Words(title, self._text, bold=True), Words(detail, self._text * 0.92, "muted"))
        return Label(x, lines if detail else lines[:1])

    def _date_marks(self, below: list[Placed], bar_bottom: float) -> list[Mark]:
        u = self._u
        marks: list[Mark] = []
        for placed in below:
            top = bar_bottom + 10 * u + placed.level * 34 * u
            x = min(max(placed.label.x, 1.0), self._width - 1.0)
            marks.append(LineMark(x, bar_bottom + 3 * u, x, top - 1 * u, "line_strong", 1 * u))
            middle = placed.left + placed.label.width / 2
            anchor_end = placed.right >= self._width - 0.5
            for place, line in enumerate(placed.label.lines):
                baseline = top + (12 + 15 * place) * u
                if placed.left <= 0.5:
                    marks.append(line.mark(placed.left, baseline))
                elif anchor_end:
                    marks.append(line.mark(placed.right, baseline, "end"))
                else:
                    marks.append(line.mark(middle, baseline, "middle"))
        return marks

    # --- the same story as words -----------------------------------------------------------------------------------

    def _alternative(self, flags: list[_Flag]) -> str:
        term = self._term
        parts = [f"Timeline of the term: {term.summary}."]
        for span in term.spans:
            notice = f"; last day to give notice {date_long(span.notice_by)}" if span.notice_by else ""
            parts.append(f"{span.label}: {date_long(span.starts)} to {span.until}{notice}.")
        if self._shows_today and term.year_now:
            parts.append(f"Today, {date_long(self._today)}, is in year {term.year_now} of {term.years}.")
        elif self._today > self._ends:
            parts.append(f"It had ended by {date_long(self._today)}.")
        parts += [f"{term.next_what}, {days_phrase(flag.day, self._today)}." for flag in flags if flag.strong]
        return " ".join(parts)

    def _table(self) -> tuple[tuple[str, ...], ...]:
        rows = [(span.label, date_short(span.starts), span.until_short, _short(span.notice_by))
                for span in self._term.spans]  # fmt: skip
        return (_HEADER, *rows)

    def _spots(self, flags: list[_Flag], middle: float) -> tuple[Spot, ...]:
        radius = self._bar_height / 2
        spots = [Spot(self._x_end(span.ends), middle, radius, f"{span.label}, to {span.until}") for span in self._spans]
        spots += [Spot(self._x_end(flag.day), middle, radius, f"{flag.title}: {flag.detail}") for flag in flags]
        if self._shows_today:
            spots.append(Spot(self._x(self._today), middle, radius, f"Today, {date_long(self._today)}"))
        return tuple(spots)


def _short(day: date | None) -> str:
    return date_short(day) if day else NOT_KNOWN
