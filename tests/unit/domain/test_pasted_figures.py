"""A column of figures pasted from a spreadsheet: what each row becomes, before anything is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.findings import Weight
from s75desk.domain.pasted.figures import Fate, Mended, Pasted, read_pasted
from s75desk.domain.records import Kpi, Measurement
from s75desk.domain.records.kpi import Absent, Adding, Measure, Period, YearFrom

TODAY = date(2026, 11, 30)
COUNT = Kpi(uid="k", title="Reviews", measure=Measure.COUNT, adding=Adding.FLOW, period=Period.MONTH)
SHARE = Kpi(uid="k", title="In time", measure=Measure.PERCENTAGE, adding=Adding.AVERAGE, period=Period.MONTH)


def values(pasted: Pasted) -> list[tuple[date | None, date | None, object]]:
    return [(each.starts, each.ends, each.value) for each in pasted.figures]


def ends(pasted: Pasted) -> list[str]:
    return [str(each.ends)[:7] for each in pasted.figures]


def test_eight_figures_in_one_column_follow_the_last_there_is() -> None:
    held = [Measurement(uid="m", kpi="k", ends=date(2026, 1, 31), value=Decimal(9))]
    pasted = read_pasted("10\n11\n12\n13\n14\n15\n16\n17\n", COUNT, held, TODAY)
    assert ends(pasted) == [f"2026-{month:02d}" for month in range(2, 10)]
    assert [each.value for each in pasted.figures] == list(range(10, 18))
    assert (pasted.first, pasted.assumed) == ("February 2026", True)


def test_the_first_column_of_a_new_kpi_ends_with_the_last_month_that_is_over() -> None:
    pasted = read_pasted("1\n2\n3", COUNT, (), TODAY)
    assert ends(pasted) == ["2026-08", "2026-09", "2026-10"]
    assert ends(read_pasted("1\n2\n3", COUNT, (), TODAY, "april 2025")) == ["2025-04", "2025-05", "2025-06"]
    quarterly = replace(COUNT, period=Period.QUARTER, year_from=YearFrom.OCTOBER)
    assert ends(read_pasted("1\n2", quarterly, (), TODAY)) == ["2026-06", "2026-09"]


@pytest.mark.parametrize(
    "months",
    [
        ("Apr-26", "May-26", "Jun-26"), ("April 2026", "May 2026", "June 2026"),
        ("01/04/2026", "01/05/2026", "01/06/2026"),
        ("30/04/2026", "31/05/2026", "30/06/2026"), ("2026-04-30", "2026-05-31", "2026-06-30"),
        ("April", "May", "June"),
        ("M1 2026/27", "M2 2026/27", "M3 2026/27"), ("Apr 26", "May 26", "Jun 26"),
    ],
)  # fmt: skip
def test_a_column_of_months_beside_the_figures(months: tuple[str, ...]) -> None:
    text = "\r\n".join(f"{month}\t{value}" for month, value in zip(months, ("1,010", "£11.50", "12"), strict=True))
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert ends(pasted) == ["2026-04", "2026-05", "2026-06"]
    assert [each.value for each in pasted.figures] == [1010, Decimal("11.5"), 12]
    assert pasted.first == ""


def test_months_without_a_year_are_the_last_that_are_over() -> None:
    text = "\n".join(f"{month}\t1" for month in "Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar".split())
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert (ends(pasted)[0], ends(pasted)[-1]) == ("2025-04", "2026-03")


def test_n_and_base_by_their_heads_and_without() -> None:
    for text in (
        "Month\tn\tN\nApr-26\t53\t54\nMay-26\t50\t60",
        "Apr-26\t53\t54\nMay-26\t50\t60",
        "April 2026\t53 of 54\nMay 2026\t50/60",
    ):
        pasted = read_pasted(text, SHARE, (), TODAY)
        assert [(each.n, each.base) for each in pasted.figures] == [(53, 54), (50, 60)], text
    whole = read_pasted(
        "Month\tPerformance %\tNumerator\tDenominator\tComments\nApr-26\t98.1%\t53\t54\tOne late", SHARE, (), TODAY
    )
    (figure,) = whole.figures
    assert (figure.value, figure.n, figure.base, figure.comment) == (Decimal("98.1"), 53, 54, "One late")


def test_months_that_run_across_are_turned() -> None:
    pasted = read_pasted("\tApr-26\tMay-26\tJun-26\tJul-26\nReviews\t1\t2\t3\t4", COUNT, (), TODAY)
    assert ends(pasted) == ["2026-04", "2026-05", "2026-06", "2026-07"]


def test_words_for_no_value_are_held_and_empty_cells_are_no_figures() -> None:
    text = "Apr-26\t<5\nMay-26\t*\nJun-26\tnil\nJul-26\tn/a\nAug-26\ttbc\nSep-26\t\nOct-26\t7"
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert [each.absent for each in pasted.figures] == [
        Absent.SUPPRESSED, Absent.SUPPRESSED, Absent.NIL, Absent.NOT_APPLICABLE, Absent.AWAITED, None,
    ]  # fmt: skip
    assert pasted.figures[0].below == 5
    assert [row.fate for row in pasted.rows].count(Fate.EMPTY) == 1


def test_what_cannot_be_read_is_left_out_and_says_why() -> None:
    text = "Apr-26\t1\nTotal\t3\nMay-26\t#DIV/0!\nJune 2026\tabout two\nApr-26\t2\nJul-26\t4"
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert [each.value for each in pasted.figures] == [1, 4]
    left = [row for row in pasted.rows if row.fate is Fate.LEFT_OUT]
    assert [row.line for row in left] == [2, 3, 4, 5]
    assert all(row.findings[0].weight is Weight.FAULT for row in left)


def test_a_figure_that_is_there_already_is_changed_and_not_doubled() -> None:
    held = [
        Measurement(
            uid="a", kpi="k", starts=date(2026, 4, 1), ends=date(2026, 4, 30), value=Decimal(5), source="Return"
        ),
        Measurement(uid="b", kpi="k", ends=date(2026, 5, 31), value=Decimal(6)),
    ]
    pasted = read_pasted("Apr-26\t5\nMay-26\t7\nJun-26\t8", COUNT, held, TODAY)
    assert [row.fate for row in pasted.rows] == [Fate.SAME, Fate.CHANGES, Fate.NEW]
    assert [(each.uid, each.value) for each in pasted.figures] == [("b", 7), ("", 8)]
    assert pasted.rows[1].before == "6"


def test_doubts_stand_beside_their_rows_and_stop_nothing() -> None:
    pasted = read_pasted("Apr-26\t0.97\nMay-26\t97%\nJun-26\t55 of 54\nJan-27\t90", SHARE, (), TODAY)
    assert len(pasted.figures) == 4
    doubted = [bool(row.findings) for row in pasted.rows]
    assert doubted == [True, False, True, True]


def test_without_any_period_it_is_asked() -> None:
    loose = replace(COUNT, period=Period.OTHER)
    pasted = read_pasted("1\n2", loose, (), TODAY)
    assert pasted.figures == ()
    assert "Which period" in pasted.rows[0].findings[0].text


def left_out(pasted: Pasted) -> list[str]:
    return [row.findings[0].text for row in pasted.rows if row.fate is Fate.LEFT_OUT]


def test_labels_that_are_no_periods_are_asked_and_no_period_is_made_up_beside_them() -> None:
    quarterly = replace(COUNT, period=Period.QUARTER)
    pasted = read_pasted("Quarter 1\t100\nQuarter 2\t110\nQuarter 3\t<5\nQuarter 4\tTBC", quarterly, (), TODAY)
    assert pasted.figures == ()
    assert left_out(pasted)[0] == "Quarter 1 of which year?"
    homes = read_pasted("Sunrise\t10\nMeadow View\t12", COUNT, (), TODAY)
    assert homes.figures == ()
    assert "“sunrise”" in left_out(homes)[0]


@pytest.mark.parametrize(
    ("text", "kpi", "periods"),
    [
        ("2025/26\nQ1\t100\nQ2\t110", replace(COUNT, period=Period.QUARTER), ["2025-06", "2025-09"]),
        ("2024/25\nApr\t100\nJan\t110", COUNT, ["2024-04", "2025-01"]),
        ("\tApr\tMay\tJun\tQ1 total\tJul\n2025/26\t10\t11\t12\t33\t9", COUNT,
         ["2025-04", "2025-05", "2025-06", "2025-07"]),
        ("46112\t10\n46142\t11\n46173\t12", COUNT, ["2026-03", "2026-04", "2026-05"]),
        ("Apr-26,10\nMay-26,11", COUNT, ["2026-04", "2026-05"]),
    ],
)  # fmt: skip
def test_a_year_above_serials_and_commas(text: str, kpi: Kpi, periods: list[str]) -> None:
    assert ends(read_pasted(text, kpi, (), TODAY)) == periods


def test_years_in_the_first_column_are_periods_and_no_counts() -> None:
    yearly = replace(COUNT, period=Period.YEAR)
    text = "2019/20\t100\n2020/21 (to Dec 2020)\t70\n2023\t19\nJan-Mar 2024\t0"
    pasted = read_pasted(text, yearly, (), TODAY)
    assert [(str(each.ends), each.value, each.n) for each in pasted.figures] == [
        ("2020-03-31", 100, None),
        ("2020-12-31", 70, None),
        ("2024-03-31", 0, None),
    ]
    assert left_out(pasted) == ["Which year? 2023/24, or January to December 2023."]


def test_dates_with_the_month_first_are_asked() -> None:
    text = "Month\tFigure\n01/01/2026\t10\n02/01/2026\t12\n03/01/2026\t13\n04/01/2026\t9"
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert pasted.figures == ()
    assert all("month first" in text for text in left_out(pasted))
    day = read_pasted("15/01/2026\t10\n31/01/2026\t4", COUNT, (), TODAY)
    assert "of one day" in day.rows[0].findings[0].text


def test_figures_with_marks_are_read_or_left_out_and_never_empty() -> None:
    pasted = read_pasted("Apr-26\t10*\nMay-26\t11 (p)\nJun-26\t12r\nJul-26\tc. 13\nAug-26\t14†", COUNT, (), TODAY)
    assert [each.value for each in pasted.figures] == [13]
    assert len(left_out(pasted)) == 4


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80), st.sampled_from([COUNT, SHARE]))
def test_nothing_on_the_clipboard_ends_the_reading(text: str, kpi: Kpi) -> None:
    pasted = read_pasted(text, kpi, (), TODAY)
    assert pasted.summary


CELLS = st.sampled_from(
    ["", "1", "97%", "<5", "nil", "Apr-26", "2025/26", "n", "N", "Total", "#N/A", "0 of 0", "46113", "x y"]
)


@given(st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=8), st.sampled_from([COUNT, SHARE]))
def test_no_table_ends_the_reading(rows: list[list[str]], kpi: Kpi) -> None:
    pasted = read_pasted("\n".join("\t".join(row) for row in rows), kpi, (), TODAY)
    assert all(each.ends is not None for each in pasted.figures)


QUARTERLY = replace(COUNT, period=Period.QUARTER)
YEARLY = replace(COUNT, period=Period.YEAR)


def reasons(pasted: Pasted) -> list[str]:
    return [row.findings[0].text if row.fate is Fate.LEFT_OUT else "" for row in pasted.rows]


def spans(pasted: Pasted) -> list[tuple[str, str]]:
    return [(str(each.starts), str(each.ends)) for each in pasted.figures]


@pytest.mark.parametrize(
    ("kpi", "text"),
    [
        (QUARTERLY, "Quarter 1\t100\nQuarter 2\t110\nQuarter 3\t<5\nQuarter 4\tTBC"),  # of which year?
        (COUNT, "Ward A\t10\nWard B\t11"),  # not a period at all
        (COUNT, "Apr-26\t10*\nMay-26\t11 (p)\nJun-26\t12r\nAug-26\t14†"),  # marks
        (COUNT, "01/01/2026\t10\n02/01/2026\t12\n03/01/2026\t13\n04/01/2026\t9"),  # the month may stand first
        (COUNT, "12/31/2025\t10\n01/31/2026\t12"),
        (COUNT, "Month\tHome A\tHome B\nApr-26\t10\t12\nMay-26\t11\t13"),  # which of the two?
        (COUNT, "Apr-26\t10\t12\nMay-26\t11\t13"),
        (SHARE, "Apr-26\t97%\t54\nMay-26\t98%\t60"),  # 54 is n or N
        (COUNT, "Apr-26 10\nMay-26 11"),
        (QUARTERLY, "2023\t19\n2024\t20"),  # which kind of year?
    ],
)
def test_a_cell_that_is_not_understood_is_asked_about_and_given_no_other_role(kpi: Kpi, text: str) -> None:
    pasted = read_pasted(text, kpi, (), TODAY)
    assert pasted.figures == ()
    assert all(reasons(pasted)), pasted.rows


def test_excels_numbers_of_days_are_periods_and_not_figures() -> None:
    pasted = read_pasted("46112\t10\n46142\t11\n46173\t12", COUNT, (), TODAY)
    assert ends(pasted) == ["2026-03", "2026-04", "2026-05"]
    assert [each.value for each in pasted.figures] == [10, 11, 12]


def test_years_as_answers_to_requests_write_them_stay_in_the_column_of_periods() -> None:
    text = "2019/20\t100\n2020/21 (to Dec 2020)\t70\n2023\t19\nJan-Mar 2024\t0"
    pasted = read_pasted(text, YEARLY, (), TODAY)
    assert {each.value: (each.n, each.base) for each in pasted.figures}[Decimal(100)] == (None, None)
    assert all(each.value in (100, 70, 0) for each in pasted.figures)
    assert reasons(pasted)[2].startswith("Which year?")


@pytest.mark.parametrize(
    ("kpi", "text", "expected"),
    [
        (QUARTERLY, "2025/26\nQ1\t100\nQ2\t110", ["2025-06", "2025-09"]),
        (QUARTERLY, "Quarter\tFigure\n2025/26\t\nQ4\t100\n2026/27\t\nQ1\t120", ["2026-03", "2026-06"]),
        (QUARTERLY, "2025/26\tQ1\tQ2\tQ3\tQ4\nVisits\t1\t2\t3\t4", ["2025-06", "2025-09", "2025-12", "2026-03"]),
        (QUARTERLY, "Q1 2024/25\t1\nQ2\t2\nQ3\t3", ["2024-06", "2024-09", "2024-12"]),
        (COUNT, "\tApr\tMay\tJun\tQ1 total\tJan\n2024/25\t10\t11\t12\t33\t9",
         ["2024-04", "2024-05", "2024-06", "2025-01"]),
        (COUNT, "Apr 2024\t10\nMay\t11\nJun\t12", ["2024-04", "2024-05", "2024-06"]),
        (COUNT, "Nov\t10\nDec\t11\nJan 2024\t12", ["2023-11", "2023-12", "2024-01"]),
    ],
)  # fmt: skip
def test_a_bare_month_or_quarter_is_of_the_year_it_stands_under(kpi: Kpi, text: str, expected: list[str]) -> None:
    assert ends(read_pasted(text, kpi, (), TODAY)) == expected


def test_a_quarter_after_months_is_no_figure_of_a_monthly_kpi() -> None:
    pasted = read_pasted("Apr-25\t10\nMay-25\t11\nJun-25\t12\nQ1\t33\nJul-25\t9", COUNT, (), TODAY)
    assert ends(pasted) == ["2025-04", "2025-05", "2025-06", "2025-07"]
    assert reasons(pasted)[3] == "Q1 of which year?"


def test_american_days_are_read_once_it_is_said_that_they_are() -> None:
    text = "01/01/2026\t10\n02/01/2026\t12\n03/01/2026\t13"
    assert read_pasted(text, COUNT, (), TODAY).month_first
    pasted = read_pasted(text, COUNT, (), TODAY, month_first=True)
    assert ends(pasted) == ["2026-01", "2026-02", "2026-03"]
    assert pasted.month_first, "the question can be taken back"
    assert not read_pasted("01/04/2026\t1\n01/05/2026\t2", COUNT, (), TODAY).month_first


def test_a_column_of_figures_that_are_not_understood_is_asked_about_row_by_row() -> None:
    pasted = read_pasted("Apr-26\t10*\nMay-26\t11 (p)\nJul-26\tc. 13\nAug-26\t??", COUNT, (), TODAY)
    assert [row.fate for row in pasted.rows] == [Fate.LEFT_OUT, Fate.LEFT_OUT, Fate.NEW, Fate.LEFT_OUT]
    assert (pasted.figures[0].value, pasted.figures[0].about) == (13, True)


@pytest.mark.parametrize(
    "text", ["Apr-26,10\nMay-26,11", "Month;Figure\nApr-26;10\nMay-26;11", '"Apr-26","10"\n"May-26","11"']
)
def test_cells_between_commas_are_cells(text: str) -> None:
    pasted = read_pasted(text, COUNT, (), TODAY)
    assert (ends(pasted), [each.value for each in pasted.figures]) == (["2026-04", "2026-05"], [10, 11])


def test_thousands_in_one_column_are_no_cells() -> None:
    assert [each.value for each in read_pasted("1,010\n1,011", COUNT, (), TODAY).figures] == [1010, 1011]


def test_a_cell_with_two_lines_is_one_cell() -> None:
    pasted = read_pasted('"Apr-26"\t"10\n(prov)"\nMay-26\t11', COUNT, (), TODAY)
    assert [row.fate for row in pasted.rows] == [Fate.LEFT_OUT, Fate.NEW]


@pytest.mark.parametrize("order", ["97.5\t39\t40", "39\t40\t97.5", "40\t39\t97.5"])
def test_three_columns_without_heads_are_told_apart_by_their_sum(order: str) -> None:
    (figure,) = read_pasted(f"Apr-26\t{order}", SHARE, (), TODAY).figures
    assert (figure.value, figure.n, figure.base) == (Decimal("97.5"), 39, 40)


@pytest.mark.parametrize(
    ("head", "cells"),
    [
        ("Month\tMet\tTotal\t%", "Apr-26\t53\t54\t98.1%"),
        ("Month\tTarget %\tActual %\tMet\tOut of", "Apr-26\t95%\t98.1%\t53\t54"),
        ("Reviews in time\n\tMonth\t%\tMet\tOut of", "\tApr-26\t98.1\t53\t54"),
    ],
)
def test_a_head_gives_each_column_its_role(head: str, cells: str) -> None:
    (figure,) = read_pasted(f"{head}\n{cells}", SHARE, (), TODAY).figures
    assert (figure.value, figure.n, figure.base) == (Decimal("98.1"), 53, 54)


def test_a_column_that_is_not_read_is_named() -> None:
    pasted = read_pasted("Month\tFigure\tStaff\nApr-26\t10\t3", COUNT, (), TODAY)
    (figure,) = pasted.figures
    assert (figure.value, figure.n) == (10, None)
    assert pasted.unused == ("Staff",)


def test_a_row_that_is_left_out_is_mended_where_it_stands() -> None:
    text = "Quarter 1\t100\nQuarter 2\t11O\nQuarter 3\t120"
    mended = {1: Mended(period="Q1 2025/26"), 2: Mended(figure="110")}
    pasted = read_pasted(text, QUARTERLY, (), TODAY, mended=mended)
    assert ends(pasted) == ["2025-06", "2025-09", "2025-12"]
    assert [each.value for each in pasted.figures] == [100, 110, 120]
    (share,) = read_pasted("Apr-26\t=\t54", SHARE, (), TODAY, mended={1: Mended(figure="53 of 54")}).figures
    assert (share.n, share.base) == (53, 54)
    assert "=" in reasons(read_pasted("Apr-26\t=\t54", SHARE, (), TODAY))[0]
