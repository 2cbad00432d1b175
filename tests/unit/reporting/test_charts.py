"""Charts of KPIs: the right form for the figures, every figure told, labels apart, gaps left open."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.drawing import CircleMark, Drawing, LineMark, PolylineMark, RectMark, TextMark
from s75desk.domain.performance import KpiSheet
from s75desk.domain.periods.span import Length, length_of
from s75desk.domain.records import Measurement
from s75desk.domain.records.kpi import Absent, Adding, Measure, Period
from s75desk.reporting.axis import Axis, nice_ticks
from s75desk.reporting.charts import kpi_drawing
from s75desk.reporting.kpi_plot import Form, plot_of
from tests.unit.reporting.samples import (
    AS_AT,
    AT_LEAST_75,
    AT_MOST_4,
    COUNT,
    SHARE,
    WAIT,
    YEARLY_BAND,
    monthly,
    on_day,
    over,
    sheet,
)
from tests.unit.reporting.test_timeline import boxes, overlaps, texts

# As in R0: 3,294 in the first twelve months, 2,133 in the next eight.
MONTHS = (286, 271, 293, 279, 262, 281, 268, 290, 276, 259, 257, 272, 286, 268, 262, 266, 259, 265, 262, 265)


def drawn(found: KpiSheet, width: float = 600, height: float = 240) -> Drawing:
    return kpi_drawing(found, width, height, AS_AT)


def lines(drawing: Drawing) -> list[PolylineMark]:
    return [mark for mark in drawing.marks if isinstance(mark, PolylineMark)]


def points(drawing: Drawing) -> list[CircleMark]:
    return [mark for mark in drawing.marks if isinstance(mark, CircleMark)]


def hatched(drawing: Drawing) -> list[RectMark]:
    return [mark for mark in drawing.marks if isinstance(mark, RectMark) and mark.hatch]


RUN = sheet(COUNT, monthly(20, lambda n: MONTHS[n]), YEARLY_BAND)


def test_months_make_a_run_chart_with_the_years_totals_and_their_share_of_the_band() -> None:
    drawing = drawn(RUN)
    assert plot_of(RUN, AS_AT).form is Form.RUN
    assert "2024/25: 3,294" in texts(drawing)
    assert "2025/26 to Nov: 2,133" in texts(drawing)
    assert "Target 277 to 306" in texts(drawing)
    assert len(hatched(drawing)) == 1
    assert len(points(drawing)) == 20
    assert [len(line.points) for line in lines(drawing)] == [20]


def test_every_figure_is_told_and_can_be_pointed_at() -> None:
    drawing = drawn(RUN)
    for value in MONTHS:
        assert str(value) in drawing.alternative
    assert "Lowest 257 in February 2025, highest 293 in June 2024, latest 265 in November 2025." in drawing.alternative
    assert "The target is 277 to 306, a twelfth of 3,325 to 3,675 for each month." in drawing.alternative
    assert [spot.text for spot in drawing.spots][:2] == ["April 2024: 286", "May 2024: 271"]
    assert drawing.table[0] == ("Period", "Figure", "Source")
    assert [row[1] for row in drawing.table[1:]] == [str(value) for value in MONTHS]


def test_figures_after_the_day_are_not_drawn() -> None:
    found = sheet(COUNT, monthly(20, lambda n: MONTHS[n]), today=date(2024, 8, 15))
    assert len(points(kpi_drawing(found, 600, 240, date(2024, 8, 15)))) == 4


def test_a_month_without_a_figure_leaves_the_line_open() -> None:
    drawing = drawn(sheet(SHARE, monthly(12, lambda n: None if n in (3, 4, 8) else 60 + n), AT_LEAST_75))
    assert [len(line.points) for line in lines(drawing)] == [3, 3, 3]


def test_a_share_shows_its_n_and_base_in_the_table() -> None:
    figures = [
        dataclasses.replace(each, value=None, n=Decimal(633), base=Decimal(805)) for each in monthly(4, lambda n: 1)
    ]
    drawing = drawn(sheet(SHARE, figures, AT_LEAST_75))
    assert drawing.table[1] == ("April 2024", "78.6%", "633", "805", "Not known")


def test_an_axis_of_shares_stops_at_a_hundred() -> None:
    drawing = drawn(sheet(SHARE, monthly(6, lambda n: 95 + n % 5), AT_LEAST_75))
    assert "100%" in texts(drawing)
    assert not [words for words in texts(drawing) if words.endswith("%") and Decimal(words[:-1].split()[-1]) > 100]


def test_a_year_beside_eight_months_makes_bars_with_the_forecast() -> None:
    figures = [over(date(2024, 4, 1), date(2025, 3, 31), 3294), over(date(2025, 4, 1), date(2025, 11, 30), 2133)]
    drawing = drawn(sheet(COUNT, figures, YEARLY_BAND))
    assert plot_of(sheet(COUNT, figures, YEARLY_BAND), AS_AT).form is Form.BARS
    said = {"3,294", "2,133", "forecast", "3,200", "8 of 12 months", "Target 3,325 to 3,675"}
    assert said <= set(texts(drawing))
    assert "The forecast for 2025/26 is 3,200." in drawing.alternative
    assert lines(drawing) == []


def test_bars_start_at_nought() -> None:
    figures = [over(date(2023, 4, 1), date(2024, 3, 31), 3491), over(date(2024, 4, 1), date(2025, 3, 31), 4056)]
    drawing = drawn(sheet(COUNT, figures))
    bars = [mark for mark in drawing.marks if isinstance(mark, RectMark) and mark.fill == "muted"]
    assert bars[0].height / bars[1].height == pytest.approx(3491 / 4056)


def test_figures_of_different_scopes_are_bars_that_say_so() -> None:
    figures = [on_day(date(2024, 3, 31), 16000, scope="Council"), on_day(date(2025, 1, 25), 18703, scope="New system")]
    drawing = drawn(sheet(WAIT, figures))
    assert {"Council", "New system"} <= set(" ".join(texts(drawing)).replace("New system", "New_system").split()) | {
        "New system"
    }
    assert "16,000 on 31 March 2024 for Council" in drawing.alternative
    assert drawing.table[1][1] == "Council"


def test_figures_on_days_lie_as_far_apart_as_the_days() -> None:
    days = (date(2020, 3, 22), date(2021, 12, 31), date(2024, 3, 7))
    found = sheet(WAIT, [on_day(day, value) for day, value in zip(days, (4, 14, 7), strict=True)], AT_MOST_4)
    assert plot_of(found, AS_AT).form is Form.DATED
    first, second, third = (mark.x for mark in points(drawn(found)))
    share = (days[1] - days[0]).days / (days[2] - days[0]).days
    assert (second - first) / (third - first) == pytest.approx(share)


def test_two_figures_for_one_day_are_both_shown() -> None:
    figures = [on_day(date(2020, 3, 22), 4), on_day(date(2021, 12, 31), 14), on_day(date(2024, 3, 7), 7, uid="a"),
               on_day(date(2024, 3, 7), 6, uid="b")]  # fmt: skip
    drawing = drawn(sheet(WAIT, figures, AT_MOST_4))
    assert {"7", "6", "14", "4"} <= set(texts(drawing))
    assert [mark.fill for mark in points(drawing)].count("surface") == 1
    assert overlaps(drawing) == []


def test_figures_of_another_measure_are_drawn_without_the_target() -> None:
    mean = [dataclasses.replace(each, measure=Measure.MEAN) for each in monthly(4, lambda n: 30 + n)]
    drawing = drawn(sheet(SHARE, mean, AT_LEAST_75))
    assert hatched(drawing) == []
    assert "Each figure is a mean; the KPI is a percentage." in drawing.alternative


def test_distinct_people_are_never_added_or_forecast() -> None:
    people = dataclasses.replace(COUNT, adding=Adding.DISTINCT)
    drawing = drawn(sheet(people, monthly(20, lambda n: MONTHS[n]), YEARLY_BAND))
    assert "2024/25" in texts(drawing)
    assert not [words for words in texts(drawing) if "3,294" in words]


def test_people_in_ten_months_are_not_joined_with_people_in_a_year() -> None:
    people = dataclasses.replace(COUNT, adding=Adding.DISTINCT)
    years = [
        over(date(year, 4, 1), date(year + 1, 3, 31), value)
        for year, value in ((2014, 2745), (2015, 2583), (2016, 2502))
    ]
    found = sheet(people, [*years, over(date(2017, 4, 1), date(2018, 1, 31), 1636)])
    drawing = drawn(found)
    assert [len(line.points) for line in lines(drawing)] == [3]
    assert len(points(drawing)) == 4
    assert plot_of(found, AS_AT).broken
    assert "0" in texts(drawing)
    assert found.state.previous is None
    assert len(found.state.trend) == 1


def test_two_months_never_stand_against_the_band_of_a_year() -> None:
    found = sheet(COUNT, monthly(2, lambda n: 270 + n), YEARLY_BAND)
    reach = plot_of(found, AS_AT).reach
    assert reach is not None
    assert (reach.lower, reach.upper) == (277, 306)
    mixed = sheet(COUNT, [*monthly(2, lambda n: 270), over(date(2023, 4, 1), date(2024, 3, 31), 3294)], YEARLY_BAND)
    assert {each.lower for each in plot_of(mixed, AS_AT).reaches if each} == {277, 3325}


def test_a_figure_off_the_grid_is_drawn_where_it_is_and_a_longer_one_named() -> None:
    odd, year = over(date(2024, 7, 10), date(2024, 8, 8), 300), over(date(2023, 4, 1), date(2024, 3, 31), 3300)
    drawing = drawn(sheet(COUNT, [*monthly(6, lambda n: 270 + n), odd, year], YEARLY_BAND))
    assert len(points(drawing)) == 7
    july, august = (next(m.x for m in points(drawing) if m.y == points(drawing)[at].y) for at in (3, 5))
    assert july < points(drawing)[4].x < august
    assert "2023/24" in drawing.alternative
    assert any("2023/24" in words for words in texts(drawing))


def test_the_target_steps_on_the_day_it_changes() -> None:
    old = dataclasses.replace(AT_LEAST_75, until=date(2024, 9, 30))
    new = dataclasses.replace(AT_LEAST_75, value=Decimal(85), since=date(2024, 10, 1))
    drawing = drawn(sheet(SHARE, monthly(12, lambda n: 80 + n % 3), old, new))
    assert len(hatched(drawing)) == 2
    edges = [mark for mark in drawing.marks if isinstance(mark, LineMark) and mark.colour == "band_edge"]
    assert len({mark.y1 for mark in edges}) == 2


def test_a_suppressed_month_says_so_in_its_place() -> None:
    figures = [dataclasses.replace(each, value=None, absent=Absent.SUPPRESSED, below=Decimal(5)) if place == 3 else each
               for place, each in enumerate(monthly(6, lambda n: 7 + n))]  # fmt: skip
    drawing = drawn(sheet(COUNT, figures))
    assert "<5" in texts(drawing)
    assert [row[1] for row in drawing.table[1:]] == ["7", "8", "9", "<5", "11", "12"]
    assert "<5 in July 2024" in drawing.alternative


def test_figures_of_the_year_to_date_begin_anew_each_year() -> None:
    kpi = dataclasses.replace(COUNT, adding=Adding.TO_DATE, period=Period.QUARTER)
    ends = (
        date(2024, 6, 30),
        date(2024, 9, 30),
        date(2024, 12, 31),
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2025, 9, 30),
    )
    figures = [
        Measurement(kpi="kpi", ends=day, value=Decimal(v)) for day, v in zip(ends, (1, 2, 3, 4, 1, 2), strict=True)
    ]
    drawing = drawn(sheet(kpi, figures))
    assert [len(line.points) for line in lines(drawing)] == [4, 2]
    assert "2024/25: 4" in texts(drawing)


def test_without_figures_the_chart_says_so() -> None:
    drawing = drawn(sheet(COUNT, [], YEARLY_BAND))
    assert texts(drawing) == ["No figure is recorded."]
    assert drawing.table == ()
    assert drawing.height < 50


@pytest.mark.parametrize("count", [1, 2, 3, 6, 7, 12, 20, 60])
@pytest.mark.parametrize("width", [360, 470, 600, 830])
@pytest.mark.parametrize("kpi", [COUNT, SHARE], ids=["count", "share"])
def test_no_label_lies_on_another(count: int, width: float, kpi: object) -> None:
    figures = monthly(count, lambda n: 60 + (n * 37 + count * 11) % 41, date(2021, 1, 1))
    target = YEARLY_BAND if kpi is COUNT else AT_LEAST_75
    drawing = kpi_drawing(sheet(kpi, figures, target), width, 220, AS_AT)  # type: ignore[arg-type]
    assert overlaps(drawing) == []
    assert all(left >= -1 and right <= width + 1 for left, _, right, _, _ in boxes(drawing))
    assert all(top >= 0 and bottom <= drawing.height for _, top, _, bottom, _ in boxes(drawing))


def test_the_latest_figure_and_the_target_do_not_stand_on_each_other() -> None:
    drawing = drawn(sheet(SHARE, monthly(20, lambda n: 76), AT_LEAST_75))
    ends = [box for box in boxes(drawing) if box[4] in ("76%", "Target at least 75%") and box[0] > 300]
    assert len(ends) == 2
    assert overlaps(drawing) == []


@settings(max_examples=80)
@given(
    values=st.lists(st.none() | st.decimals(-1000, 100000, places=2), min_size=1, max_size=70),
    width=st.floats(300, 1500), height=st.floats(110, 500),
)  # fmt: skip
def test_any_figures_can_be_drawn(values: list[Decimal | None], width: float, height: float) -> None:
    kpi = dataclasses.replace(WAIT, measure=Measure.MEAN)
    drawing = kpi_drawing(sheet(kpi, monthly(len(values), lambda n: values[n], date(2019, 4, 1))), width, height, AS_AT)
    known = [value for value in values if value is not None]
    assert len(drawing.spots) == len(known)
    for mark in drawing.marks:
        if isinstance(mark, CircleMark):
            assert -1 <= mark.x <= width + 1
            assert -1 <= mark.y <= height + 1


def test_periods_are_told_apart() -> None:
    month, quarter = over(date(2025, 4, 1), date(2025, 4, 30), 1), over(date(2025, 4, 1), date(2025, 6, 30), 1)
    year, other = over(date(2025, 4, 1), date(2026, 3, 31), 1), over(date(2025, 4, 1), date(2025, 8, 31), 1)
    found = []
    for figure in (month, quarter, year, other, on_day(date(2025, 4, 1), 1)):
        found.append(_length(figure))
    assert found == [Length.MONTH, Length.QUARTER, Length.YEAR, Length.OTHER, Length.DAY]


def _length(figure: Measurement) -> Length:
    assert figure.ends is not None
    return length_of(figure.starts, figure.ends)


# --- axes ------------------------------------------------------------------------------------------------------------


def test_ticks_are_round_and_cover_the_figures() -> None:
    ticks = nice_ticks([Decimal(257), Decimal(306)], 6, from_nought=False, whole=True)
    assert ticks == tuple(Decimal(value) for value in range(250, 311, 10))
    assert nice_ticks([Decimal(4056)], 4, from_nought=True, whole=True)[0] == 0


@given(
    st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20), st.integers(1, 12), st.booleans(),
    st.booleans(),
)  # fmt: skip
def test_ticks_hold_every_figure(values: list[Decimal], count: int, from_nought: bool, whole: bool) -> None:
    ticks = nice_ticks(values, count, from_nought=from_nought, whole=whole)
    assert 2 <= len(ticks) <= count + 4
    assert ticks[0] <= min(values)
    assert ticks[-1] >= max(values)
    assert not from_nought or Decimal(0) in ticks
    assert not whole or all(tick == tick.to_integral_value() for tick in ticks)
    steps = {later - earlier for earlier, later in itertools.pairwise(ticks)}
    assert len(steps) == 1


def test_an_axis_places_values_between_its_ends() -> None:
    axis = Axis((Decimal(0), Decimal(50), Decimal(100)), top=10, bottom=110)
    assert axis.y(Decimal(0)) == 110
    assert axis.y(Decimal(100)) == 10
    assert axis.y(Decimal(25)) == 85
    assert axis.within(Decimal(500)) == 10


def test_grid_lines_lie_behind_the_target_edges() -> None:
    marks = drawn(
        sheet(SHARE, monthly(6, lambda n: 80 + n), dataclasses.replace(AT_LEAST_75, value=Decimal(100)))
    ).marks
    colours = [mark.colour for mark in marks if isinstance(mark, LineMark)]
    assert colours.index("band_edge") > max(place for place, colour in enumerate(colours) if colour == "grid")


def test_words_on_bars_are_drawn_in_the_colour_of_paper() -> None:
    drawing = drawn(sheet(SHARE, monthly(1, lambda n: 72), AT_LEAST_75))
    assert [mark.colour for mark in drawing.marks if isinstance(mark, TextMark) and mark.text == "72%"] == ["surface"]
