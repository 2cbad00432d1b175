"""Slips of the hand: 0.97 for 97%, pounds for thousands, days for weeks, and a whole that its parts do not make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from s75desk.domain.findings import Finding, Fix, Question, Weight
from s75desk.domain.kpi_figures import value_of
from s75desk.domain.money.ledger import stated_text
from s75desk.domain.money.states import stated_sum
from s75desk.domain.periods.kinds import adds_up, cumulative
from s75desk.domain.questions_sums import PARTS, share_of_measurement
from s75desk.domain.records import Contribution, Measurement, Target
from s75desk.domain.records.kpi import Better, Kpi, Measure, TargetType
from s75desk.domain.records.money import MoneyType
from s75desk.domain.status import Shape
from s75desk.domain.targets import band_of, plain, target_words, unit_for, unit_of
from s75desk.domain.wording import financial_year, list_words, number, period_words, pounds
from s75desk.domain.working import Line, Working

SLIP = "slip of a unit"

_LIKE = Decimal("1.3")
"""A corrected figure fits if it is no further from the others than by this factor."""
_UNLIKE = Decimal(3)
"""A figure is only asked about if it is further from the others than by this factor."""
_THOUSAND, _MILLION, _HUNDRED = Decimal(1_000), Decimal(1_000_000), Decimal(100)
_TIMES: Mapping[str, tuple[Decimal, ...]] = {
    "days": (Decimal(7), Decimal(24)),
    "weeks": (Decimal(7),),
    "hours": (Decimal(60), Decimal(24)),
    "minutes": (Decimal(60),),
    "months": (Decimal(12),),
    "years": (Decimal(12),),
}
"""By unit of time, what one is of the next: a wait in weeks among waits in days is seven times too small."""


@dataclass(frozen=True, slots=True)
class _Figure:
    measurement: Measurement
    value: Decimal
    days: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure that is off by the factor of a unit.

    Attributes:
        measurement: The figure.
        factor: By what it has to be multiplied.
        stated: As recorded, in words.
        meant: What it would be.
        others: The figures beside it.
        known: What it does not fit: "the other figures", "the target"; "" where there is nothing beside it.
    """

    measurement: Measurement
    factor: Decimal
    stated: str
    meant: str
    others: tuple[Decimal, ...]
    known: str

    @property
    def text(self) -> str:
        """The question in a sentence."""
        if not self.known:
            return f"{self.stated} or {self.meant}? A spreadsheet shows {self.meant} and may give {self.stated}."
        return f"{self.stated} does not fit {self.known}; {self.meant} would. {_by(self.factor)}, is it?"


def slips(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> list[Question]:
    """Questions where a figure is off by the factor of a unit, and fits the others or the target once it is put right.

    Figures are compared with others of one scope, measure and length of period.
    """
    return [_slip(kpi, each, targets) for each in slipped(kpi, targets, measurements)]


def slipped(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> list[Slip]:
    """Figures that are off by the factor of a unit: the one rule for what is typed, pasted, listed and printed."""
    found = []
    for group in _alike(kpi, measurements):
        edges = [] if adds_up(kpi) else _edges(kpi, targets)
        usual = median(each.value for each in group)
        for place, each in enumerate(group):
            others = [other.value for other in group if other is not each]
            against = usual if len(group) > 2 else median(others) if others else None
            # Of two figures either could be the slip: only the later is asked about, or a share that is none.
            alone = len(group) > 2 or place == len(group) - 1 or each.value <= 1
            beside = [*([against] if against is not None and alone else []), *edges]
            factor = _factor(kpi, each, beside)
            if factor is None and not beside and _may_be_a_fraction(kpi, each):
                factor = _HUNDRED
            if factor is not None:
                unit = unit_for(each.measurement.measure or kpi.measure, kpi.unit)
                stated, meant = plain(each.value, unit), plain(_rounded(each.value * factor), unit)
                known = list_words(
                    [*(["the other figures"] if others else []), *(["the target"] if edges else [])], "or"
                )
                found.append(Slip(each.measurement, factor, stated, meant, tuple(others), known))
    return found


def slip_finding(
    kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement], one: Measurement
) -> Finding | None:
    """The doubt about one of the figures, with what it may be as a correction."""
    found = next((each for each in slipped(kpi, targets, measurements) if each.measurement is one), None)
    if found is None:
        return None
    fix = Fix(f"Use {found.meant}", "value", found.meant) if one.value is not None else None
    return Finding(Weight.DOUBT, "value", found.text, fix)


def figure_findings(kpi: Kpi, targets: Sequence[Target], measurements: Sequence[Measurement]) -> list[Finding]:
    """What is doubtful of single figures, each with its period: slips of a unit, and n above N."""
    found = [
        Finding(Weight.DOUBT, "value", f"{_period(each.measurement)}: {each.text}")
        for each in slipped(kpi, targets, measurements)
    ]
    found += [
        Finding(Weight.DOUBT, "n", f"{_period(each)}: {above}") for each in measurements if (above := above_all(each))
    ]
    found += [
        Finding(Weight.DOUBT, "value", f"{_period(each)}: {unlike.text}")
        for each in measurements
        if (unlike := share_of_measurement(each, kpi))
    ]
    for each in targets:
        texts = (target_slip(kpi, each), wrong_way(kpi, each))
        found += [Finding(Weight.DOUBT, "target", text) for text in texts if text]
    return found


_WRONG_WAY = {
    Better.LESS: (TargetType.AT_LEAST, TargetType.MORE_THAN),
    Better.MORE: (TargetType.AT_MOST, TargetType.LESS_THAN),
}


def wrong_way(kpi: Kpi, target: Target) -> str:
    """What to say of a target of at least so many where less is better; "" of any other."""
    same_kind = target.measure in (None, kpi.measure)
    if kpi.better is None or target.type is None or not same_kind or target.type not in _WRONG_WAY.get(kpi.better, ()):
        return ""
    return f"Here {kpi.better.value}, but this target says “{target.type.value}”."


def target_slip(kpi: Kpi, target: Target) -> str:
    """What to ask of a target of at least 0.95%, which may be 95%; "" of any other."""
    share = unit_for(target.measure or kpi.measure, kpi.unit) == "%"
    at_least = target.type in (TargetType.AT_LEAST, TargetType.MORE_THAN)
    if not (share and at_least and target.value is not None and 0 < target.value <= 1):
        return ""
    return f"A target of {plain(target.value, '%')}, or of {plain(target.value * _HUNDRED, '%')}?"


def above_all(measurement: Measurement) -> str:
    """What to say where more are counted than there are: "10,450 of 10,000: n is more than N."; else ""."""
    n, base = measurement.n, measurement.base
    if n is None or base is None or n <= base:
        return ""
    return f"{number(n)} of {number(base)}: n is more than N."


def _period(measurement: Measurement) -> str:
    return period_words(measurement.starts, measurement.ends) if measurement.ends else ""


def _may_be_a_fraction(kpi: Kpi, figure: _Figure) -> bool:
    """A share of at most 1% with nothing beside it: a spreadsheet shows 97% and may give 0.97."""
    stated = figure.measurement.value is not None and figure.measurement.n is None
    return unit_of(kpi) == "%" and stated and figure.value <= 1


def _alike(kpi: Kpi, measurements: Sequence[Measurement]) -> Iterable[list[_Figure]]:
    groups: dict[tuple[object, ...], list[_Figure]] = {}
    for each in sorted(measurements, key=lambda each: each.ends or date.max):
        value = value_of(each, kpi)
        if value is None or value <= 0 or each.ends is None or each.measure not in (None, kpi.measure):
            continue
        days = (each.ends - (each.starts or each.ends)).days + 1
        group = (" ".join((each.scope or "").casefold().split()), round(days / 30) if adds_up(kpi) else 0)
        groups.setdefault(group, []).append(_Figure(each, value, days))
    return groups.values()


def _edges(kpi: Kpi, targets: Sequence[Target]) -> list[Decimal]:
    """What targets of the KPI's own measure aim at."""
    bands = (band_of(target, unit_of(kpi)) for target in targets if target.measure in (None, kpi.measure))
    found = (edge for band in bands if band is not None for edge in (band.lower, band.upper))
    return [edge for edge in found if edge is not None and edge > 0]


def _factor(kpi: Kpi, figure: _Figure, against: Sequence[Decimal]) -> Decimal | None:
    """By what a figure has to be multiplied to fit, if it does not fit as it is and does then."""
    value = figure.value
    if not against or any(each / _UNLIKE <= value <= each * _UNLIKE for each in against):
        return None
    fits = (f for f in _factors(kpi, figure) if any(each / _LIKE <= value * f <= each * _LIKE for each in against))
    return next(fits, None)


def _factors(kpi: Kpi, figure: _Figure) -> Iterable[Decimal]:
    unit = unit_of(kpi)
    if unit == "%":
        # A share is written as a fraction, or a fraction as a share; n of N is no slip of a unit.
        counted = figure.measurement.value is None
        return () if counted else (_HUNDRED,) if figure.value <= 1 else (1 / _HUNDRED,) if figure.value > 100 else ()
    times = _TIMES.get((kpi.unit or "").casefold(), ())
    if kpi.measure is Measure.MONEY:
        times = (_THOUSAND, _HUNDRED, _MILLION)
    elif not times:
        times = (_THOUSAND, _HUNDRED)
    return (*times, *(1 / each for each in times))


def _slip(kpi: Kpi, slip: Slip, targets: Sequence[Target]) -> Question:
    figure = slip.measurement
    unit = unit_for(figure.measure or kpi.measure, kpi.unit)
    lines = [Line("As recorded", slip.stated, figure.cited, shape=Shape.DOUBT)]
    if slip.others:
        low, high = plain(min(slip.others), unit), plain(max(slip.others), unit)
        lines.append(Line("The others", low if low == high else f"{low} to {high}"))
    lines += [Line("Target", target_words(target, unit), target.cited) for target in targets[:1]]
    lines.append(Line(_by(slip.factor), slip.meant, result=True))
    return Question(
        check=SLIP,
        title=f"{slip.stated} or {slip.meant}? {kpi.title}, {_period(figure)}",
        text=slip.text,
        kind=figure.KIND,
        uid=figure.uid,
        source=figure.cited,
        working=Working(kpi.title, tuple(lines), "Figures of one series are in one unit.", figure.cited),
    )


def _by(factor: Decimal) -> str:
    return f"{number(factor)} times" if factor >= 1 else f"1 / {number(1 / factor)} of it"


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.01")).normalize()


_SMALL = Decimal(10000)
"""Pounds; whoever pays less beside partners who pay more may have written thousands."""


def money_slips(contributions: Sequence[Contribution]) -> list[Question]:
    """Questions where an amount is a thousand or a million times that of the same line in other years, or less."""
    groups: dict[tuple[object, ...], list[Contribution]] = {}
    for entry in contributions:
        if (total := stated_sum(entry)) is not None and total.low > 0:
            key = (entry.partner, entry.type, entry.line, " ".join((entry.what or "").casefold().split()))
            groups.setdefault((*key, entry.quarter is None), []).append(entry)
    over_time = [
        (entry, others, factor)
        for group in groups.values()
        for entry in (group if len(group) > 2 else group[-1:])
        if (others := [other for other in group if other.year != entry.year])
        and (factor := _money_factor(entry, others)) is not None
    ]
    asked = {entry.uid for entry, _, _ in over_time if entry.uid}
    beside = [each for each in _beside_partners(groups.values()) if not each[0].uid or each[0].uid not in asked]
    return [_money_slip(*each) for each in (*over_time, *beside)]


def _beside_partners(
    groups: Iterable[Sequence[Contribution]],
) -> list[tuple[Contribution, list[Contribution], Decimal]]:
    """What one partner pays, where it looks like thousands beside what the others pay in pounds: £372 and £374,000."""
    places: dict[tuple[object, ...], list[Contribution]] = {}
    for entry in (entry for group in groups for entry in group):
        if entry.type is MoneyType.CONTRIBUTION and entry.partner:
            places.setdefault((entry.year, entry.line, entry.quarter), []).append(entry)
    found = []
    for place in places.values():
        for entry in place:
            others = [other for other in place if other.partner != entry.partner]
            if not others or _low(entry) >= _SMALL or min(map(_low, others)) < _SMALL:
                continue
            if (factor := _money_factor(entry, others)) is not None and factor > 1:
                found.append((entry, others, factor))
    return found


def _money_factor(entry: Contribution, others: Sequence[Contribution]) -> Decimal | None:
    value, against = _low(entry), median(_low(other) for other in others)
    for times in (_THOUSAND, _MILLION):
        for factor in (times, 1 / times):
            if against / _LIKE <= value * factor <= against * _LIKE:
                return factor
    return None


def _low(entry: Contribution) -> Decimal:
    total = stated_sum(entry)
    assert total is not None
    return total.low


def _money_slip(entry: Contribution, others: Sequence[Contribution], factor: Decimal) -> Question:
    stated, meant = stated_text(entry), pounds(_rounded(_low(entry) * factor))
    what = entry.what or (entry.type.word if entry.type else "Amount")
    year = financial_year(entry.year) if entry.year else ""
    lines = (
        Line(year or what, stated, entry.cited, shape=Shape.DOUBT),
        *(Line(financial_year(other.year) if other.year else "", stated_text(other), other.cited) for other in others),
        Line(_by(factor), meant, result=True),
    )
    return Question(
        check=SLIP,
        title=f"{stated} or {meant}? {what}, {year}".rstrip(", "),
        text=f"The other years are about {stated_text(others[-1])}: are these pounds, or thousands or millions?",
        kind=entry.KIND,
        uid=entry.uid,
        source=entry.cited,
        working=Working(what, lines, "Amounts of one line are in one unit.", entry.cited),
    )


def whole_and_parts(kpi: Kpi, measurements: Sequence[Measurement]) -> list[Question]:
    """Questions where the figure for a longer period is not the sum of the figures for the parts that make it up."""
    if not adds_up(kpi) or cumulative(kpi):
        return []
    spans: dict[str, list[_Figure]] = {}
    for each in measurements:
        value = value_of(each, kpi)
        if value is not None and each.starts is not None and each.ends is not None:
            scope = " ".join((each.scope or "").casefold().split())
            spans.setdefault(scope, []).append(_Figure(each, value, (each.ends - each.starts).days + 1))
    found = []
    for group in spans.values():
        shortest = min(each.days for each in group)
        for whole in (each for each in group if each.days > shortest * _LIKE):
            parts = _tiles(whole, group)
            if parts and (added := sum((part.value for part in parts), Decimal(0))) != whole.value:
                found.append(_apart(kpi, whole, parts, added))
    return found


def _tiles(whole: _Figure, group: Sequence[_Figure]) -> list[_Figure]:
    """Shorter figures that follow on each other from the first day of a whole to its last; [] if they do not."""
    starting = {
        each.measurement.starts: each for each in sorted(group, key=lambda each: -each.days) if each.days < whole.days
    }
    at, tiles = whole.measurement.starts, list[_Figure]()
    last = whole.measurement.ends
    while at is not None and last is not None and at <= last:
        part = starting.get(at)
        if part is None or part.measurement.ends is None or part.measurement.ends > last:
            return []
        tiles.append(part)
        at = part.measurement.ends + timedelta(days=1)
    return tiles


def _apart(kpi: Kpi, whole: _Figure, parts: Sequence[_Figure], added: Decimal) -> Question:
    unit = unit_of(kpi)
    when = _when(whole)
    lines = (
        *(Line(_when(part), plain(part.value, unit), part.measurement.cited) for part in parts),
        Line("Together", plain(added, unit), result=True),
        Line(f"{when}, as stated", plain(whole.value, unit), whole.measurement.cited, shape=Shape.DOUBT),
    )
    return Question(
        check=PARTS,
        title=f"Two totals disagree: {kpi.title}, {when}: {plain(whole.value, unit)} and {plain(added, unit)}",
        text=f"The parts of {when} add up to {plain(added, unit)}; {plain(whole.value, unit)} is stated.",
        kind=whole.measurement.KIND,
        uid=whole.measurement.uid,
        source=whole.measurement.cited,
        working=Working(kpi.title, lines, "The parts add up to the whole.", whole.measurement.cited),
    )


def _when(figure: _Figure) -> str:
    ends = figure.measurement.ends
    return period_words(figure.measurement.starts, ends) if ends else ""
