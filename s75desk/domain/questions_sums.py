"""Sums in doubt: parts and their total, percentages and their base, percentages that should make a hundred.

A percentage is judged at the precision in which it is stated. Nothing here raises for unlike figures; it only says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from s75desk.domain.findings import Question
from s75desk.domain.money.fund_plan import TermTotal
from s75desk.domain.money.totals import disagreement, expected_total, total_as_stated, yearly_sum
from s75desk.domain.no_value import absent_words, least, most
from s75desk.domain.proportions import decimals_of, fits, implied_range, rounding_slack
from s75desk.domain.records import Agreement, Breakdown, Measurement, Part
from s75desk.domain.records.kpi import Absent, Kpi
from s75desk.domain.status import Shape
from s75desk.domain.wording import NOT_KNOWN, list_words, number, percent, pounds
from s75desk.domain.working import Line, Working

PARTS = "parts and total"
BASE = "implied base"
HUNDRED = "percentages sum"
STATED = "stated total"

_HUNDRED = Decimal(100)


def parts_and_total(breakdown: Breakdown, parts: Sequence[Part]) -> Question | None:
    """A question when the parts do not sum to the total as stated: 550 against 554. None where they can agree.

    Parts without a count leave the sum open, those that were suppressed within their bounds: "<5" is one to four.
    Approximate counts and totals are not held against each other.
    """
    total = breakdown.total
    counts = [part.count for part in parts if part.count is not None]
    if total is None or not counts or breakdown.about or any(part.about for part in parts):
        return None
    summed = sum(counts, Decimal(0))
    complete = all(part.count is not None or part.absent is Absent.NIL for part in parts)
    at_most = [most(part, part.count) for part in parts]
    reached = None in at_most or sum((one for one in at_most if one is not None), Decimal(0)) >= total
    if sum((least(part, part.count) for part in parts), Decimal(0)) <= total and reached:
        return None
    shown: Callable[[Decimal], str] = pounds if breakdown.unit == "£" else number
    lines = [_part_line(part, _counted(part, shown)) for part in parts]
    lines.append(Line("Sum of the parts", shown(summed), "" if complete else "of what is known", result=True))
    lines.append(Line("Total, as stated", shown(total), breakdown.cited, shape=Shape.DOUBT))
    terms = " + ".join(number(count) for count in counts)
    return Question(
        check=PARTS,
        title=f"Two totals disagree: {_before_figures(breakdown.heading)} {shown(total)} and {shown(summed)}",
        text=f"{terms} = {number(summed)}; the paper says {number(total)}.",
        kind=breakdown.KIND,
        uid=breakdown.uid,
        source=breakdown.cited,
        working=Working(breakdown.title, tuple(lines), "The parts add up to the total.", breakdown.cited),
    )


def implied_base(breakdown: Breakdown, parts: Sequence[Part]) -> Question | None:
    """A question when counts and percentages do not fit one base: 15 of 805 is 1.9%, not 2.5%.

    The base is the one stated, else the total, else the sum of the counts where every part has one.
    """
    both = [part for part in parts if part.count is not None and part.percent is not None]
    base = breakdown.base or breakdown.total or _sum_of_counts(parts)
    if not both or not base:
        return None
    misfits = [part for part in both if not fits(part.count or Decimal(0), base, part.percent or Decimal(0))]
    if not misfits:
        return None
    worst = max(misfits, key=lambda part: _relative_error(part, base))
    stated = breakdown.base is not None or breakdown.total is not None
    title = f"{_worked(worst, base)}: {_inside(breakdown.heading)}"
    rival = None if stated else _cannot_share(worst, both)
    if rival is not None:
        title = f"{_as_stated(worst)} and {_as_stated(rival)} cannot share a base"
    text = " ".join(f"{_worked(part, base)}." for part in misfits)
    lines = [_base_line(part, base, part in misfits) for part in both]
    lines.append(Line("Base", number(base), "as stated" if stated else "the counts added up", result=True))
    return Question(
        check=BASE,
        title=title,
        text=text,
        kind=breakdown.KIND,
        uid=breakdown.uid,
        source=breakdown.cited,
        working=Working(breakdown.title, tuple(lines), "Count as a percentage of the base.", breakdown.cited),
    )


def _sum_of_counts(parts: Sequence[Part]) -> Decimal | None:
    counts = [part.count for part in parts if part.count is not None]
    return sum(counts, Decimal(0)) if counts and len(counts) == len(parts) else None


def _relative_error(part: Part, base: Decimal) -> Decimal:
    exact = (part.count or Decimal(0)) * 100 / base
    return abs(exact - (part.percent or Decimal(0))) / (exact or Decimal(1))


def _cannot_share(part: Part, others: Sequence[Part]) -> Part | None:
    """The largest other part whose possible bases have none in common with those of ``part``."""
    own = _range(part)
    if own is None:
        return None
    apart = []
    for other in others:
        theirs = _range(other)
        if other is not part and theirs is not None and (theirs[0] > own[1] or theirs[1] < own[0]):
            apart.append(other)
    return max(apart, key=lambda other: other.count or Decimal(0), default=None)


def _range(part: Part) -> tuple[int, int] | None:
    if part.count is None or part.percent is None:
        return None
    return implied_range(part.count, part.percent)


def _as_stated(part: Part) -> str:
    return f"{percent(part.percent or Decimal(0))} ({number(part.count or Decimal(0))})"


def _worked(part: Part, base: Decimal) -> str:
    """The sum for one part: "15 of 805 is 1.9%, not 2.5%"."""
    return worked_share(part.count or Decimal(0), base, part.percent or Decimal(0))


def worked_share(n: Decimal, base: Decimal, stated: Decimal) -> str:
    """How ``n`` of ``base`` differs from the percentage stated, to as many decimals as show it (one at least)."""
    exact = n * 100 / base
    places = max(1, decimals_of(stated))
    while places < 4 and abs(exact - stated) < rounding_slack(stated) * 2 and percent(exact, places) == percent(stated):
        places += 1
    return f"{number(n)} of {number(base)} is {percent(exact, places)}, not {percent(stated)}"


def _base_line(part: Part, base: Decimal, doubtful: bool) -> Line:
    implied = _range(part)
    bases = "" if implied is None else f"would need a base of {number(implied[0])} to {number(implied[1])}"
    worked = percent((part.count or Decimal(0)) * 100 / base, max(1, decimals_of(part.percent or Decimal(0))))
    remark = f"{worked} of {number(base)}" + (f"; {bases}" if doubtful and bases else "")
    return Line(part.label, _as_stated(part), remark, shape=Shape.DOUBT if doubtful else None)


def percentages_sum(breakdown: Breakdown, parts: Sequence[Part]) -> Question | None:
    """A question when the percentages of all parts do not make 100 within their rounding: 100.6.

    79 + 19 + 2.5 = 100.5 is within rounding, as each may have been rounded up.
    """
    stated = [part.percent for part in parts if part.percent is not None]
    if len(stated) < 2 or len(stated) < len(parts):
        return None
    summed = sum(stated, Decimal(0))
    slack = sum((rounding_slack(each) for each in stated), Decimal(0))
    if abs(summed - _HUNDRED) <= slack:
        return None
    lines = [_part_line(part, percent(part.percent or Decimal(0))) for part in parts]
    lines.append(Line("Sum", percent(summed), "", result=True, shape=Shape.DOUBT))
    lines.append(Line("Rounding explains at most", f"{number(slack)} points"))
    return Question(
        check=HUNDRED,
        title=f"Percentages sum to {number(summed)}: {_inside(breakdown.heading)}",
        text=f"{' + '.join(number(each) for each in stated)} = {number(summed)}, not 100.",
        kind=breakdown.KIND,
        uid=breakdown.uid,
        source=breakdown.cited,
        working=Working(breakdown.title, tuple(lines), "The shares of all parts make 100.", breakdown.cited),
    )


_LARGEST_BASE = 40


def unstated_base(breakdown: Breakdown, parts: Sequence[Part]) -> Question | None:
    """A question when percentages stand without counts or base, and a small base explains all of them.

    6.7%, 80% and 13.3% fit 1, 12 and 2 of 15. Whole percentages fit too many bases to tell and are left alone, as are
    percentages that do not make 100.
    """
    stated = [part.percent for part in parts if part.percent is not None]
    silent = breakdown.base is None and breakdown.total is None and all(part.count is None for part in parts)
    if not silent or len(stated) < len(parts) or len(stated) < 2 or percentages_sum(breakdown, parts) is not None:
        return None
    if all(decimals_of(each) == 0 for each in stated):
        return None
    for base in range(2, _LARGEST_BASE + 1):
        counts = [(each * base / 100).to_integral_value() for each in stated]
        if sum(counts) == base and all(
            fits(count, Decimal(base), each) for count, each in zip(counts, stated, strict=True)
        ):
            break
    else:
        return None
    fitting = list_words(number(count) for count in counts)
    lines = [
        Line(part.label, percent(each), f"{number(count)} of {base}")
        for part, each, count in zip(parts, stated, counts, strict=True)
    ]
    lines.append(Line("Smallest base that fits", number(base), result=True, shape=Shape.DOUBT))
    return Question(
        check=BASE,
        title=f"No base is stated: {_inside(breakdown.heading)}",
        text=f"The percentages fit {fitting} of {base}. Say how many they are of.",
        kind=breakdown.KIND,
        uid=breakdown.uid,
        source=breakdown.cited,
        working=Working(
            breakdown.title, tuple(lines), "The smallest base of which all are whole parts.", breakdown.cited
        ),
    )


def share_of_measurement(measurement: Measurement, kpi: Kpi) -> Question | None:
    """A question when a figure's n and N do not give the percentage stated beside them."""
    n, base, value = measurement.n, measurement.base, measurement.value
    measure = measurement.measure or kpi.measure
    if n is None or value is None or not base or measure is None or not measure.proportion or fits(n, base, value):
        return None
    sentence = worked_share(n, base, value)
    lines = (
        Line("n", number(n)),
        Line("N", number(base)),
        Line("n ÷ N", percent(n * 100 / base, max(1, decimals_of(value))), result=True),
        Line("As stated", percent(value), measurement.cited, shape=Shape.DOUBT),
    )
    return Question(
        check=BASE,
        title=f"{sentence}: {_inside(kpi.heading)}",
        text=f"{sentence}.",
        kind=measurement.KIND,
        uid=measurement.uid,
        source=measurement.cited,
        working=Working(kpi.title, lines, "n as a percentage of N.", measurement.cited),
    )


def stated_total(agreement: Agreement, term_months: int | None, total: TermTotal | None = None) -> Question | None:
    """A question when the total as stated is not what follows: the years of the term added up, where it covers these.

    Args:
        agreement: Has the total as stated, and which years it covers.
        term_months: Length of the whole possible term, where known.
        total: The budgets of the term added up, where there are any.
    """
    if total is not None and total.overtaken is not None:
        return None
    if total is not None and total.stated is not None:
        return _stated_for_the_term(agreement, total) if total.agrees is False else None
    sentence = disagreement(agreement, term_months)
    expected = expected_total(agreement, term_months)
    varies = total is not None and total.varies and expected is not None and expected.years != 1
    yearly, stated = yearly_sum(agreement), total_as_stated(agreement)
    if varies or not sentence or expected is None or stated is None or yearly is None:
        return None
    lines = (
        Line("Value a year", yearly.text, agreement.cited),
        Line(expected.sum, expected.value.text, result=True),
        Line("Total, as stated", stated.text, agreement.stated_total_basis or "", shape=Shape.DOUBT),
    )
    return Question(
        check=STATED,
        title=f"Two totals disagree: {stated.text} as stated and {expected.value.text}",
        text=sentence,
        kind=agreement.KIND,
        uid=agreement.uid,
        source=agreement.cited,
        working=Working(agreement.title, lines, "Value a year times the years the total covers.", agreement.cited),
    )


def _stated_for_the_term(agreement: Agreement, total: TermTotal) -> Question:
    stated = total.stated.text if total.stated is not None else NOT_KNOWN
    so_far = "" if total.complete else " so far"
    plain_sum = total.value.text.replace("£", "") if "added up" not in total.how else ""
    text = f"{total.how} = {plain_sum}, not {stated.replace('£', '')}."
    if not plain_sum:
        text = f"The years add up to {total.value.text}{so_far}; the total is stated as {stated}."
    working = total.value.working
    return Question(
        check=STATED,
        title=f"Two totals disagree: {stated} as stated and {total.value.text}{so_far}",
        text=text,
        kind=agreement.KIND,
        uid=agreement.uid,
        source=agreement.cited,
        working=working or Working(agreement.title),
    )


def _counted(part: Part, shown: Callable[[Decimal], str]) -> str:
    if part.count is not None:
        return shown(part.count)
    return absent_words(part, part.absent) if part.absent is not None else NOT_KNOWN


def _part_line(part: Part, value: str) -> Line:
    return Line(part.label, value, part.paragraph or "")


def _inside(title: str) -> str:
    """A title inside a sentence: without its capital, unless it is a name or opens with an abbreviation."""
    named = title[1:2].isupper() or any(word[:1].isupper() for word in title.split()[1:])
    return title if named else title[:1].lower() + title[1:]


def _before_figures(title: str) -> str:
    """A title with figures to follow: closed by a colon if it has a comma of its own."""
    inside = _inside(title)
    return f"{inside}:" if "," in inside else inside


def sources_of(*cited: str) -> str:
    """Several citations as one phrase, each once; "Not known" where none is."""
    return list_words(dict.fromkeys(each for each in cited if each != NOT_KNOWN)) or NOT_KNOWN
