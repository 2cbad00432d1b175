"""A KPI on paper: how it stands against its target, its chart, every figure behind it, its returns and actions."""

from __future__ import annotations

from s75desk.domain.printed import KpiDossier
from s75desk.domain.statuses.returns import return_status
from s75desk.domain.wording import date_short, period_words
from s75desk.reporting.agreement.performance import has_target
from s75desk.reporting.charts import kpi_drawing
from s75desk.reporting.content import (
    Block,
    Briefing,
    Callout,
    Column,
    Fact,
    Figure,
    Paragraph,
    Row,
    Section,
    Table,
    bold,
    cell,
    rich,
    sources_of,
    status_cell,
)
from s75desk.reporting.paper import CHART_HEIGHT, DRAWING_TEXT, MEASURE
from s75desk.reporting.part import day_cell, sentences
from s75desk.reporting.plain.frame import action_table, plain_paper

KIND = "KPI record"
_RIGHT = ("Figure", "n", "N")


def kpi_paper(dossier: KpiDossier, *, prepared_by: str, audience: str = "") -> Briefing:
    """The paper of a KPI."""
    kpi, state = dossier.sheet.kpi, dossier.sheet.state
    sections = [Section("section.figures", "Figures", tuple(_figures(dossier)))]
    if dossier.sheet.returns:
        sections.append(Section("section.returns", "Returns", (_returns(dossier),)))
    if dossier.actions:
        table = action_table("actions", "", dossier.actions, about=False, owner=True)
        sections.append(Section("section.actions", "Open actions", (table,)))
    notes = _notes(dossier)
    if notes:
        sections.append(Section("section.notes", "Notes", notes))
    said = sentences(
        state.status.sentence, *(found.text for found in state.findings), *(each.text for each in dossier.questions)
    )
    return plain_paper(
        KIND,
        kpi.title,
        dossier.as_at,
        sections,
        prepared_by=prepared_by,
        audience=audience,
        key_message=Callout(state.status, rich(said or state.status.word)),
        facts=(
            Fact("Of", dossier.owner or "Not known"),
            Fact("Target", state.target),
            Fact("Measure", kpi.measure.word if kpi.measure else "Not known"),
            Fact("Unit", kpi.unit or "Not known"),
            Fact("Direction", kpi.better.word if kpi.better else "Not known"),
            Fact("How periods add up", kpi.adding.word if kpi.adding else "Not known"),
        ),
    )


def _figures(dossier: KpiDossier) -> list[Block]:
    sheet = dossier.sheet
    kpi = sheet.kpi
    drawing = kpi_drawing(sheet, MEASURE, CHART_HEIGHT, dossier.as_at, text=DRAWING_TEXT)
    blocks: list[Block] = []
    counted = kpi.definition or (f"Counted: {kpi.scope}" if kpi.scope else "")
    if counted:
        blocks.append(Paragraph(rich(sentences(counted)), sources=sources_of([kpi, *sheet.targets])))
    if not drawing.table:
        return [*blocks, Paragraph(rich(sentences(sheet.state.status.sentence or "No figure is recorded")))]
    against = f"; target {sheet.state.target}" if has_target(sheet) else ""
    blocks.append(Figure("chart", f"{kpi.title}{against}", drawing))
    head, *rows = drawing.table
    columns = tuple(Column(title, "right" if title in _RIGHT else "left") for title in head)
    lines = tuple(Row(tuple(cell(text) for text in row)) for row in rows)
    return [*blocks, Table("figures", "Every figure, oldest first", columns, lines, dense=True)]


def _notes(dossier: KpiDossier) -> tuple[Block, ...]:
    """Notes and comments that are not private: of the KPI, then of its figures by their day."""
    sheet = dossier.sheet
    said = [Paragraph(rich(note)) for note in sheet.kpi.printed_notes]
    for figure in sheet.measurements:
        day = date_short(figure.ends) if figure.ends else "Period not known"
        said += [Paragraph(rich(bold(f"{day}. "), note)) for note in figure.printed_notes]
    return tuple(said)


def _returns(dossier: KpiDossier) -> Table:
    rows = []
    for each in dossier.sheet.returns:
        period = period_words(each.starts, each.ends) if each.ends else "Not known"
        status = return_status(each, dossier.as_at)
        came = date_short(each.received) if each.received else "–"
        rows.append(Row((cell(each.title), cell(period), day_cell(each.due), cell(came), status_cell(status))))
    columns = (Column("Return"), Column("Period"), Column("Due"), Column("Received"), Column("Status"))
    return Table("returns", "", columns, tuple(rows))
