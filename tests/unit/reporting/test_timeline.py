"""The term drawn: what has run, what may follow, which day presses, and no label on another."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.drawing import Drawing, RectMark, StatusMark, TextMark
from s75desk.domain.lengths import Length
from s75desk.domain.records import Agreement, BreakClause, Extension
from s75desk.domain.records.agreement import BreakState, ExtensionState, Stage
from s75desk.domain.status import Shape
from s75desk.domain.term import term_of
from s75desk.reporting.text_width import text_width
from s75desk.reporting.timeline import term_drawing

AGREEMENT = Agreement(uid="a", title="A", starts=date(2024, 4, 1), first_term=Length(years=3), notice=Length(months=12))
TWO = [Extension(uid=f"e{n}", agreement="a", number=n, length=Length(years=1)) for n in (1, 2)]
TODAY = date(2026, 2, 2)


def drawn(
    agreement: Agreement = AGREEMENT, extensions: list[Extension] = TWO, today: date = TODAY, width: float = 830
) -> Drawing:
    return term_drawing(term_of(agreement, extensions, today), today, width, mark="Today")


def texts(drawing: Drawing) -> list[str]:
    return [mark.text for mark in drawing.marks if isinstance(mark, TextMark)]


def boxes(drawing: Drawing) -> list[tuple[float, float, float, float, str]]:
    """Left, top, right, bottom of each line of words."""
    found = []
    for mark in drawing.marks:
        if isinstance(mark, TextMark):
            width = text_width(mark.text, mark.size, bold=mark.bold)
            left = mark.x - {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
            found.append((left, mark.y - mark.size * 0.7, left + width, mark.y + mark.size * 0.2, mark.text))
    return found


def overlaps(drawing: Drawing) -> list[tuple[str, str]]:
    found = boxes(drawing)
    return [
        (one[4], other[4])
        for place, one in enumerate(found)
        for other in found[place + 1 :]
        if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
    ]


def test_the_term_of_r1_shows_all_ends_and_what_presses() -> None:
    found = texts(drawn())
    for words in (
        "First term, 3 years", "Extension 1: undecided", "Extension 2: undecided", "1 Apr 2024", "31 Mar 2027",
        "31 Mar 2028", "31 Mar 2029", "Today", "year 2 of 5", "Notice by 31 Mar 2026", "57 days left, to end in 2027",
        "ends, unless extended", "last possible end",
    ):  # fmt: skip
        assert words in found
    assert [mark.shape for mark in drawn().marks if isinstance(mark, StatusMark)] == [Shape.WATCH]


def test_the_first_term_is_filled_up_to_today() -> None:
    bars = [mark for mark in drawn().marks if isinstance(mark, RectMark)]
    whole = next(mark for mark in bars if mark.fill == "accent_soft")
    run = next(mark for mark in bars if mark.fill == "accent")
    days = (TODAY - date(2024, 4, 1)).days / (date(2027, 4, 1) - date(2024, 4, 1)).days
    assert run.width / whole.width == pytest.approx(days, abs=0.01)


def test_a_date_far_ahead_does_not_press() -> None:
    drawing = drawn(today=date(2024, 5, 1))
    assert [mark.shape for mark in drawing.marks if isinstance(mark, StatusMark)] == [Shape.PLAN]


def test_an_exercised_extension_is_part_of_what_runs() -> None:
    exercised = dataclasses.replace(TWO[0], state=ExtensionState.EXERCISED, decided=date(2026, 1, 3))
    drawing = drawn(extensions=[exercised, TWO[1]], today=date(2027, 6, 20))
    assert sum(1 for mark in drawing.marks if isinstance(mark, RectMark) and mark.dash) == 1
    assert "Extension 1: exercised: 1 April 2027 to 31 March 2028" in drawing.alternative


def test_a_declined_extension_is_told_but_not_drawn() -> None:
    declined = dataclasses.replace(TWO[1], state=ExtensionState.DECLINED, decided=date(2026, 1, 3))
    drawing = drawn(extensions=[TWO[0], declined])
    assert "31 Mar 2029" not in texts(drawing)
    assert "declined" in drawing.alternative


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"first_term": None}, "Starts 1 Apr 2024; length and end not known"),
        (
            {"starts": None, "first_term": None, "stated_end": date(2017, 3, 31)},
            "Ends 31 Mar 2017; start not known",
        ),
        ({"starts": None, "first_term": None}, "Start not known"),
    ],
)
def test_what_is_not_known_is_said(values: dict[str, object], says: str) -> None:
    agreement = dataclasses.replace(AGREEMENT, **values)  # type: ignore[arg-type]
    drawing = drawn(agreement, [])
    assert texts(drawing) == [says]
    assert says in drawing.alternative
    assert drawing.table


def test_the_words_and_the_table_tell_every_end_and_notice_day() -> None:
    drawing = drawn()
    for day in ("31 March 2026", "31 March 2027", "31 March 2028", "31 March 2029"):
        assert day in drawing.alternative
    assert drawing.table[1] == ("First term, 3 years", "1 Apr 2024", "31 Mar 2027", "31 Mar 2026")
    assert len(drawing.table) == 4


@pytest.mark.parametrize("width", [360, 470, 600, 830, 1200])
@pytest.mark.parametrize("today", [date(2024, 4, 20), date(2026, 2, 2), date(2027, 1, 20), date(2030, 1, 1)])
def test_no_label_lies_on_another(width: float, today: date) -> None:
    drawing = drawn(today=today, width=width)
    assert overlaps(drawing) == []
    assert all(left >= -1 and right <= width + 1 for left, _, right, _, _ in boxes(drawing))
    assert all(top >= 0 and bottom <= drawing.height for _, top, _, bottom, _ in boxes(drawing))


def test_dates_that_nearly_coincide_do_not_run_together() -> None:
    agreement = dataclasses.replace(AGREEMENT, first_term=Length(years=1), notice=Length(months=3))
    extensions = [Extension(uid=f"e{n}", agreement="a", number=n, length=Length(months=3)) for n in (1, 2, 3)]
    for width in (420, 600, 830):
        assert overlaps(drawn(agreement, extensions, date(2024, 12, 28), width)) == []


@settings(max_examples=60)
@given(
    months=st.integers(1, 120),
    notice=st.none() | st.integers(0, 36),
    lengths=st.lists(st.integers(1, 60), max_size=20),
    today=st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    width=st.floats(300, 1500),
)
def test_any_term_can_be_drawn(months: int, notice: int | None, lengths: list[int], today: date, width: float) -> None:
    agreement = dataclasses.replace(
        AGREEMENT, first_term=Length(months=months), notice=None if notice is None else Length(weeks=notice)
    )
    extensions = [
        Extension(uid=str(n), agreement="a", number=n, length=Length(months=each)) for n, each in enumerate(lengths, 1)
    ]
    drawing = drawn(agreement, extensions, today, width)
    assert drawing.alternative
    assert drawing.height < 400
    assert all(-2 <= mark.x <= width + 2 for mark in drawing.marks if isinstance(mark, RectMark | TextMark))


def test_everything_grows_with_the_text() -> None:
    small, large = (term_drawing(term_of(AGREEMENT, TWO, TODAY), TODAY, 830, text=size) for size in (9, 18))
    assert large.height > small.height * 1.6


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.PROPOSED, Stage.NOT_MADE, Stage.ENDED_EARLY])
def test_what_is_not_running_has_no_year_and_no_days_left(stage: Stage) -> None:
    drawing = drawn(dataclasses.replace(AGREEMENT, stage=stage))
    assert not [words for words in texts(drawing) if words.startswith("year ") or "left" in words]
    assert "is in year" not in drawing.alternative
    assert not [mark for mark in drawing.marks if isinstance(mark, RectMark) and mark.fill == "accent"]
    assert ("would end" if stage in (Stage.DRAFT, Stage.PROPOSED) else "was to end") in texts(drawing)


@pytest.mark.parametrize("stage", [Stage.AGREED, Stage.ENDED_EARLY])
def test_a_break_that_was_used_ends_the_drawing(stage: Stage) -> None:
    used = BreakClause(agreement="a", on=date(2025, 9, 30), state=BreakState.USED, decided=date(2025, 3, 1))
    agreement = dataclasses.replace(AGREEMENT, stage=stage)
    term = term_of(agreement, TWO, TODAY, breaks=[used])
    assert "30 September 2025" in term.status.sentence
    assert "would have run" not in term.status.sentence
    drawing = term_drawing(term, TODAY, 830)
    assert [row[2] for row in drawing.table[1:]] == ["30 Sep 2025"]
    assert "ended" in texts(drawing)
    assert "31 Mar 2029" not in texts(drawing)


@pytest.mark.parametrize("least", [None, Length(years=1)])
def test_one_that_runs_on_is_drawn_to_the_end_that_notice_gave_it(least: Length | None) -> None:
    rolling = dataclasses.replace(
        AGREEMENT, rolling=True, first_term=least, notice=Length(months=3), notice_given=date(2026, 1, 15)
    )
    drawing = drawn(rolling, [])
    assert drawing.table[1][:3] == ("Until ended by notice", "1 Apr 2024", "15 Apr 2026")
    assert "not known" not in drawing.alternative
