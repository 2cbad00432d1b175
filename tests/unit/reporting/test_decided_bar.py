"""The bar that shows what a decision would make of a term."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from s75desk.domain.drawing import Drawing, RectMark, TextMark
from s75desk.domain.length_reading import parse_length
from s75desk.domain.records import Agreement, Extension
from s75desk.domain.records.agreement import ExtensionState, Stage
from s75desk.domain.term import Term, term_of
from s75desk.reporting.decided_bar import decided_bar

TODAY = date(2026, 2, 2)
YEAR = parse_length("1 year")
HELD = Agreement(
    uid="a", title="Made up", stage=Stage.AGREED, starts=date(2024, 4, 1), first_term=parse_length("3 years")
)
OPTIONS = tuple(Extension(uid=f"e{n}", agreement="a", number=n, length=YEAR) for n in (1, 2))


def term(*states: ExtensionState, agreement: Agreement = HELD) -> Term:
    taken = tuple(replace(one, state=state) for one, state in zip(OPTIONS, states, strict=False))
    return term_of(agreement, (*taken, *OPTIONS[len(taken) :]), TODAY)


def words(bar: Drawing | None) -> list[str]:
    assert bar is not None
    return [mark.text for mark in bar.marks if isinstance(mark, TextMark)]


def test_an_extension_moves_the_end_and_says_where_it_was() -> None:
    said = words(decided_bar(term(), term(ExtensionState.EXERCISED), 660))
    assert said[-2:] == ["31 Mar 2027, was", "31 Mar 2028, new end"]
    assert "Extension 1" in said


def test_let_end_the_end_stays_and_what_could_follow_does_not() -> None:
    said = words(decided_bar(term(), term(), 900, ends_there=True))
    assert said[-1] == "31 Mar 2027, it ends"
    assert "Extension 1: not taken up" in said


def test_before_an_answer_it_is_drawn_as_it_stands() -> None:
    bar = decided_bar(term(), term(), 900)
    assert words(bar)[-1] == "31 Mar 2027, ends, as it stands"
    assert "Extension 2: undecided" in words(bar)


@pytest.mark.parametrize("width", [260, 480, 660, 1100])
def test_nothing_lies_outside_or_on_each_other(width: float) -> None:
    from s75desk.reporting.text_width import text_width

    bar = decided_bar(term(), term(ExtensionState.EXERCISED), width)
    assert bar is not None
    below = []
    for mark in bar.marks:
        if isinstance(mark, RectMark):
            assert mark.x >= -0.01
            assert mark.x + mark.width <= width + 0.01
        elif isinstance(mark, TextMark) and mark.y > 28:
            wide = text_width(mark.text, mark.size, bold=mark.bold)
            left = mark.x - {"start": 0, "middle": wide / 2, "end": wide}[mark.anchor]
            below.append((left, left + wide, mark.y))
    below.sort()
    assert below[0][1] <= below[1][0] or below[0][2] != below[1][2]
    assert all(left >= 0 and right <= width + 0.01 and y < bar.height for left, right, y in below)


def test_a_term_without_an_end_has_no_bar() -> None:
    blank = term(agreement=Agreement(uid="a", title="Made up", rolling=True, starts=date(2024, 4, 1)))
    assert decided_bar(blank, blank, 600) is None
