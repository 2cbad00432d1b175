"""What a year comes to so far stands on paper also where it is not carried on: shares and means."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from s75desk.domain.months import add_months
from s75desk.domain.records import Agreement, Kpi, Measurement
from s75desk.domain.records.kpi import Adding, Measure, Period
from s75desk.models.desk_file import DeskFile
from s75desk.reporting.agreement.performance import demand, performance
from tests.unit.record_help import office_of


@pytest.mark.parametrize(
    ("measure", "adding", "figures", "said"),
    [
        (Measure.PERCENTAGE, Adding.POOLED, [(8, 10), (80, 90), (9, 10)], "2026/27 so far (3 of 12 months): 88.2%"),
        (Measure.MEAN, Adding.MEAN, [(5, 10), (7, 30), (6, 20)], "2026/27 so far (3 of 12 months): 6.3"),
        (Measure.MEAN, Adding.AVERAGE, [(5, 10), (7, 30), (6, 20)], None),
        (Measure.PERCENTAGE, Adding.POOLED, [(8, 10)], None),
    ],
)
def test_shares_and_means_say_their_year_so_far(tmp_path, measure, adding, figures, said):
    with DeskFile.create(tmp_path / "a.s75desk") as desk:
        office = office_of(desk, date(2026, 7, 10))
        agreement = office.records.create(Agreement(title="OT")).uid
        kpi = Kpi(title="Seen", agreement=agreement, measure=measure, adding=adding, period=Period.MONTH)
        uid = office.records.create(kpi).uid
        for month, (value, base) in enumerate(figures):
            starts = add_months(date(2026, 4, 1), month)
            share = {"n": value} if measure is Measure.PERCENTAGE else {"value": Decimal(value)}
            figure = Measurement(
                kpi=uid, starts=starts, ends=add_months(starts, 1) - timedelta(days=1), base=Decimal(base), **share
            )
            office.records.create(figure)
        dossier = office.agreements.dossier(agreement)
    paper = f"{performance(dossier).blocks}{demand(dossier).blocks}"
    assert ("so far" in paper) is (said is not None)
    assert said is None or paper.count(said) >= 1
