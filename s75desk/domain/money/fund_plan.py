"""The money over the term of an agreement: a budget for each year, and the value over the whole possible term."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from s75desk.domain.money.ledger import amount_of, by_year, of_type, sources_text
from s75desk.domain.money.totals import expected_total, times_years, years_covered, years_words
from s75desk.domain.months import month_length, whole_months
from s75desk.domain.records import Agreement, Contribution, Extension
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.records.money import MoneyLine, MoneyType
from s75desk.domain.status import Shape
from s75desk.domain.term_spans import Span, in_order, spans_of
from s75desk.domain.wording import (
    NOT_KNOWN,
    financial_year,
    financial_year_of,
    months_words,
    number,
    ordinal,
    pounds,
    rounded,
)
from s75desk.domain.working import Figure, Line, Working

PLAN = "plan: the yearly value carried forward"
_PLAN_RULE = "Where nothing is recorded for a year, the agreement’s yearly value stands for it, by months of the term."
_VALUE_RULE = "Value a year times the years of the first term and every extension that is not declined."


@dataclass(frozen=True, slots=True)
class PlanYear:
    """One row of the table of yearly budgets over the term.

    Attributes:
        year: Calendar year in which the financial year starts.
        part: "First term", "If extended", "If extended again", "Extension 1".
        value: The year's value with working, "Not known" where nothing is recorded or planned.
        uplift: The year's uplift, "Not known" where none is recorded.
        source: "Report of 7 Mar 2024, para 3.7" or "plan: the yearly value carried forward".
        certain: Whether the year lies in the first term or an exercised extension.
    """

    year: int
    part: str
    value: Figure
    uplift: Figure
    source: str
    certain: bool


def plan_years(
    agreement: Agreement, extensions: Sequence[Extension], contributions: Sequence[Contribution]
) -> tuple[PlanYear, ...]:
    """Every financial year of the possible term with its budget; () when start or length is not known.

    A year's value is what is recorded in the pool for it, else the yearly value for as many months as the term
    covers. A year that an extension begins in belongs to the part in force on its first day.
    """
    spans = possible_spans(agreement, extensions)
    if not spans:
        return ()
    recorded = by_year(contributions)
    first, last = spans[0].starts, spans[-1].ends
    names = _part_names(spans)
    rows = []
    for year in range(financial_year_of(first), financial_year_of(last) + 1):
        begins = max(first, date(year, 4, 1))
        place = next(place for place, span in enumerate(spans) if span.starts <= begins <= span.ends)
        covered = (begins, min(last, date(year + 1, 3, 31)))
        rows.append(_plan_year(agreement, year, names[place], spans[place].certain, covered, recorded.get(year, [])))
    return tuple(rows)


def possible_spans(agreement: Agreement, extensions: Sequence[Extension]) -> list[Span]:
    """First term and every extension not declined, as recorded now; [] when start or first end is not known."""
    if agreement.starts is None:
        return []
    spans, _ = spans_of(agreement, extensions, date.max)
    return [span for span in spans if not span.declined]


def possible_months(agreement: Agreement, extensions: Sequence[Extension]) -> int | None:
    """Length in months of the whole possible term; None when it is not known, or under a month.

    Without a start the lengths alone tell, as long as every one is known and no date cuts them short.
    """
    spans = possible_spans(agreement, extensions)
    if spans:
        return whole_months(spans[0].starts, spans[-1].ends + timedelta(days=1)) or None
    counted = [each for each in extensions if each.state is not ExtensionState.DECLINED]
    lengths = [agreement.initial_months, *(each.months for each in counted)]
    known = [months for months in lengths if months]
    cut = agreement.starts is not None or agreement.ends_at_latest is not None
    return sum(known) if known and len(known) == len(lengths) and not cut else None


def _part_names(spans: Sequence[Span]) -> list[str]:
    names = []
    for place, span in enumerate(spans):
        if span.extension is None:
            names.append("First term")
        elif span.certain:
            names.append(span.extension.heading)
        else:
            names.append({1: "If extended", 2: "If extended again"}.get(place, f"If extended a {ordinal(place)} time"))
    return names


def _plan_year(
    agreement: Agreement,
    year: int,
    part: str,
    certain: bool,
    covered: tuple[date, date],
    entries: Sequence[Contribution],
) -> PlanYear:
    uplift = amount_of(of_type(entries, MoneyType.UPLIFT))
    uplift_figure = Figure(uplift.text)
    if uplift.lines:
        uplift_figure = Figure(
            uplift.text, Working(f"Uplift, {financial_year(year)}", uplift.lines, "", sources_text([uplift]))
        )
    paid = amount_of(of_type(entries, MoneyType.CONTRIBUTION, MoneyLine.POOLED))
    if paid.value is not None:
        result = Line("In the pool", paid.text, "of what is known" if paid.missing else "", result=True)
        source = sources_text([paid])
        working = Working(f"In the pool, {financial_year(year)}", (*paid.lines, result), "", source)
        return PlanYear(year, part, Figure(paid.text, working), uplift_figure, source, certain)
    value, source = _planned(agreement, year, covered)
    return PlanYear(year, part, value, uplift_figure, source, certain)


def _planned(agreement: Agreement, year: int, covered: tuple[date, date]) -> tuple[Figure, str]:
    yearly = agreement.yearly_value
    if yearly is None:
        return Figure(NOT_KNOWN), NOT_KNOWN
    units, whole, words = _part_of_year(*covered)
    value = rounded(yearly * units / whole, 2)
    lines = (
        Line("Value a year", pounds(yearly), agreement.cited),
        Line("Of the year", words),
        Line(f"Planned for {financial_year(year)}", pounds(value), result=True),
    )
    working = Working(f"Planned for {financial_year(year)}", lines, _PLAN_RULE, agreement.cited)
    return Figure(pounds(value), working), PLAN if units == whole else f"{PLAN}, {words}"


def _part_of_year(starts: date, ends: date) -> tuple[int, int, str]:
    """How much of its financial year a stretch covers: in months where they are whole, else in days."""
    if starts.day == 1 and ends.day == month_length(ends.year, ends.month):
        months = whole_months(starts, ends + timedelta(days=1))
        return months, 12, f"{months} of 12 months"
    days = (ends - starts).days + 1
    first = date(financial_year_of(starts), 4, 1)
    whole = (date(first.year + 1, 4, 1) - first).days
    return days, whole, f"{days} of {whole} days"


def lifetime_value(
    agreement: Agreement, extensions: Sequence[Extension], contributions: Sequence[Contribution]
) -> Figure:
    """The value over the whole possible term: yearly value times years, checked against the stated total.

    R1: 5 x 2,038,663 = 10,193,315, agrees with recommendation b. "Not known" if either factor is not known.
    Uplifts are shown beside and are not in the total.
    """
    months = possible_months(agreement, extensions)
    yearly = agreement.yearly_value
    lines = [
        Line("Value a year", NOT_KNOWN if yearly is None else pounds(yearly), agreement.cited),
        Line(*_years_line(agreement, extensions, months)),
    ]
    title = "Value over the whole possible term"
    text = NOT_KNOWN
    if yearly is None or months is None:
        lines.append(Line("Value", NOT_KNOWN, result=True))
    else:
        expected = times_years(yearly, Decimal(months) / 12)
        text = pounds(expected.value)
        title = f"{text} over {years_words(expected.years)}" if months % 12 == 0 else f"{text} over {months} months"
        lines.append(_checked(agreement, months, expected.value, expected.sum))
    uplift = amount_of(of_type(contributions, MoneyType.UPLIFT))
    lines.append(Line("Yearly uplifts", uplift.text, "not in the total"))
    return Figure(text, Working(title, tuple(lines), _VALUE_RULE, agreement.cited))


def _years_line(agreement: Agreement, extensions: Sequence[Extension], months: int | None) -> tuple[str, str]:
    if months is None:
        return "Years", NOT_KNOWN
    counted = [each for each in in_order(extensions) if each.state is not ExtensionState.DECLINED]
    lengths = [agreement.initial_months, *(extension.months for extension in counted)]
    known = [length for length in lengths if length]
    if months % 12 or len(known) < len(lengths) or any(length % 12 for length in known) or sum(known) != months:
        return "Length", months_words(months)
    return f"Years: {' + '.join(number(length // 12) for length in known)}", number(months // 12)


def _checked(agreement: Agreement, months: int, value: Decimal, sum_: str) -> Line:
    """The result, and whether the total as stated agrees with it."""
    stated = agreement.stated_total
    expected = expected_total(agreement, months)
    if stated is None:
        return Line(sum_, pounds(value), "no total is stated", result=True)
    if expected is None or years_covered(agreement.stated_total_basis, months) != Decimal(months) / 12:
        basis = agreement.stated_total_basis or "another length"
        return Line(sum_, pounds(value), f"stated: {pounds(stated)} for {basis}", result=True)
    if expected.value == stated:
        return Line(sum_, pounds(value), "agrees", result=True, shape=Shape.GOOD)
    return Line(sum_, pounds(value), f"stated: {pounds(stated)}", result=True, shape=Shape.DOUBT)
