"""KPIs as the list and the page show them: the same state, whatever the length of the series."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from s75desk.domain.errors import NotFound
from s75desk.domain.records import Action, Agreement, Breakdown, Kpi, KpiReturn, Measurement, Provider, Target
from s75desk.domain.records.kpi import Adding, Better, Measure, Period, TargetType
from s75desk.domain.status import Shape
from s75desk.models.desk_file import DeskFile
from s75desk.services.kpis import RECENT, KpiRow
from s75desk.services.office import Office
from s75desk.services.paper_wishes import KpiWish
from tests.unit.record_help import TODAY, office_of


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def series(office: Office, every: int, count: int, newest: date = TODAY, **values: object) -> str:
    """A flow with figures that grow, one every so many days, the newest ending on a day."""
    with office.place.change("Series") as change:
        kpi = change.create(Kpi(title=f"Every {every}", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.OTHER))
        change.create(Target(kpi=kpi.uid, type=TargetType.AT_LEAST, value=Decimal(2000)))
        for number in range(count):
            ends = newest - timedelta(days=every * number)
            starts = ends - timedelta(days=every - 1)
            change.create(Measurement(kpi=kpi.uid, starts=starts, ends=ends, value=Decimal(count - number)))
    return kpi.uid


def row_of(office: Office, uid: str) -> KpiRow:
    (row,) = [row for row in office.kpis.rows() if row.uid == uid]
    return row


@pytest.mark.parametrize(("every", "count"), [(1, 800), (7, 120), (30, 40), (91, 12), (365, 3)])
def test_the_list_judges_a_long_series_as_its_page_does(office: Office, every: int, count: int) -> None:
    """The list reads no more than it needs, yet the year so far may be 365 figures."""
    uid = series(office, every, count)
    row, state = row_of(office, uid), office.kpis.page(uid).sheet.state
    assert row.status == state.status
    assert (row.latest, row.period, row.caption) == (state.latest, state.latest_caption, f"target {state.target}")
    trend = tuple(float(value) for value in state.trend)
    assert row.trend == trend[-len(row.trend) :]
    assert len(row.trend) >= min(count, RECENT)


@pytest.mark.parametrize("today", [TODAY, date(2026, 11, 22)], ids=str)
def test_every_kpi_of_the_sample_is_judged_the_same_in_list_and_page(
    sample_files: dict[date, Path], tmp_path: Path, today: date
) -> None:
    shutil.copyfile(sample_files[today], tmp_path / "a.s75desk")
    with DeskFile.open(tmp_path / "a.s75desk") as desk:
        office = office_of(desk, today)
        rows = office.kpis.rows()
        for row in rows:
            page = office.kpis.page(row.uid)
            state = page.sheet.state
            assert (row.status, row.latest) == (state.status, state.latest), row.title
            assert row.ends == state.latest_ends
            assert row.agreement == (page.agreement.title if page.agreement else "")
            assert row.provider == (page.provider.name if page.provider else "")
        assert len(rows) == 50
        assert {row.uid for row in rows} == set(office.kpis.uids())
        urgency = [row.status.shape.urgency for row in rows]
        assert urgency == sorted(urgency)
        some = [row.uid for row in rows][3:9]
        assert {row.uid for row in office.kpis.rows(uids=some)} == set(some)
        assert office.kpis.rows(uids=[]) == ()


def test_a_paper_with_small_numbers_warns_before_it_is_printed(office: Office) -> None:
    from s75desk.services.briefings import Wish

    agreement = office.records.create(Agreement(title="An agreement", reference="A-1")).uid
    kpi = office.kpis.create(Kpi(agreement=agreement, title="Deaths", measure=Measure.COUNT)).uid
    office.kpis.keep_figures(
        office.kpis.get(Kpi, kpi),
        [Measurement(kpi=kpi, ends=day(-1), value=Decimal(3)), Measurement(kpi=kpi, ends=day(-2))],
    )
    sections = ("summary", "performance")
    made = office.briefings.make(Wish(agreement, TODAY, sections=sections))
    assert "Deaths" in made.warnings[0]
    assert not office.briefings.make(Wish(agreement, day(-2), sections=sections)).warnings


def test_figures_to_come_do_not_count_yet(office: Office) -> None:
    uid = series(office, 30, 40, newest=day(90))
    assert row_of(office, uid).status == office.kpis.page(uid).sheet.state.status


def test_a_distance_that_comes_of_a_division_is_written_as_one_would(office: Office) -> None:
    kpi = office.records.create(Kpi(title="Calls on time", measure=Measure.PERCENTAGE, better=Better.MORE)).uid
    office.records.create(Target(kpi=kpi, type=TargetType.AT_LEAST, value=Decimal(95)))
    office.records.create(Measurement(kpi=kpi, ends=day(-3), n=Decimal(1198), base=Decimal(1292)))
    row = row_of(office, kpi)
    assert row.latest.text == "92.7%"
    assert row.status.sentence == "92.7% on 30 January 2026: 2.3 points below the target of 95%."
    near = office.records.create(Kpi(title="Near", measure=Measure.PERCENTAGE, better=Better.MORE)).uid
    office.records.create(Target(kpi=near, type=TargetType.AT_LEAST, value=Decimal(95)))
    office.records.create(Measurement(kpi=near, ends=day(-3), n=Decimal(28496), base=Decimal(30000)))
    assert "0.01 points below the target of 95%" in row_of(office, near).status.sentence


def test_a_kpi_without_anything_says_what_is_not_known(office: Office) -> None:
    uid = office.records.create(Kpi(title="Care hours prevented", measure=Measure.COUNT)).uid
    row = row_of(office, uid)
    assert (row.status.shape, row.latest.text, row.caption) == (Shape.UNKNOWN, "Not known", "No target")
    assert (row.subtitle, row.agreement, row.provider, row.trend, row.ends) == ("", "", "", (), None)
    assert (row.lower, row.upper) == (None, None)


def test_the_page_of_a_kpi(office: Office) -> None:
    agreement = office.records.create(Agreement(title="Community equipment")).uid
    provider = office.records.create(Provider(name="Alder Care")).uid
    uid = office.records.create(
        Kpi(agreement=agreement, provider=provider, title="Deliveries", measure=Measure.COUNT, unit="items")
    ).uid
    office.records.create(Action(title="Ask for the base", kpi=uid))
    office.records.create(Breakdown(kpi=uid, title="By reason"))
    office.records.create(KpiReturn(kpi=uid, title="Quarter 3 return", due=day(3)))
    page = office.kpis.page(uid)
    assert (page.agreement is not None, page.provider is not None) == (True, True)
    assert ([action.title for action in page.actions], [one.title for one in page.breakdowns]) == (
        ["Ask for the base"], ["By reason"],
    )  # fmt: skip
    assert [one.title for one in page.sheet.returns] == ["Quarter 3 return"]
    assert row_of(office, uid).subtitle == "Alder Care, items"
    with pytest.raises(NotFound, match="That KPI is not in this desk"):
        office.kpis.page("gone")


def test_returns_that_have_not_come_soonest_first(office: Office) -> None:
    kpi = office.records.create(Kpi(title="Deliveries", measure=Measure.COUNT)).uid
    for title, due, received in (("Later", day(9), None), ("Late", day(-9), None), ("Came", day(-30), day(-31))):
        office.records.create(KpiReturn(kpi=kpi, title=title, due=due, received=received))
    assert [one.title for one in office.kpis.waiting_returns()] == ["Late", "Later"]


def test_archived_kpis_only_if_asked(office: Office) -> None:
    uid = series(office, 30, 4)
    office.records.archive("kpi", uid)
    assert (office.kpis.rows(), office.kpis.uids()) == ((), ())
    (row,) = office.kpis.rows(archived=True)
    assert row.archived


def test_the_paper_of_a_kpi_warns_of_small_numbers(office: Office) -> None:
    made = Kpi(title="Deaths", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
    kpi = office.kpis.get(Kpi, office.kpis.create(made).uid)
    day = date(2026, 1, 31)
    office.kpis.keep_figures(kpi, [Measurement(kpi=kpi.uid, ends=day, value=Decimal(3))])
    warnings = office.briefings.make(KpiWish(kpi.uid, date(2026, 2, 28))).warnings
    assert any("“Deaths”" in each for each in warnings)
