"""What is doubtful of a figure is doubted alike: as it is typed and pasted, on the KPI and among the questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from s75desk.domain.arithmetic import kpi_questions
from s75desk.domain.findings import Weight
from s75desk.domain.pasted.figures import read_pasted
from s75desk.domain.performance import KpiSheet, kpi_state
from s75desk.domain.records import Kpi, Measurement, Record, Target
from s75desk.domain.records.kpi import Adding, Measure, Period, TargetType
from s75desk.domain.surroundings import Surroundings
from s75desk.domain.validation import findings_for

TODAY = date(2026, 11, 30)
SHARE = Kpi(uid="k", title="Seen in time", measure=Measure.PERCENTAGE, unit="%", period=Period.MONTH)
COUNT = Kpi(uid="k", title="Visits", measure=Measure.COUNT, period=Period.MONTH, adding=Adding.AVERAGE)
AIM = Target(kpi="k", type=TargetType.AT_LEAST, value=Decimal(95))


def month(number: int, **values: object) -> Measurement:
    return Measurement(kpi="k", ends=date(2026, number, 30), **values)  # type: ignore[arg-type]


CASES = [
    (SHARE, [month(9, value=Decimal(96))], [], month(10, value=Decimal("0.97")), "0.97", "97%", True),
    (SHARE, [], [AIM], month(10, value=Decimal("0.97")), "0.97", "97%", True),
    (SHARE, [], [], month(10, value=Decimal("0.97")), "0.97", "97%", True),
    (SHARE, [], [AIM], month(10, n=Decimal(10450), base=Decimal(10000)), "10450 of 10000", "n is more than N", True),
    (SHARE, [], [], month(10, value=Decimal(80), n=Decimal(12), base=Decimal(20)), "80% (12/20)", "60.0%", True),
    (SHARE, [month(9, value=Decimal("0.4"))], [], month(10, value=Decimal("0.6")), "0.6", "60%", False),
    (
        COUNT,
        [month(8, value=Decimal(40)), month(9, value=Decimal(41))],
        [],
        month(10, value=Decimal(40000)),
        "40000",
        "1,000",
        True,
    ),
]


@pytest.mark.parametrize(("kpi", "held", "targets", "figure", "typed", "said", "doubted"), CASES)
def test_one_rule_on_entry_on_paste_on_the_kpi_and_among_the_questions(
    kpi: Kpi, held: list[Measurement], targets: list[Target], figure: Measurement, typed: str, said: str, doubted: bool
) -> None:
    siblings: dict[str, list[Record]] = {Measurement.KIND: [*held], Target.KIND: [*targets]}
    entry = findings_for(figure, Surroundings(TODAY, siblings=siblings, owner=kpi))
    (row,) = read_pasted(f"Oct 2026\t{typed}", kpi, held, TODAY, "", targets).rows
    state = kpi_state(kpi, targets, [*held, figure], (), TODAY)
    sheet = KpiSheet(kpi, tuple(targets), (*held, replace(figure, uid="m")), (), state)
    places = {
        "entry": [each.text for each in entry if each.weight is Weight.DOUBT],
        "paste": [each.text for each in row.findings if each.weight is Weight.DOUBT],
        "kpi": [each.text for each in state.findings if each.weight is Weight.DOUBT],
        "questions": [each.text for each in kpi_questions(sheet) if each.uid == "m"],
    }
    assert {place: any(said in text for text in texts) for place, texts in places.items()} == dict.fromkeys(
        places, doubted
    ), places


def test_a_pasted_column_is_checked_as_it_will_stand() -> None:
    rows = read_pasted("Aug 2026\t96\nSep 2026\t0.97\nOct 2026\t95", SHARE, (), TODAY).rows
    assert [bool(row.findings) for row in rows] == [False, True, False]
    alike = read_pasted("Aug 2026\t0.4\nSep 2026\t0.6\nOct 2026\t0.9", SHARE, (), TODAY).rows
    assert not any(row.findings for row in alike)


def test_a_figure_without_its_first_day_is_asked_when_it_is_typed() -> None:
    flow = replace(COUNT, adding=Adding.FLOW)
    (said,) = [
        each
        for each in findings_for(
            Measurement(kpi="k", ends=date(2026, 10, 1), value=Decimal(3)), Surroundings(TODAY, owner=flow)
        )
        if each.weight is Weight.DOUBT
    ]
    assert (said.field, said.fix.field, said.fix.text) == ("starts", "ends", "31 October 2026")
    weeks = replace(flow, period=Period.FOUR_FOUR_FIVE)
    found = findings_for(
        Measurement(kpi="k", ends=date(2026, 10, 4), value=Decimal(3)), Surroundings(TODAY, owner=weeks)
    )
    assert any("Four weeks or five" in each.text for each in found)


def test_a_doubtful_period_is_a_question_as_well() -> None:
    flow = replace(COUNT, adding=Adding.FLOW, period=Period.QUARTER)
    ends = (date(2025, 6, 30), date(2025, 9, 30), date(2025, 12, 31), date(2026, 3, 31))
    rising = tuple(Measurement(ends=end, value=Decimal(v)) for end, v in zip(ends, (100, 210, 300, 410), strict=True))
    open_ = (Measurement(ends=date(2025, 5, 3), value=Decimal(100)),)
    for figures, asked in ((rising, "year to date"), (open_, "first day")):
        sheet = KpiSheet(flow, (), figures, (), kpi_state(flow, (), figures, (), TODAY))
        assert any(asked in each.text for each in kpi_questions(sheet))


def test_a_target_of_a_hundredth_is_asked_on_entry_on_the_kpi_and_among_the_questions() -> None:
    aim = Target(uid="t", kpi="k", type=TargetType.AT_LEAST, value=Decimal("0.95"))
    entry = findings_for(aim, Surroundings(TODAY, owner=SHARE))
    (fix,) = [each.fix for each in entry if each.fix is not None and "95%" in each.text]
    assert (fix.field, fix.text) == ("value", "95")
    figures = (month(10, value=Decimal(97)),)
    sheet = KpiSheet(SHARE, (aim,), figures, (), kpi_state(SHARE, (aim,), figures, (), TODAY))
    assert any("or of 95%" in each.text for each in sheet.state.findings)
    assert any("or of 95%" in each.text and each.uid == "t" for each in kpi_questions(sheet))
    few = replace(aim, type=TargetType.AT_MOST)
    assert not any("or of 95%" in each.text for each in findings_for(few, Surroundings(TODAY, owner=SHARE)))
