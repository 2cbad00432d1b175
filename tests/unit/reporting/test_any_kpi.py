"""Whatever figures say, the chart is drawn and the briefing is made: nothing typed may end the program."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from s75desk.domain.arithmetic import questions_for
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.drawing import CircleMark
from s75desk.domain.kpi_figures import Gap, usable_figures
from s75desk.domain.months import add_months
from s75desk.domain.records import Agreement, Kpi, Measurement, Target
from s75desk.domain.records.kpi import Absent, Adding, Better, Margin, Measure, Period, TargetType, YearFrom
from s75desk.reporting.agreement.performance import counts_in_words
from s75desk.reporting.agreement_briefing import BriefingOptions, agreement_briefing
from s75desk.reporting.charts import kpi_drawing
from tests.unit.reporting.dossiers import dossier_of
from tests.unit.reporting.samples import AS_AT, over, sheet

DAYS = st.dates(date(2021, 1, 1), AS_AT)
VALUES = st.none() | st.sampled_from([Decimal(0), Decimal("0.0001"), Decimal(-3), Decimal(999_999_999_999)])
VALUES |= st.decimals(-1000, 100_000, places=3)


@st.composite
def figures(draw: st.DrawFn) -> Measurement:
    ends = draw(DAYS)
    if draw(st.booleans()):
        ends = (ends.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    starts = draw(st.none() | st.sampled_from([0, 6, 27, 30, 89, 90, 91, 364, 365, 700, -3]))
    return Measurement(
        kpi="kpi",
        starts=None if starts is None else ends - timedelta(days=starts),
        ends=ends,
        value=draw(VALUES),
        n=draw(st.none() | st.decimals(-1, 5000, places=0)),
        base=draw(st.none() | st.decimals(-1, 5000, places=0)),
        measure=draw(st.sampled_from([None, None, None, *Measure])),
        scope=draw(st.sampled_from([None, None, None, "Council"])),
        about=draw(st.none() | st.booleans()),
        absent=draw(st.sampled_from([None, None, None, *Absent])),
        below=draw(st.sampled_from([None, None, Decimal(5)])),
        above=draw(st.sampled_from([None, None, Decimal(95)])),
    )


@st.composite
def alike(draw: st.DrawFn) -> list[Measurement]:
    """Periods of one length that begin in any month: rolling years, contract quarters."""
    months = draw(st.sampled_from([1, 3, 6, 12]))
    starts = draw(st.lists(st.integers(0, 40), min_size=1, max_size=12))
    firsts = [add_months(date(2021, 1, 1), number) for number in starts]
    return [
        over(first, add_months(first, months) - timedelta(days=1), draw(st.decimals(0, 500, places=1)))
        for first in firsts
    ]


SERIES = alike() | st.lists(figures(), max_size=14)
KPIS = st.builds(
    Kpi,
    uid=st.just("kpi"),
    title=st.just("Anything"),
    measure=st.none() | st.sampled_from(Measure),
    unit=st.sampled_from([None, "weeks"]),
    better=st.none() | st.sampled_from(Better),
    adding=st.none() | st.sampled_from(Adding),
    period=st.none() | st.sampled_from(Period),
    year_from=st.none() | st.sampled_from(YearFrom),
    own_dates=st.sampled_from([None, "24 Jun, 31 Oct, 31 Mar", "nonsense", "29 Feb"]),
)
TARGETS = st.builds(
    Target,
    kpi=st.just("kpi"),
    year=st.none() | st.integers(2020, 2026),
    type=st.none() | st.sampled_from(TargetType),
    measure=st.sampled_from([None, None, Measure.MEAN]),
    value=VALUES,
    tolerance=st.none() | st.decimals(0, 100, places=1),
    lower=VALUES,
    upper=VALUES,
    near=st.none() | st.decimals(0, 100, places=1),
    margin=st.none() | st.sampled_from(Margin),
    per=st.none() | st.sampled_from(Period),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
)


def whole_year(starts: date, value: int) -> Measurement:
    return over(starts, date(starts.year + 1, starts.month, 1) - timedelta(days=1), value)


def test_overlapping_years_are_three_points() -> None:
    years = [whole_year(date(2024, 1, 1), 21), whole_year(date(2024, 4, 1), 20), whole_year(date(2024, 7, 1), 19)]
    for measure in Measure:
        for adding in (None, *Adding):
            kpi = Kpi(uid="kpi", title="Rate of falls", measure=measure, adding=adding, period=Period.YEAR)
            drawing = kpi_drawing(sheet(kpi, years), 600, 240, AS_AT)
            assert len(drawing.spots) == 3, (measure, adding)


@settings(max_examples=300, deadline=None)
@given(KPIS, SERIES, st.lists(TARGETS, max_size=3), st.floats(300, 1500), st.floats(110, 500))
def test_any_kpi_is_drawn(kpi, found, targets, width, height) -> None:
    known = sheet(kpi, found, *targets)
    drawing = kpi_drawing(known, width, height, AS_AT)
    for mark in drawing.marks:
        if isinstance(mark, CircleMark):
            assert math.isfinite(mark.x)
            assert math.isfinite(mark.y)
            assert -1 <= mark.x <= width + 1
    usable = usable_figures(kpi, found, AS_AT)
    if kpi.measure is not None and usable.points:
        assert drawing.spots
    assert known.state.latest.value is None or usable.newest is None or not isinstance(usable.newest, Gap)


@settings(max_examples=60, deadline=None)
@given(KPIS, SERIES, st.lists(TARGETS, max_size=2))
def test_any_kpi_is_printed(kpi, found, targets) -> None:
    """The whole briefing, with every check of its figures."""
    dossier = replace(_empty(), kpis=(sheet(kpi, found, *targets),))
    dossier = replace(dossier, questions=questions_for(dossier))
    assert kpi.title in str(agreement_briefing(dossier, BriefingOptions()))


@cache
def _empty() -> AgreementDossier:
    agreement = Agreement(uid="agreement", title="An agreement", reference="A-1")
    return dossier_of((agreement,), agreement, AS_AT)


def test_what_is_suppressed_is_counted_as_that() -> None:
    kpi = Kpi(uid="kpi", title="Falls", measure=Measure.COUNT, period=Period.MONTH)
    hidden = replace(over(date(2026, 1, 1), date(2026, 1, 31), 1), value=None, absent=Absent.SUPPRESSED)
    found = (sheet(kpi, [hidden]), sheet(kpi, []), sheet(kpi, [over(date(2026, 1, 1), date(2026, 1, 31), 1)]))
    refused = sheet(kpi, [replace(hidden, absent=Absent.REFUSED)])
    assert refused.state.status.state == "Refused"
    assert counts_in_words((refused, *found[1:])) == "Of 3 KPIs, one is not known, one has no target and one is refused"
    assert counts_in_words(found) == "Of 3 KPIs, one is not known, one has no target and one is suppressed"
