"""What the plain papers share: how they open, and the table of actions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from s75desk.domain.printed import PlannedAction
from s75desk.domain.wording import date_long, sentence_case
from s75desk.reporting.content import Briefing, Callout, Cell, Column, Fact, Row, Section, Table, cell, status_cell
from s75desk.reporting.part import day_cell, two_lines


def plain_paper(
    kind: str,
    title: str,
    as_at: date,
    sections: Sequence[Section],
    *,
    prepared_by: str,
    audience: str = "",
    reference: str = "",
    key_message: Callout | None = None,
    facts: tuple[Fact, ...] = (),
) -> Briefing:
    """A paper whose sections are not numbered."""
    addressed = f"For {audience}." if audience else ""
    prepared = f"Prepared by the {prepared_by.removeprefix('the ')}." if prepared_by else ""
    return Briefing(
        kind=kind,
        title=title,
        subtitle=" ".join(part for part in (addressed, prepared, f"As at {date_long(as_at)}.") if part),
        reference=reference or title,
        key_message=key_message,
        sections=tuple(sections),
        author=sentence_case(prepared_by),
        facts=facts,
        numbered=False,
    )


def soonest_first(actions: Iterable[PlannedAction]) -> list[PlannedAction]:
    """Overdue first, the latest of them at the top, then by date; those without a date last."""
    return sorted(
        actions, key=lambda each: (not each.overdue, each.action.due or date.max, each.action.title.casefold())
    )


def action_table(key: str, caption: str, actions: Iterable[PlannedAction], *, about: bool, owner: bool) -> Table:
    """Actions with how they stand: what, on what, by whom, by when, and what will show it."""
    rows = []
    for each in soonest_first(actions):
        action = each.action
        cells = [Cell(two_lines(action.title.strip(), "\n".join((action.why or "", *action.printed_notes)).strip()))]
        if about:
            cells.append(cell(each.about or "Nothing named"))
        if owner:
            cells.append(cell(sentence_case(action.owner or "Not known")))
        evidence = cell((action.evidence_wanted or "").strip())
        rows.append(Row((*cells, day_cell(action.due), status_cell(each.status), evidence)))
    columns = [Column("Action", least=150.0)]
    if about:
        columns.append(Column("About"))
    if owner:
        columns.append(Column("Owner"))
    columns += [Column("Due"), Column("Status"), Column("Evidence wanted")]
    return Table(key, caption, tuple(columns), tuple(rows))
