"""A year that is not over: whether it may be carried on to a forecast, and what is known of it where it may not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.kpi_figures import Gap
from s75desk.domain.kpi_totals import range_figure, to_date_figure
from s75desk.domain.kpi_verdicts import range_of
from s75desk.domain.months import whole_months
from s75desk.domain.periods.flows import Total, coverage, uncovered
from s75desk.domain.periods.kinds import LENGTHS, cumulative
from s75desk.domain.periods.span import DAY, Span
from s75desk.domain.records import Kpi
from s75desk.domain.records.kpi import Absent, Measure
from s75desk.domain.status import Shape, Status
from s75desk.domain.targets import Band, plain
from s75desk.domain.wording import NOT_KNOWN, list_words, sentence_case
from s75desk.domain.working import Figure

LEAST_SHARE = Decimal(1) / 2
"""A year is carried on only while it runs, if figures cover more than this share of its periods that have ended, and
none of them is suppressed. A rule of this house: R0's eight months of the ten that had ended are enough, one quarter
of two is not."""


FIGURES_COME = timedelta(days=21)
"""How long after its end a year is still carried on: by then the figures of its last month are in, or late. A month or
a quarter is over with its last day."""


@dataclass(frozen=True, slots=True)
class SoFar:
    """A year that is not carried on.

    Attributes:
        total: What its figures make so far.
        why: Why there is no forecast: "July 2026 is suppressed".
        low: The least that the whole year can come to, or None where that cannot be said.
        high: The most, or None while periods are open.
        words: What there is so far: "12", "12 to 16" with a "<5" among the figures.
        hidden: The suppressed figures that ``words`` allows for.
        over: Whether the year is over, so that nothing is to come but what is late.
        allowed_for: Whether ``words`` allows for them; a figure of the year to date holds what was hidden before it.
    """

    total: Total
    why: str
    low: Decimal | None
    high: Decimal | None
    words: str
    hidden: tuple[Gap, ...] = ()
    over: bool = False
    allowed_for: bool = False

    @property
    def part(self) -> str:
        """What it is of the year: " so far, 8 of 12 months"; ", 30 of 31 days" of a month that is over."""
        return f"{'' if self.over else ' so far'}, {self.total.caption}"

    @property
    def subject(self) -> str:
        """The beginning of the sentence about it."""
        return sentence_case(f"{self.words} in {self.total.words}{self.part}")


def so_far(kpi: Kpi, total: Total, gaps: Sequence[Gap], unit: str, today: date) -> SoFar | None:
    """What is known of a year that may not be carried on; None where it is complete or a forecast can be made."""
    if total.complete or not total.carried_on:
        return None
    hidden = _hidden(total, gaps)
    over = _over(total, today)
    why = _why(kpi, total, hidden, today)
    if not why:
        return None
    ranges = [] if cumulative(kpi) else [range_of(gap, kpi) for gap in hidden]
    low = total.total + sum((least for least, _ in ranges), Decimal(0))
    tops = [most for _, most in ranges if most is not None]
    most = total.total + sum(tops, Decimal(0)) if len(tops) == len(ranges) == len(hidden) else None
    words = plain(low, unit) if most == low else f"at least {plain(low, unit)}"
    if most is not None and most > low:
        words = f"{plain(low, unit)} to {plain(most, unit)}"
    covered, of, _ = coverage([*total.counted, *(_span(gap) for gap in hidden)], total.whole)
    # Only a count cannot fall again while the rest of the year comes in.
    counted = kpi.measure is Measure.COUNT
    high = most if covered >= of else None
    return SoFar(
        total, why, low if counted else None, high, words, tuple(hidden), over, bool(hidden) and not cumulative(kpi)
    )


def _over(total: Total, today: date) -> bool:
    return total.whole.ends + (FIGURES_COME if total.whole.days > 300 else timedelta()) < today


def _span(gap: Gap) -> Span:
    return Span(gap.starts or gap.ends, gap.ends)


def _hidden(total: Total, gaps: Sequence[Gap]) -> list[Gap]:
    """Suppressed figures of the year that no counted figure holds."""
    return [
        gap
        for gap in gaps
        if gap.why is Absent.SUPPRESSED
        and _span(gap).within(total.whole)
        and not any(_span(gap).within(each) for each in total.counted)
    ]


def _why(kpi: Kpi, total: Total, hidden: Sequence[Gap], today: date) -> str:
    if hidden:
        names = list_words(dict.fromkeys(gap.caption for gap in hidden))
        return f"{names} {'is' if len(hidden) == 1 else 'are'} suppressed"
    if _over(total, today):
        wanting = list_words(each.words for each in uncovered(total.whole, total.whole.ends, total.counted))
        return f"there is no figure for {wanting}"
    ended, unit = _ended(kpi, total, today)
    if total.covered > ended * LEAST_SHARE or not ended:
        return ""
    return (
        f"only {total.covered} of the {ended} {unit} that have ended {'has' if total.covered == 1 else 'have'} a figure"
    )


def _ended(kpi: Kpi, total: Total, today: date) -> tuple[int, str]:
    """How many months, or days, of the year lie in periods that have ended: a quarter that runs is not waited for."""
    last = min(total.whole.ends, today)
    _, _, unit = coverage(total.counted, total.whole)
    if unit != "months":
        return (last - total.whole.starts).days + 1, unit
    months = whole_months(total.span.starts, last + DAY)
    length = LENGTHS[kpi.period].value if kpi.period in LENGTHS else 1
    return months - months % length if 1 < length < total.of else months, unit


def figure_so_far(total: Total, known: SoFar | None, unit: str) -> Figure:
    """What the figures make, within the limits that suppressed ones among them leave."""
    figure = to_date_figure(total, unit)
    if known is None or known.total != total or not known.allowed_for:
        return figure
    return range_figure(figure, known.words, [(gap.caption, gap.words(unit)) for gap in known.hidden])


def gap_findings(total: Total, gaps: Sequence[Gap], known: SoFar | None) -> list[Finding]:
    """Figures of a year that are suppressed or otherwise without a value are in no total of it, or make it a range."""
    allowed_for = known.hidden if known is not None and known.total == total and known.allowed_for else ()
    found = []
    for gap in gaps:
        if gap.why.returned and _span(gap).within(total.whole):
            text = f"{gap.caption} is {gap.why.value} and in no total of {total.words}."
            if known is not None and gap in allowed_for:
                text = f"{gap.caption} is {gap.why.value}: {total.words} is only known to be {known.words}."
            found.append(Finding(Weight.DOUBT, "", text))
    return found


def status_so_far(known: SoFar, band: Band, more: Callable[[str], str]) -> Status:
    """The verdict on a year without a forecast: only where it holds whatever the open figures will be."""
    met = band.met_between(known.low, known.high) if known.low is not None else None
    if met is None:
        said = "it cannot be judged" if known.over else "no forecast is made"
        return Status(Shape.UNKNOWN, NOT_KNOWN, more(f"{known.subject}: {said}, as {known.why}."))
    text = more(f"{known.subject}: whatever the rest is, the year is {'' if met else 'not '}{band.text}.")
    return Status(Shape.GOOD, "On target", text) if met else Status(Shape.ALERT, "Off target", text)


def left_out(total: Total, today: date) -> str:
    """The ended months of a year that no counted figure covers, which a forecast takes to be like the others."""
    last = min(total.whole.ends, (today + DAY).replace(day=1) - DAY)  # the month that runs is not waited for
    return list_words(each.words for each in uncovered(total.whole, last, total.counted) if each.days >= 28)
