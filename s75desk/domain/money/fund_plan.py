"""The money over the term of an agreement: a budget for each year, and their sum held against the total as stated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from s75desk.domain.money.amounts import Sum, added, figure_of, sum_of
from s75desk.domain.money.ledger import Amount, amount_of, by_year, made_of, of_type, sources_text
from s75desk.domain.money.states import stated_sum
from s75desk.domain.money.totals import (
    agrees_with,
    expected_total,
    times_years,
    total_as_stated,
    years_covered,
    years_words,
)
from s75desk.domain.money.yearly import (
    Piece,
    Worth,
    pieces_by_year,
    planned_over,
    rate_label,
    rates_in,
    worth_now,
    worth_of_pieces,
)
from s75desk.domain.months import whole_months
from s75desk.domain.records import Agreement, Contribution, Extension
from s75desk.domain.records.agreement import ExtensionState
from s75desk.domain.records.money import MoneyLine, MoneyType, UpliftPlace
from s75desk.domain.status import Shape
from s75desk.domain.term_spans import Span, in_order, spans_of
from s75desk.domain.wording import (
    NOT_KNOWN,
    date_long,
    financial_year,
    list_words,
    months_words,
    number,
    ordinal,
    plural,
)
from s75desk.domain.working import Figure, Line, Working

PLAN = "plan: the yearly value carried forward"
_PLAN_RULE = "Where a year is not recorded in full, the agreement’s yearly value stands for it, by months of the term."
_VALUE_RULE = "Value a year times the years of the first term and every extension that is not declined."
_SUM_RULE = "The budgets of the years of the first term and every extension that is not declined, added up."


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
        whole: Whether nothing of the year's value is missing.
        uplifts: The same by whether it lies inside the value or on top of it; None where that is not said.
    """

    year: int
    part: str
    value: Figure
    uplift: Figure
    source: str
    certain: bool
    whole: bool = True
    uplifts: tuple[tuple[UpliftPlace | None, Sum], ...] = ()

    @property
    def uplift_text(self) -> str:
        """The year's uplift in words, with where it lies: "£228,237, inside"."""
        if not self.uplifts or (len(self.uplifts) == 1 and self.uplifts[0][0] is None):
            return self.uplift.text
        return "; ".join(f"{amount.text}, {_PLACES[place]}" for place, amount in self.uplifts)


@dataclass(frozen=True, slots=True)
class TermTotal:
    """The budgets of all years added up, and the total as stated beside it.

    Attributes:
        value: The sum of the years shown, with its working; the yearly value over the term where no year can be named.
        complete: Whether every year of the term is in it. If not, it is the sum of what is known.
        stated: The total as stated, where it covers the whole term; None otherwise.
        agrees: Whether the two agree; None where none is stated for the whole term.
        how: How the sum came about: "2,038,663 × 5", "5 years added up".
        by_yearly_value: Whether it is the yearly value times the years, and nothing else.
        uplifts: The uplifts of the years added up; "Not known" where none is recorded.
        scope: What of the uplifts is in the total: "Plus uplifts", "Uplifts inside".
        overtaken: The day from which other terms hold than those of which the total as stated was the sum; else None.
        varies: Whether more than one yearly value holds in the course of the term.
    """

    value: Figure
    complete: bool
    stated: Sum | None
    agrees: bool | None
    how: str
    by_yearly_value: bool
    uplifts: Figure
    scope: str
    overtaken: date | None = None
    varies: bool = False

    @property
    def remark(self) -> str:
        """What stands beside the total: whether it is whole, and whether the total as stated agrees."""
        verdict = "no total is stated for the whole term" if self.stated is None else "agrees with the total as stated"
        if self.overtaken is not None and self.stated is not None:
            verdict = f"stated: {self.stated.text}, for the terms before {date_long(self.overtaken)}"
        elif self.agrees is False and self.stated is not None:
            verdict = f"stated: {self.stated.text}"
        return verdict if self.complete else f"of what is known; {verdict}"

    @property
    def shape(self) -> Shape | None:
        """Good where the stated total agrees, doubt where it does not."""
        return {True: Shape.GOOD, False: Shape.DOUBT, None: None}[self.agrees]


def plan_years(
    agreement: Agreement,
    extensions: Sequence[Extension],
    contributions: Sequence[Contribution],
    *,
    pool: bool = True,
    worth: Worth | None = None,
) -> tuple[PlanYear, ...]:
    """Every financial year of the possible term with its budget; () when start or length is not known.

    A year's value is what is paid into the pool in it, where that is recorded in full, else the yearly value of its
    days for as many months as the term covers: the years planned so add up to it over the term, to the penny.
    A year that an extension begins in belongs to the part in force on its first day.
    """
    spans = possible_spans(agreement, extensions)
    if not spans:
        return ()
    recorded = by_year(contributions)
    first, last = spans[0].starts, spans[-1].ends
    names = _part_names(spans)
    rates = (worth or worth_now(agreement)).rates
    rows = []
    for year, pieces in pieces_by_year(rates, first, last).items():
        begins = max(first, date(year, 4, 1))
        place = next(place for place, span in enumerate(spans) if span.starts <= begins <= span.ends)
        rows.append(_plan_year(year, names[place], spans[place].certain, pieces, recorded.get(year, []), pool=pool))
    return tuple(rows)


def possible_spans(agreement: Agreement, extensions: Sequence[Extension]) -> list[Span]:
    """First term and every extension not declined, as recorded now; [] when start or first end is not known."""
    if agreement.starts is None:
        return []
    spans, _ = spans_of(agreement, extensions, date.max)
    return [replace(span, ends=span.last) for span in spans if not span.declined]


def possible_months(agreement: Agreement, extensions: Sequence[Extension]) -> int | None:
    """Length in months of the whole possible term; None when it is not known, or under a month.

    Without a start the lengths alone tell, as long as every one is known and no date cuts them short.
    """
    spans = possible_spans(agreement, extensions)
    if spans:
        return whole_months(spans[0].starts, spans[-1].ends + timedelta(days=1)) or None
    counted = [each for each in extensions if each.state is not ExtensionState.DECLINED]
    lengths = [agreement.first_term, *(each.length for each in counted)]
    known = [whole for length in lengths if length and (whole := length.whole_months)]
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
    year: int,
    part: str,
    certain: bool,
    pieces: Sequence[Piece],
    entries: Sequence[Contribution],
    *,
    pool: bool,
) -> PlanYear:
    words = financial_year(year)
    uplifts = of_type(entries, MoneyType.UPLIFT)
    uplift = amount_of(uplifts)
    place = _places_of(uplifts)
    uplift_figure = figure_of(uplift.total, _sum_working(f"Uplift, {words}", uplift) if uplift.lines else None)
    paid = amount_of(of_type(entries, MoneyType.CONTRIBUTION, MoneyLine.POOLED if pool else None))
    planned = worth_of_pieces(pieces)
    if paid.total is not None and not (paid.missing and planned is not None):
        value = figure_of(paid.total, _sum_working(f"{'In the pool' if pool else 'Paid in'}, {words}", paid),
                          partial=paid.missing)  # fmt: skip
        made = made_of(paid)
        source = "; ".join((*made, sources_text([paid])) if paid.sources or not made else made)
        return PlanYear(year, part, value, uplift_figure, source, certain, not paid.missing, place)
    if planned is None:
        return PlanYear(year, part, figure_of(None), uplift_figure, NOT_KNOWN, certain, False, place)
    lines = []
    for piece in pieces:
        lines += [Line(rate_label(piece.rate), piece.rate.text, piece.rate.cited), Line("Of the year", piece.words)]
    lines.append(Line(f"Planned for {words}", planned.text, result=True))
    if paid.total is not None:
        lines.append(Line("Recorded so far", paid.text, "part of it; the rest is not known"))
    cited = "; ".join(dict.fromkeys(piece.rate.cited for piece in pieces))
    working = Working(f"Planned for {words}", tuple(lines), _PLAN_RULE, cited)
    value, source = figure_of(planned, working), _planned_source(pieces)
    return PlanYear(year, part, value, uplift_figure, source, certain, True, place)


def _places_of(uplifts: Sequence[Contribution]) -> tuple[tuple[UpliftPlace | None, Sum], ...]:
    """The uplifts of a year by where they lie; each counted once, whatever its states."""
    found: dict[UpliftPlace | None, Sum] = {}
    for one in amount_of(uplifts).counted:
        if (amount := stated_sum(one)) is not None:
            found[one.uplift] = found[one.uplift] + amount if one.uplift in found else amount
    return tuple(found.items())


def _planned_source(pieces: Sequence[Piece]) -> str:
    """What a planned year rests on: the yearly value, of how many months, and from which day it is that value."""
    days = [date_long(piece.rate.since) for piece in pieces if piece.rate.since]
    if len(pieces) == 1:
        since = f" from {days[0]}" if days else ""
        return f"{PLAN}{since}" if pieces[0].whole else f"{PLAN}{since}, {pieces[0].words}"
    return f"{PLAN}; {', '.join(f'{piece.words} at {piece.rate.text}' for piece in pieces)}"


def _sum_working(title: str, amount: Amount) -> Working:
    remark = "; ".join(("of what is known",) * amount.missing + made_of(amount))
    return Working(title, (*amount.lines, Line("Sum", amount.text, remark, result=True)), "", sources_text([amount]))


def term_total(
    agreement: Agreement,
    extensions: Sequence[Extension],
    plan: Sequence[PlanYear],
    contributions: Sequence[Contribution] = (),
    worth: Worth | None = None,
) -> TermTotal:
    """The budgets of the term added up. It is the sum of the rows of ``plan``, whatever total is stated.

    R1: 5 x 2,038,663 = 10,193,315, which agrees with recommendation b.
    """
    worth = worth or worth_now(agreement)
    months = possible_months(agreement, extensions)
    expected, sums = _by_the_year(agreement, extensions, worth)
    summed = added(sum_of(row.value) for row in plan)
    if not plan and expected is not None:
        summed = expected
    complete = summed is not None and all(row.whole for row in plan)
    by_year_alone = expected is not None and summed is not None and _alike(summed, expected)
    how = sums if by_year_alone and sums else f"{plural(len(plan), 'year')} added up"
    stated = total_as_stated(agreement) if _covers_term(agreement, months) else None
    agrees = None if stated is None or summed is None else agrees_with(stated, summed)
    if not complete and summed is not None and stated is not None:
        # What is still to come may make up what is wanting, but not take away what is too much already.
        agrees = False if summed.low > stated.high and not agrees else None
    overtaken = None if agrees else _overtaken(worth, extensions)
    uplifts = of_type(contributions, MoneyType.UPLIFT)
    uplift, scope = _uplifts(plan)
    total = TermTotal(
        figure_of(summed, partial=not complete), complete, stated, None if overtaken else agrees, how,
        by_year_alone, uplift, scope, overtaken, len(worth.rates) > 1,
    )  # fmt: skip
    if by_year_alone or not plan:
        lines = _by_yearly_value(agreement, extensions, months, worth)
        rule = _VALUE_RULE
    else:
        lines = [Line(financial_year(row.year), row.value.text, f"{row.part}; {row.source}") for row in plan]
        rule = _SUM_RULE
    result = Line(how, total.value.text, _verdict(agreement, total), result=True, shape=total.shape)
    if summed is None:
        result = Line("Value", NOT_KNOWN, result=True)
    extra = [Line("Yearly uplifts", amount.text, uplift_words(place)) for place, amount in _by_place(plan).items()]
    extra = extra or [Line("Yearly uplifts", amount_of(uplifts).text)]
    working = Working(_title(summed, months, complete=complete), (*lines, result, *extra), rule, agreement.cited)
    return replace(total, value=replace(total.value, working=working))


def _by_the_year(agreement: Agreement, extensions: Sequence[Extension], worth: Worth) -> tuple[Sum | None, str]:
    """What the yearly values alone make of the possible term, and the sum in words."""
    spans, months = possible_spans(agreement, extensions), possible_months(agreement, extensions)
    if len(worth.rates) > 1:
        term = (spans[0].starts, spans[-1].ends) if spans else None
        return (planned_over(worth.rates, *term), rates_in(worth.rates, *term)) if term else (None, "")
    (only,) = worth.rates
    if only.value is None or months is None:
        return None, ""
    found = times_years(only.value, Decimal(months) / 12)
    return found.value, found.sum


def _alike(one: Sum, other: Sum) -> bool:
    return (one.low, one.high) == (other.low, other.high)


def _overtaken(worth: Worth, extensions: Sequence[Extension]) -> date | None:
    """From when a stated total is no longer that of the terms, if it is what followed from those it was stated for."""
    then = worth.when_stated
    stated = total_as_stated(then)
    if worth.overtaken is None or stated is None:
        return None
    held = [rate for rate in worth.rates if rate.since is None or rate.since < worth.overtaken]
    months = possible_months(then, extensions)
    expected = expected_total(then, months)
    if _covers_term(then, months):
        before, _ = _by_the_year(then, extensions, replace(worth, rates=tuple(held)))
    else:
        before = None if expected is None else expected.value
    return worth.overtaken if before is not None and agrees_with(stated, before) else None


def _by_place(plan: Sequence[PlanYear]) -> dict[UpliftPlace | None, Sum]:
    """The uplifts of the years added up, those inside the budget and those on top of it apart."""
    found: dict[UpliftPlace | None, Sum] = {}
    for row in plan:
        for place, amount in row.uplifts:
            found[place] = found[place] + amount if place in found else amount
    return found


def _uplifts(plan: Sequence[PlanYear]) -> tuple[Figure, str]:
    """The uplifts of the term as one figure, whose words keep apart what is inside the total and what is not."""
    by_place = _by_place(plan)
    summed = figure_of(added(by_place.values()))
    if by_place and set(by_place) <= {UpliftPlace.INSIDE}:
        return summed, "Uplifts inside"
    if len(by_place) > 1:
        words = list_words(f"{amount.text} {_PLACES[place]}" for place, amount in by_place.items())
        summed = replace(summed, text=words)
    return summed, "Without uplifts on top" if UpliftPlace.INSIDE in by_place else "Plus uplifts"


_PLACES = {UpliftPlace.INSIDE: "inside", UpliftPlace.BESIDE: "on top", None: "not said where"}


def uplift_words(place: UpliftPlace | None) -> str:
    """Whether uplifts are in the total: inside it, on top of it and not in it, or not said."""
    if place is None:
        return "not added; whether it lies inside the total is not said"
    return "inside the total" if place is UpliftPlace.INSIDE else "on top of the total, and not in it"


def _covers_term(agreement: Agreement, months: int | None) -> bool:
    covered = years_covered(agreement.stated_total_basis, months)
    return months is not None and covered is not None and covered == Decimal(months) / 12


def _title(summed: Sum | None, months: int | None, *, complete: bool) -> str:
    if summed is None or months is None:
        return "Value over the whole possible term"
    if not complete:
        return f"{summed.text} of what is known"
    return f"{summed.text} over {years_words(Decimal(months) / 12) if months % 12 == 0 else f'{months} months'}"


def _verdict(agreement: Agreement, total: TermTotal) -> str:
    if total.agrees:
        return "agrees"
    stated = total_as_stated(agreement)
    if total.stated is None and stated is not None:
        return f"stated: {stated.text} for {agreement.stated_total_basis or 'another length'}"
    return "no total is stated" if total.stated is None else total.remark


def _by_yearly_value(
    agreement: Agreement, extensions: Sequence[Extension], months: int | None, worth: Worth
) -> list[Line]:
    rates = [Line(rate_label(rate), rate.text, rate.cited) for rate in worth.rates]
    return [*rates, Line(*_years_line(agreement, extensions, months))]


def _years_line(agreement: Agreement, extensions: Sequence[Extension], months: int | None) -> tuple[str, str]:
    if months is None:
        return "Years", NOT_KNOWN
    counted = [each for each in in_order(extensions) if each.state is not ExtensionState.DECLINED]
    lengths = [agreement.first_term, *(extension.length for extension in counted)]
    known = [whole for length in lengths if length and (whole := length.whole_months)]
    if months % 12 or len(known) < len(lengths) or any(length % 12 for length in known) or sum(known) != months:
        return "Length", months_words(months)
    return f"Years: {' + '.join(number(length // 12) for length in known)}", number(months // 12)
