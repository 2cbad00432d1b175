"""The term in one bar as a decision would make it: what ran, what is added, what stays open, and where the end goes."""

from __future__ import annotations

from datetime import date, timedelta

from s75desk.domain.drawing import Drawing, Mark, RectMark, TextMark
from s75desk.domain.term import Term
from s75desk.domain.term_spans import Span
from s75desk.domain.wording import date_short
from s75desk.reporting.text_width import text_width

_TEXT = 13.0
_HIGH = 28.0
_HEADER = ("Part of the term", "From", "To")


def decided_bar(before: Term, after: Term, width: float, *, ends_there: bool = False) -> Drawing | None:
    """The bar; None where the term has no parts or no end to draw.

    Args:
        before: The term as it stands.
        after: The term as it would be.
        width: Width in units.
        ends_there: Whether it is let end: what could follow does not.
    """
    spans = tuple(span for span in after.spans if not span.declined)
    if not spans or before.ends is None or after.ends is None or after.rolling:
        return None
    starts, last = spans[0].starts, max(span.ends for span in spans)
    long = (last - starts).days + 1

    def x(day: date) -> float:
        return 1 + (day - starts).days / long * (width - 2)

    marks: list[Mark] = []
    for span in spans:
        left, right = x(span.starts) + (span.starts > starts), x(span.ends + timedelta(days=1)) - (span.ends < last)
        added = span.certain and span.starts > before.ends
        marks += _part(span, left, right, added=added, gone=ends_there and not span.certain)
    moved = before.ends != after.ends
    ends = [(after.ends, "new end" if moved else "it ends" if ends_there else "ends, as it stands", True)]
    if moved:
        ends.insert(0, (before.ends, "was", False))
    days, below = _days(
        [(x(day + timedelta(days=1)), f"{date_short(day)}, {word}", bold) for day, word, bold in ends], width
    )
    marks += days
    said = "; ".join(f"{date_short(day)}, {word}" for day, word, _ in ends)
    table = (_HEADER, *((span.label, date_short(span.starts), date_short(span.ends)) for span in spans))
    return Drawing(width, _HIGH + below, tuple(marks), f"The term if so decided: {said}.", table)


def _part(span: Span, left: float, right: float, *, added: bool, gone: bool) -> list[Mark]:
    if not span.certain:
        box = RectMark(left, 0.5, right - left - 1, _HIGH - 1, "sunken", "line_strong", 1.1, (4, 3), 4)
        whole, colour = f"{span.label.split(':')[0]}: {'not taken up' if gone else 'undecided'}", "muted"
    elif added:
        box = RectMark(left, 1, right - left - 1, _HIGH - 2, "accent_soft", "accent", 1.6, radius=4)
        whole, colour = span.label, "accent"
    else:
        box = RectMark(left, 0, right - left, _HIGH, "accent", radius=4)
        whole, colour = span.label, "on_accent"
    for words in (whole, whole.split(",")[0].split(":")[0]):
        if text_width(words, _TEXT, bold=span.certain) + 12 <= right - left:
            middle = (left + right) / 2
            return [box, TextMark(middle, 19, words, colour, _TEXT, bold=span.certain, anchor="middle")]
    return [box]


def _days(ends: list[tuple[float, str, bool]], width: float) -> tuple[list[Mark], float]:
    """The days below the bar, and how high they stand; two that are close keep to their sides, or below each other."""
    marks: list[Mark] = []
    sizes = [text_width(words, _TEXT, bold=bold) for _, words, bold in ends]
    close = len(ends) > 1 and ends[1][0] - ends[0][0] < sum(sizes) / 2 + 12
    below, taken = 20.0, -1.0
    for place, ((at, words, bold), size) in enumerate(zip(ends, sizes, strict=True)):
        left = at - size / 2
        if close:
            left = at - size - 4 if place == 0 else at + 4
        left = max(0.0, min(left, width - size))
        below += 16 if left < taken + 6 else 0
        taken = left + size
        marks.append(RectMark(at - 1.5, _HIGH, 1.5, 7, "text" if bold else "line_strong"))
        marks.append(TextMark(left, _HIGH + below, words, "text" if bold else "muted", _TEXT, bold))
    return marks, below + 4
