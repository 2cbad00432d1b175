"""Performance: every KPI in one table, exceptions first, then a chart of each that has a target; demand beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial

from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.findings import Question
from s75desk.domain.kpi_figures import usable_figures
from s75desk.domain.no_value import absent_words
from s75desk.domain.parted import PartedTotal
from s75desk.domain.performance import NO_TARGET, KpiSheet
from s75desk.domain.records import Breakdown, Measurement
from s75desk.domain.records import Part as BreakdownPart
from s75desk.domain.status import Shape
from s75desk.domain.statuses.counts import kpi_tally
from s75desk.domain.targets import unit_of
from s75desk.domain.wording import inside, list_words, number, percent, plural, pounds, sentence_case
from s75desk.reporting.charts import kpi_drawing
from s75desk.reporting.content import (
    Block,
    Cell,
    Column,
    Figure,
    Paragraph,
    Remark,
    Rich,
    Row,
    Source,
    Subheading,
    Table,
    cell,
    rich,
    sources_of,
    status_cell,
)
from s75desk.reporting.mending import made_or_said
from s75desk.reporting.paper import CHART_HEIGHT, DRAWING_TEXT, MEASURE, SMALL_CHART_HEIGHT
from s75desk.reporting.part import BLANK, Part, sentences, small_count, two_lines

_ALL_ALIKE = {
    Shape.NONE: "None of {} KPIs has a target",
    Shape.DOUBT: "None of {} KPIs can be compared",
    Shape.UNKNOWN: "How the {} KPIs stand is not known",
}
_LEAST_POINTS = 2
_FEW = 3  # so many figures need a chart of half the height


def in_order(sheets: tuple[KpiSheet, ...]) -> list[KpiSheet]:
    """KPIs with what needs attention first."""
    return sorted(sheets, key=lambda sheet: (sheet.state.status.shape.urgency, sheet.kpi.title.casefold()))


def has_target(sheet: KpiSheet) -> bool:
    """Whether a target is set for the KPI, comparable or not."""
    return sheet.state.target != NO_TARGET


def counts_in_words(sheets: tuple[KpiSheet, ...]) -> str:
    """How many KPIs stand how: "Of 9 KPIs, one is off target, one cannot be compared and three are not known"."""
    words = {
        Shape.ALERT: ("is off target", "are off target"),
        Shape.WATCH: ("is near target", "are near target"),
        Shape.DOUBT: ("cannot be compared", "cannot be compared"),
        Shape.GOOD: ("is on target", "are on target"),
        Shape.UNKNOWN: ("is not known", "are not known"),
        Shape.NONE: ("has no target", "have no target"),
    }
    parts = []
    shapes, said = kpi_tally(sheet.state.status for sheet in sheets)
    for shape, (one, many) in words.items():
        if count := shapes.get(shape, 0):
            parts.append(f"{small_count(count)} {one if count == 1 else many}")
    parts += [f"{small_count(n)} {'is' if n == 1 else 'are'} {inside(state)}" for state, n in sorted(said.items())]
    if len(sheets) > 1 and len(parts) == 1:
        shape = next(iter(shapes), Shape.UNKNOWN)
        if shape in _ALL_ALIKE:
            return _ALL_ALIKE[shape].format(len(sheets))
        return f"All {len(sheets)} KPIs {parts[0].removeprefix(small_count(len(sheets))).strip()}"
    return f"Of {plural(len(sheets), 'KPI')}, {list_words(parts)}" if parts else ""


def performance(dossier: AgreementDossier) -> Part:
    """The table of all KPIs, and a chart with its text for each that has a target and figures."""
    if not dossier.kpis:
        return Part((), ("No KPI is recorded.",))
    sheets = in_order(dossier.kpis)
    records = [record for sheet in sheets for record in (sheet.kpi, *sheet.targets)]
    blocks: list[Block] = [
        Paragraph(
            rich(sentences(counts_in_words(dossier.kpis))), key="performance.counts", sources=sources_of(records)
        ),
        _table(sheets),
    ]
    for place, sheet in enumerate(sheets):
        if has_target(sheet) and sheet.measurements:
            blocks += _chart(sheet, f"performance.{place}", dossier)
    unknown = []
    silent = [sheet.kpi.title for sheet in sheets if not sheet.measurements]
    if silent:
        unknown.append(f"No figure is recorded for {_quoted(silent)}.")
    untargeted = [sheet.kpi.title for sheet in sheets if not has_target(sheet) and not sheet.measurements]
    if untargeted:
        unknown.append(f"No target is recorded for {_quoted(untargeted)}.")
    return Part(tuple(blocks), tuple(unknown))


def _quoted(titles: list[str]) -> str:
    return list_words(f"“{title}”" for title in titles)


def _table(sheets: list[KpiSheet]) -> Table:
    rows = []
    sources: list[Source] = []
    latest = [latest_of(sheet) for sheet in sheets]
    counted = any(_has_counts(each) for each in latest)
    for sheet, figure in zip(sheets, latest, strict=True):
        state = sheet.state
        cells = [
            Cell(two_lines(sheet.kpi.title, sheet.kpi.scope or "")),
            Cell(_latest_lines(sheet)),
            cell(state.target),
            status_cell(state.status),
            _previous(sheet),
        ]
        if counted:
            cells.insert(2, cell(_of_how_many(figure)))
        rows.append(Row(tuple(cells)))
        sources += sources_of([figure])
    columns = [Column("KPI", least=130.0), Column("Latest"), Column("Target"), Column("Status"), Column("Before")]
    if counted:
        columns.insert(2, Column("n of N", "right"))
    caption = "KPIs, those that need attention first"
    return Table("performance.table", caption, tuple(columns), tuple(rows), sources=tuple(dict.fromkeys(sources)))


def latest_of(sheet: KpiSheet) -> Measurement | None:
    """The record of the latest figure, as the rules choose it: of two for one period the less favourable."""
    usable = usable_figures(sheet.kpi, sheet.measurements, date.max)
    newest = usable.newest or (usable.unlike[-1] if usable.unlike else None)
    return newest.measurement if newest else None


def _latest_lines(sheet: KpiSheet) -> Rich:
    """The latest figure with its period, and what is judged where that is another: a forecast, a year's total."""
    state = sheet.state
    lines = two_lines(with_unit(state.latest.text, sheet), state.latest_caption)
    if state.judged_caption != state.latest_caption:
        lines = (*lines, *rich(f"\n{state.judged_caption}: {with_unit(state.judged.text, sheet)}"))
    if sheet_so_far := _year_so_far(sheet):
        lines = (*lines, *rich(f"\n{sheet_so_far}"))
    return lines


def _year_so_far(sheet: KpiSheet) -> str:
    """What the figures of the year make together, where neither the latest nor what is judged says it."""
    state = sheet.state
    made = state.to_date
    if made is None or state.forecast is not None or len(sheet.measurements) < _LEAST_POINTS:
        return ""
    title = made.working.title if made.working else ""
    when = title.partition(" in ")[2] or state.to_date_caption
    year, _, part = when.partition(", ")
    if made.known.valued and made.value in (state.latest.value, state.judged.value):
        return ""
    return f"{year} so far{f' ({part})' if part else ''}: {with_unit(made.text, sheet)}"


def _has_counts(measurement: Measurement | None) -> bool:
    return measurement is not None and (measurement.n is not None or measurement.base is not None)


def _of_how_many(measurement: Measurement | None) -> str:
    """Both n and N, not only the percentage; a dash where the figure is no share."""
    if measurement is None or not _has_counts(measurement):
        return "–"
    if measurement.base is None:
        return f"n = {number(measurement.n or 0)}"
    return (
        f"{number(measurement.n)} of {number(measurement.base)}"
        if measurement.n is not None
        else f"N = {number(measurement.base)}"
    )


def _previous(sheet: KpiSheet) -> Cell:
    state = sheet.state
    if state.previous is None:
        return cell("None")
    return Cell(two_lines(with_unit(state.previous.text, sheet), state.previous_caption.removeprefix("previous: ")))


def with_unit(text: str, sheet: KpiSheet) -> str:
    """A figure of a mean or a rate with its unit, which a table does not say elsewhere: "7 weeks"."""
    unit = unit_of(sheet.kpi)
    if unit in ("", "%", "£") or not text[-1:].isdigit():
        return text
    return f"{text} {unit.removesuffix('s') if text == '1' else unit}"


def _chart(sheet: KpiSheet, key: str, dossier: AgreementDossier) -> list[Block]:
    """A KPI in words, and drawn if there are figures enough to draw."""
    kpi = sheet.kpi
    figures = [each for each in sheet.measurements if each.ends is not None and each.ends <= dossier.as_at]
    height = CHART_HEIGHT if len(figures) > _FEW else SMALL_CHART_HEIGHT
    draw = partial(kpi_drawing, sheet, MEASURE, height, dossier.as_at, text=DRAWING_TEXT)
    drawing = made_or_said(f"The chart of “{kpi.title}”", draw, lambda said: said)
    blocks: list[Block] = [
        Subheading(kpi.title),
        Paragraph(rich(_said(sheet)), key=f"{key}.text", sources=sources_of([kpi, *sheet.targets])),
    ]
    if isinstance(drawing, str):
        blocks.append(Remark(rich(drawing)))
    elif len(drawing.table) > _LEAST_POINTS:
        caption = f"{kpi.title}; target {sheet.state.target}" if has_target(sheet) else kpi.title
        blocks.append(Figure(f"{key}.figure", caption, drawing, sources_of(figures)))
    return blocks


def _said(sheet: KpiSheet) -> str:
    """What is counted, how it stands, what came before, and what is doubtful."""
    state = sheet.state
    so_far = before = ""
    if state.forecast is not None and state.to_date is not None:
        so_far = f"So far: {state.to_date.text} in {state.to_date_caption}"
    elif year := _year_so_far(sheet):
        so_far = year
    if state.previous is not None:
        before = (
            f"Before: {with_unit(state.previous.text, sheet)} ({state.previous_caption.removeprefix('previous: ')})"
        )
    doubts = (finding.text for finding in state.findings)
    return sentences(_described(sheet), state.status.sentence, so_far, before, *doubts)


def _described(sheet: KpiSheet) -> str:
    return sheet.kpi.definition or (f"Counted: {sheet.kpi.scope}" if sheet.kpi.scope else "")


# --- demand --------------------------------------------------------------------------------------------------------


def demand(dossier: AgreementDossier) -> Part:
    """Series without a target (demand, waits, activity) as charts, and published totals with their parts."""
    blocks: list[Block] = []
    series = [sheet for sheet in dossier.kpis if not has_target(sheet) and len(sheet.measurements) >= _LEAST_POINTS]
    for place, sheet in enumerate(sorted(series, key=lambda each: each.kpi.title.casefold())):
        blocks += _chart(sheet, f"demand.{place}", dossier)
    questions = {question.uid: question for question in dossier.questions if question.kind == "breakdown"}
    for place, total in enumerate(dossier.breakdowns):
        blocks += _breakdown(total, f"demand.breakdown.{place}", questions.get(total.breakdown.uid))
    if not blocks:
        return Part((), ("No series of demand or waits and no breakdown is recorded.",))
    return Part(tuple(blocks))


def _breakdown(total: PartedTotal, key: str, question: Question | None) -> list[Block]:
    """A total with its parts; where they disagree, both are printed as they are."""
    breakdown = total.breakdown
    sources = sources_of([breakdown, *total.parts])
    counted = any(part.count is not None or part.absent is not None for part in total.parts)
    shared = any(part.percent is not None for part in total.parts)
    rows = []
    for part in total.parts:
        cells = [cell(part.label)]
        if counted or not shared:
            cells.append(cell(_stated(part, part.count, breakdown.unit)))
        if shared:
            cells.append(cell(percent(part.percent) if part.percent is not None else "Not stated"))
        rows.append(Row(tuple(cells)))
    rows += _totals(total, counted=counted or not shared, shared=shared, doubtful=question is not None)
    columns = [Column("Part")]
    if counted or not shared:
        columns.append(
            Column(sentence_case(breakdown.unit) if breakdown.unit and breakdown.unit != "£" else "Amount", "right")
        )
    if shared:
        columns.append(Column("Per cent, as stated", "right"))
    blocks: list[Block] = [Table(key, breakdown.title, tuple(columns), tuple(rows), sources=sources)]
    if question is not None:
        blocks.append(Paragraph(rich(sentences(question.title, question.text)), sources=sources))
    return blocks


def _stated(record: Breakdown | BreakdownPart, value: Decimal | None, unit: str | None) -> str:
    """A count as stated: about, suppressed, nil, awaited or not stated where it is so."""
    if value is None and record.absent is not None:
        return absent_words(record, record.absent)
    return f"about {_count(value, unit)}" if record.about and value is not None else _count(value, unit)


def _count(value: Decimal | None, unit: str | None) -> str:
    if value is None:
        return "Not stated"
    return pounds(value) if unit == "£" else number(value)


def _totals(total: PartedTotal, *, counted: bool, shared: bool, doubtful: bool) -> list[Row]:
    """The total as stated, and the sum of the parts beside it where it is another, or none is stated."""
    breakdown = total.breakdown
    rows = []
    percents = [part.percent for part in total.parts if part.percent is not None]
    share = cell(percent(sum(percents, Decimal(0)))) if len(percents) == len(total.parts) and percents else BLANK
    counts = [part.count for part in total.parts if part.count is not None]
    added = sum(counts, Decimal(0))
    unstated = breakdown.total is None and len(counts) == len(total.parts) > 1
    if counted and counts and (doubtful or unstated or breakdown.total not in (None, added)):
        whole = "Sum of the parts" if len(counts) == len(total.parts) else "Sum of the parts that are stated"
        cells = [cell(whole), cell(_count(added, breakdown.unit))]
        rows.append(Row((*cells, *([share] if shared else [])), total=True))
        share = BLANK
    if (breakdown.total is not None or breakdown.absent is not None) and counted:
        cells = [cell("Total, as stated"), cell(_stated(breakdown, breakdown.total, breakdown.unit))]
        rows.append(Row((*cells, *([share] if shared else [])), total=True))
    elif shared and percents and not rows:
        cells = [cell("Sum of the parts"), *([BLANK] if counted else []), share]
        rows.append(Row(tuple(cells), total=True))
    return rows
