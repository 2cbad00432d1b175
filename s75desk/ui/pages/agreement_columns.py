"""How records that hang under an agreement are shown in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from s75desk.domain.inferred import marked
from s75desk.domain.lengths import Length
from s75desk.domain.money.amounts import range_short
from s75desk.domain.money.ledger import stated_text
from s75desk.domain.money.states import rank_of, state_of, stated_sum
from s75desk.domain.records import (
    BreakClause,
    Contribution,
    Decision,
    Document,
    Extension,
    Forum,
    Kpi,
    Link,
    Lot,
    Meeting,
    Milestone,
    Option,
    Party,
    Recommendation,
    Record,
    Risk,
    Succession,
    Variation,
)
from s75desk.domain.records.agreement import RiskLevel
from s75desk.domain.records.dated import changed_terms
from s75desk.domain.wording import (
    date_short,
    financial_year,
    number,
    value_text,
)
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import UNKNOWN, Names, day, figure, judged, made, said, source, sum_of_money


def _length(length: Length | None) -> Cell:
    return said(length.words, sort=length.rough_months) if length else said(None)


def _level(level: RiskLevel | None) -> Cell:
    return said(level.word if level else None)


def _and(first: str | None, second: str | None) -> str:
    """Two remarks on one line, whichever there are."""
    return " · ".join(part for part in (first, second) if part)


def _money_line(line: Contribution) -> Cell:
    extra = [line.type, line.line, line.vat, line.uplift]
    words = " · ".join([*(part.word for part in extra if part), *(["In kind"] if line.in_kind else [])])
    return said(line.what, words, tip=line.what or "")


def _money_amount(line: Contribution) -> Cell:
    """The amount with all that is known of it: about, a range, to be confirmed, nil."""
    total = stated_sum(line)
    words = stated_text(line)
    if total is None:
        return Cell(words, colour="muted")
    return Cell(words if total.exact is not None else range_short(total), sort=total.low, tip=words)


def money_state(line: Contribution) -> Cell:
    """The state as recorded; one that its words tell is quieter. None is no fault."""
    state = state_of(line)
    return (
        Cell(state.word, colour="" if line.state else "muted", sort=rank_of(line))
        if state
        else Cell("Not stated", colour="muted", sort=None)
    )


def _year(line: Contribution) -> Cell:
    quarter = f", Q{line.quarter}" if line.quarter else ""
    year = financial_year(line.year) if line.year else "Not known"
    return Cell(year + quarter, sort=(line.year or 0) * 10 + (line.quarter or 0))


def _when(decision: Decision) -> Cell:
    if decision.taken:
        return day(decision.taken)
    return Cell(f"by {date_short(decision.due)}", sort=decision.due) if decision.due else UNKNOWN


def _file(document: Document) -> Cell:
    if not document.sha256:
        return Cell("No file kept", colour="muted")
    size = f"{max(1, round(document.size / 1000)):,} kB" if document.size else ""
    return Cell(document.filename or "A file", size)


def _changes(deed: Variation) -> str:
    """The terms that a deed changes, each with its new value."""
    return "; ".join(
        f"{field.label}: {value_text(field, value)} {field.unit}".strip() for field, value in changed_terms(deed)
    )


MAKERS: dict[type[Record], Callable[[Names, Kpi | None], list[Column[Any]]]] = {
    Party: lambda names, kpi: [
        made("organisation", "Organisation", lambda r: names(r.organisation)),
        made("role", "Role", lambda r: said(marked(r.role.word if r.role else "", r, "role")), width=12),
        made("since", "From", lambda r: day(r.since), "date", 8),
        made(
            "until",
            "To",
            lambda r: Cell(date_short(r.until), sort=r.until) if r.until else Cell("", sort=None),
            "date",
            8,
        ),
        source(13),
    ],
    Succession: lambda names, kpi: [
        made("organisation", "Body that goes", lambda r: names(r.organisation), width=12),
        made("going", "What happens", lambda r: said(r.going.word if r.going else None), width=8),
        made("since", "On", lambda r: day(r.since), "date", 8),
        made("successor", "Successor", lambda r: names(r.successor), width=12),
        made("share", "Share", lambda r: said(f"{r.share:f}%" if r.share is not None else None, sort=r.share), width=5),
    ],
    Variation: lambda names, kpi: [
        made("title", "Deed", lambda r: said(r.title), width=13),
        made("since", "Holds from", lambda r: day(r.since), "date", 8),
        made("changes", "Changes", lambda r: said(_changes(r)), width=24),
        made("made", "Made", lambda r: day(r.made), "date", 8),
    ],
    Extension: lambda names, kpi: [
        made("number", "Extension", lambda r: Cell(r.heading, sort=r.number)),
        made(
            "length",
            "Length",
            lambda r: _length(r.length),
            width=6,
        ),
        made("state", "State", lambda r: judged(r, names), "status", 8.6),
        made("decided", "Decided", lambda r: day(r.decided), "date", 8),
        made("by", "By", lambda r: said(r.decided_by), width=11),
        source(12.5),
    ],
    Contribution: lambda names, kpi: [
        made("year", "Year", _year, width=7.5),
        made("what", "What for", _money_line, "two_line"),
        made("partner", "Partner", lambda r: names(r.partner), width=10),
        made("state", "State", money_state, "two_line", 8),
        made("amount", "Amount", _money_amount, "money", 10),
        source(9),
    ],
    BreakClause: lambda names, kpi: [
        made("on", "Can end", lambda r: Cell(r.heading, sort=r.on)),
        made("notice", "Notice for it", lambda r: _length(r.notice), width=8),
        made("state", "State", lambda r: said(r.state.word if r.state else None), width=8),
        made("decided", "Decided", lambda r: day(r.decided), "date", 8),
        made("who", "Who may use it", lambda r: said(r.who), width=12),
        source(13),
    ],
    Link: lambda names, kpi: [
        made("type", "Tie", lambda r: said(r.type.word if r.type else None), width=14),
        made("other", "Other agreement", lambda r: names(r.other) if r.other else said(r.other_title)),
        source(13),
    ],
    Forum: lambda names, kpi: [
        made(
            "name", "Forum", lambda r: Cell(r.name, r.purpose or "", tip=r.purpose or ""), "two_line", second="Purpose"
        ),
        made("frequency", "Meets", lambda r: said(r.frequency), width=9),
        source(13),
    ],
    Meeting: lambda names, kpi: [
        made("held", "Date", lambda r: day(r.held), "date", 8),
        made("at", "Time", lambda r: said(r.at), width=6),
        made(
            "title",
            "Meeting",
            lambda r: Cell(r.title, r.outcome or "", tip=r.outcome or ""),
            "two_line",
            second="Outcome",
        ),
        made("status", "Status", lambda r: judged(r, names), "status", 8),
    ],
    Milestone: lambda names, kpi: [
        made(
            "number",
            "No.",
            lambda r: Cell(str(r.number), sort=r.number) if r.number else Cell("", sort=None),
            width=3.6,
        ),
        made("title", "Milestone", lambda r: Cell(r.title, r.owner or "No owner recorded"), "two_line", second="Owner"),
        made("starts", "From", lambda r: day(r.starts), "date", 8, shown=False),
        made("due", "By", lambda r: day(r.due), "date", 8),
        made("progress", "Progress", lambda r: judged(r, names), "status", 9.5),
        source(13),
    ],
    Recommendation: lambda names, kpi: [
        made("number", "No.", lambda r: said(r.number), width=4),
        made(
            "title",
            "Recommendation",
            lambda r: Cell(r.title, r.made_by or "", tip=r.title),
            "two_line",
            second="Made by",
        ),
        made("progress", "Progress", lambda r: judged(r, names), "status", 9.5),
        source(11.5),
    ],
    Option: lambda names, kpi: [
        made("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        made(
            "title",
            "Option and benefits",
            lambda r: Cell(r.title, r.benefits or "Benefits not known", bold=bool(r.chosen), tip=r.benefits or ""),
            "two_line",
            second="Benefits",
        ),
        made("risks", "Risks", lambda r: said(r.risks, tip=r.risks or "")),
        made(
            "score",
            "Score",
            lambda r: (
                Cell(number(r.score), sort=r.score) if r.score is not None else Cell("Not scored", colour="muted")
            ),
            "number",
            6.6,
        ),
        made("chosen", "Chosen", lambda r: judged(r, names), "status", 7.5),
    ],
    Decision: lambda names, kpi: [
        made("date", "Date", _when, "date", 9.5),
        made("outcome", "Status", lambda r: judged(r, names), "status", 8.6),
        made(
            "title",
            "Decision",
            lambda r: Cell(r.title, _and(r.body, r.reference), tip=r.title),
            "two_line",
            second="By and reference",
        ),
        source(11.5),
    ],
    Risk: lambda names, kpi: [
        made(
            "title",
            "Risk and mitigation",
            lambda r: Cell(r.title, r.mitigation or "Mitigation not known", tip=f"{r.title}\n{r.mitigation or ''}"),
            "two_line",
            second="Mitigation",
        ),
        made("likelihood", "Likelihood", lambda r: _level(r.likelihood), width=6.6),
        made("impact", "Impact", lambda r: _level(r.impact), width=6.2),
        made("cost", "Cost a year", lambda r: sum_of_money(r.yearly_cost, about=r.yearly_cost_about), "money", 7.6),
        made("state", "State", lambda r: judged(r, names), "status", 7),
        source(from_width=52),
    ],
    Document: lambda names, kpi: [
        made("title", "Document", lambda r: Cell(r.title, tip=r.title)),
        made("dated", "Dated", lambda r: day(r.dated), "date", 7.6),
        made("file", "File", _file, "two_line", 9.5),
        source(),
    ],
    Lot: lambda names, kpi: [
        made("title", "Name", lambda r: Cell(r.title, r.covers or "", tip=r.covers or ""), "two_line", second="Covers"),
        made("type", "Type", lambda r: said(r.type.word if r.type else None), width=5),
        made("members", "Members, as stated", lambda r: figure(r.stated_members), "number", 10.6),
        made("units", "Units", lambda r: figure(r.units), "number", 6),
        source(11.5),
    ],
}
