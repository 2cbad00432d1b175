"""How records that hang under another are shown in a table: which columns, in which words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from s75desk.domain.performance import value_of
from s75desk.domain.ratings import rating_status
from s75desk.domain.records import (
    Breakdown,
    Chaser,
    Contribution,
    Decision,
    Document,
    Extension,
    Forum,
    Kpi,
    KpiReturn,
    Link,
    Lot,
    Measurement,
    Meeting,
    Membership,
    Milestone,
    Option,
    Part,
    Party,
    Provider,
    Rating,
    Recommendation,
    Record,
    Risk,
    Service,
    Standard,
    Target,
    Visit,
)
from s75desk.domain.records.agreement import ExtensionState, Outcome, Progress, RiskLevel, RiskState
from s75desk.domain.records.provider import ManagerState
from s75desk.domain.status import NOT_KNOWN, Shape, Status
from s75desk.domain.wording import (
    date_short,
    financial_year,
    months_words,
    number,
    percent,
    period_words,
    pounds,
    sentence_case,
)
from s75desk.services.visits import outcome_of_visit, status_of_visit
from s75desk.ui.itemmodels.cells import Cell, Column

UNKNOWN = Cell("Not known", colour="muted")


@dataclass(frozen=True, slots=True)
class Names:
    """Headings of records that the rows refer to, by uid, and the day it is."""

    by_uid: Mapping[str, str]
    today: date

    def __call__(self, uid: str | None) -> Cell:
        """The heading of a record, or Not known."""
        name = self.by_uid.get(uid or "", "")
        return Cell(name) if name else UNKNOWN


def said(value: object, sub: str = "", **rest: Any) -> Cell:
    """Words as they are, "Not known" when there are none."""
    return Cell(str(value), sub, **rest) if value not in (None, "") else Cell("Not known", sub, colour="muted")


def day(value: date | None) -> Cell:
    """A date that sorts as one."""
    return Cell(date_short(value), sort=value) if value else UNKNOWN


def sum_of_money(value: Any) -> Cell:
    """Pounds that sort as a number."""
    return Cell(pounds(value), sort=value) if value is not None else UNKNOWN


def figure(value: Any, unit: str = "") -> Cell:
    """A number that sorts as one."""
    return Cell(f"{number(value)}{unit}", sort=value) if value is not None else UNKNOWN


def cited(record: Any) -> Cell:
    """Source and paragraph, muted; the paragraph first as that is what tells rows apart."""
    if not record.source and not record.paragraph:
        return Cell("Not known", colour="muted")
    return Cell(record.paragraph or record.source, colour="muted", tip=record.cited)


_PROGRESS = {
    Progress.NOT_STARTED: Status(Shape.PLAN, "Not started"),
    Progress.UNDER_WAY: Status(Shape.INFO, "Under way"),
    Progress.DONE: Status(Shape.DONE, "Done"),
    Progress.DROPPED: Status(Shape.NONE, "Dropped"),
}


def progress(record: Milestone | Recommendation, today: date) -> Status:
    """Progress as recorded, or overdue if its date has passed without it."""
    if record.progress in (Progress.DONE, Progress.DROPPED):
        return _PROGRESS[record.progress]
    if record.due and record.due < today and record.progress is not None:
        return Status(Shape.ALERT, "Overdue")
    return _PROGRESS[record.progress] if record.progress else NOT_KNOWN


_OUTCOMES = {
    Outcome.UNDECIDED: Status(Shape.PLAN, "Undecided"),
    Outcome.APPROVED: Status(Shape.GOOD, "Approved"),
    Outcome.NOTED: Status(Shape.DONE, "Noted"),
    Outcome.DELEGATED: Status(Shape.DONE, "Delegated"),
    Outcome.REFUSED: Status(Shape.NONE, "Refused"),
    Outcome.DEFERRED: Status(Shape.WATCH, "Deferred"),
}


def outcome(decision: Decision, today: date) -> Status:
    """The outcome, or overdue if it was needed by now."""
    undecided = decision.outcome in (Outcome.UNDECIDED, None) and decision.taken is None
    if undecided and decision.due and decision.due < today:
        return Status(Shape.ALERT, "Overdue")
    return _OUTCOMES[decision.outcome] if decision.outcome else NOT_KNOWN


_EXTENSIONS = {
    ExtensionState.UNDECIDED: Status(Shape.PLAN, "Undecided"),
    ExtensionState.EXERCISED: Status(Shape.GOOD, "Exercised"),
    ExtensionState.DECLINED: Status(Shape.NONE, "Declined"),
}
_RISKS = {
    RiskState.OPEN: Status(Shape.WATCH, "Open"),
    RiskState.CLOSED: Status(Shape.DONE, "Closed"),
    RiskState.HAPPENED: Status(Shape.ALERT, "Happened"),
}


def _level(level: RiskLevel | None) -> Cell:
    return said(level.word if level else None)


def _risk_status(risk: Risk) -> Status:
    if risk.state is RiskState.OPEN and RiskLevel.HIGH not in (risk.likelihood, risk.impact):
        return Status(Shape.PLAN, "Open")
    return _RISKS[risk.state] if risk.state else NOT_KNOWN


def _return_status(expected: KpiReturn, today: date) -> Status:
    if expected.received:
        late = expected.due and expected.received > expected.due
        return Status(Shape.DONE, "Received late" if late else "Received")
    if expected.due is None:
        return Status(Shape.UNKNOWN, "No date")
    return Status(Shape.WATCH, "Late") if expected.due < today else Status(Shape.PLAN, "Not yet due")


def _value(measurement: Measurement, kpi: Kpi | None) -> Cell:
    value = value_of(measurement, kpi) if kpi else measurement.value
    if value is None:
        return UNKNOWN
    share = bool(kpi and kpi.measure and kpi.measure.proportion)
    text = percent(value) if share else number(value)
    return Cell(("about " if measurement.about else "") + text, sort=value)


def _target_words(target: Target) -> str:
    if target.as_stated:
        return target.as_stated
    if target.lower is not None or target.upper is not None:
        return " to ".join(number(edge) for edge in (target.lower, target.upper) if edge is not None)
    if target.value is None:
        return ""
    words = f"{target.type.value if target.type else ''} {number(target.value)}".strip()
    return f"{number(target.value)} ± {number(target.tolerance)}%" if target.tolerance is not None else words


def columns_of(cls: type[Record], names: Names, *, kpi: Kpi | None = None) -> list[Column[Any]]:
    """The columns of a table of these records.

    Args:
        cls: Class of the records.
        names: Names of what they refer to, and the day.
        kpi: The KPI whose figures they are.
    """
    return _MAKERS[cls](names, kpi)


def _c(
    key: str, title: str, value: Callable[[Any], Cell], kind: Any = "text", width: float = 0, **rest: Any
) -> Column[Any]:
    return Column(key, title, value, kind, width, **rest)


def _source() -> Column[Any]:
    return _c("source", "Source", cited, width=10.5)


_MAKERS: dict[type[Record], Callable[[Names, Kpi | None], list[Column[Any]]]] = {
    Party: lambda names, kpi: [
        _c("organisation", "Organisation", lambda r: names(r.organisation)),
        _c("role", "Role", lambda r: said(r.role.word if r.role else None), width=14),
        _c("since", "From", lambda r: day(r.since), "date", 8),
        _c(
            "until",
            "To",
            lambda r: Cell(date_short(r.until), sort=r.until) if r.until else Cell("", sort=None),
            "date",
            8,
        ),
        _source(),
    ],
    Extension: lambda names, kpi: [
        _c("number", "Extension", lambda r: Cell(r.heading, sort=r.number)),
        _c("months", "Length", lambda r: said(months_words(r.months) if r.months else None, sort=r.months), width=6),
        _c("state", "State", lambda r: Cell(status=_EXTENSIONS.get(r.state, NOT_KNOWN)), "status", 8.6),
        _c("decided", "Decided", lambda r: day(r.decided), "date", 8),
        _c("by", "By", lambda r: said(r.decided_by), width=12),
        _source(),
    ],
    Contribution: lambda names, kpi: [
        _c(
            "year",
            "Year",
            lambda r: Cell(
                (financial_year(r.year) if r.year else "Not known") + (f", Q{r.quarter}" if r.quarter else ""),
                sort=((r.year or 0) * 10 + (r.quarter or 0)),
            ),
            width=7.5,
        ),
        _c("type", "Type", lambda r: said(r.type.word if r.type else None), width=8.5),
        _c("what", "What for", lambda r: said(r.what)),
        _c("partner", "Partner", lambda r: names(r.partner), width=11),
        _c("line", "Line", lambda r: said(r.line.word if r.line else None), width=6),
        _c("amount", "Amount", lambda r: sum_of_money(r.amount), "money", 8.5),
        _source(),
    ],
    Link: lambda names, kpi: [
        _c("type", "Tie", lambda r: said(r.type.word if r.type else None), width=14),
        _c("other", "Other agreement", lambda r: names(r.other) if r.other else said(r.other_title)),
        _source(),
    ],
    Forum: lambda names, kpi: [
        _c("name", "Forum", lambda r: Cell(r.name), width=20),
        _c("purpose", "What it does", lambda r: said(r.purpose)),
        _c("frequency", "Meets", lambda r: said(r.frequency), width=9),
        _source(),
    ],
    Meeting: lambda names, kpi: [
        _c("held", "Date", lambda r: day(r.held), "date", 8),
        _c("at", "Time", lambda r: said(r.at), width=6),
        _c("title", "Meeting", lambda r: Cell(r.title), width=18),
        _c("outcome", "What was agreed", lambda r: said(r.outcome)),
    ],
    Milestone: lambda names, kpi: [
        _c(
            "number",
            "No.",
            lambda r: Cell(str(r.number), sort=r.number) if r.number else Cell("", sort=None),
            width=3.4,
        ),
        _c("title", "Milestone", lambda r: Cell(r.title)),
        _c("owner", "Owner", lambda r: said(r.owner), width=13),
        _c("starts", "From", lambda r: day(r.starts), "date", 8, shown=False),
        _c("due", "By", lambda r: day(r.due), "date", 8),
        _c("progress", "Progress", lambda r: Cell(status=progress(r, names.today)), "status", 9.5),
        _source(),
    ],
    Recommendation: lambda names, kpi: [
        _c("number", "No.", lambda r: said(r.number), width=4),
        _c("title", "Recommendation", lambda r: Cell(r.title, tip=r.title)),
        _c("made_by", "Made by", lambda r: said(r.made_by), width=13),
        _c("progress", "Progress", lambda r: Cell(status=progress(r, names.today)), "status", 9.5),
        _source(),
    ],
    Option: lambda names, kpi: [
        _c("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        _c("title", "Option", lambda r: Cell(r.title, bold=bool(r.chosen)), width=16),
        _c("benefits", "Benefits", lambda r: said(r.benefits, tip=r.benefits or "")),
        _c("risks", "Risks", lambda r: said(r.risks, tip=r.risks or "")),
        _c(
            "score",
            "Score",
            lambda r: (
                Cell(number(r.score), sort=r.score) if r.score is not None else Cell("Not scored", colour="muted")
            ),
            "number",
            7,
        ),
        _c(
            "chosen",
            "Chosen",
            lambda r: Cell(status=Status(Shape.GOOD, "Chosen") if r.chosen else Status(Shape.NONE, "No")),
            "status",
            7.5,
        ),
    ],
    Decision: lambda names, kpi: [
        _c(
            "date",
            "Date",
            lambda r: day(r.taken) if r.taken else (Cell(f"by {date_short(r.due)}", sort=r.due) if r.due else UNKNOWN),
            "date",
            9.5,
        ),
        _c("outcome", "Status", lambda r: Cell(status=outcome(r, names.today)), "status", 9),
        _c("title", "Decision", lambda r: Cell(r.title, tip=r.title)),
        _c("body", "By", lambda r: said(r.body), width=13),
        _c("reference", "Reference", lambda r: said(r.reference), width=7),
        _source(),
    ],
    Risk: lambda names, kpi: [
        _c("title", "Risk", lambda r: Cell(r.title, tip=r.title)),
        _c("likelihood", "Likelihood", lambda r: _level(r.likelihood), width=7),
        _c("impact", "Impact", lambda r: _level(r.impact), width=7),
        _c("cost", "Cost a year", lambda r: sum_of_money(r.yearly_cost), "money", 8),
        _c("state", "State", lambda r: Cell(status=_risk_status(r)), "status", 7),
        _source(),
    ],
    Document: lambda names, kpi: [
        _c("title", "Document", lambda r: Cell(r.title)),
        _c("dated", "Dated", lambda r: day(r.dated), "date", 8),
        _c("file", "File", lambda r: Cell(r.filename) if r.sha256 else Cell("No file kept", colour="muted"), width=14),
        _c(
            "size",
            "Size",
            lambda r: Cell(f"{max(1, round(r.size / 1000)):,} kB", sort=r.size) if r.size else Cell("", sort=None),
            "number",
            6,
        ),
        _source(),
    ],
    Lot: lambda names, kpi: [
        _c("title", "Name", lambda r: Cell(r.title), width=14),
        _c("type", "Type", lambda r: said(r.type.word if r.type else None), width=5),
        _c("covers", "What it covers", lambda r: said(r.covers)),
        _c("members", "Members, as stated", lambda r: figure(r.stated_members), "number", 9),
        _c("units", "Units", lambda r: figure(r.units), "number", 6),
        _source(),
    ],
    Membership: lambda names, kpi: [
        _c("provider", "Provider", lambda r: names(r.provider)),
        _c("agreement", "Agreement", lambda r: names(r.agreement)),
        _c("lot", "Lot, tier or zone", lambda r: names(r.lot) if r.lot else said(r.zone), width=12),
        _c("zone", "Zone", lambda r: said(r.zone), width=7),
        _c("admitted", "Admitted", lambda r: day(r.admitted), "date", 8),
        _c(
            "left",
            "Left",
            lambda r: Cell(date_short(r.left), sort=r.left) if r.left else Cell("", sort=None),
            "date",
            8,
        ),
    ],
    Service: lambda names, kpi: [
        _c("name", "Service", lambda r: Cell(r.name), width=14),
        _c("type", "Type", lambda r: said(sentence_case(r.type.value) if r.type else None), width=9),
        _c(
            "capacity",
            "Capacity",
            lambda r: said(
                f"{number(r.capacity)} {r.capacity_unit.value if r.capacity_unit else ''}".strip()
                if r.capacity is not None
                else None,
                sort=r.capacity,
            ),
            width=8,
        ),
        _c("manager", "Manager", lambda r: Cell(status=_manager(r)), "status", 10),
        _c("groups", "Client groups", lambda r: said(r.client_groups)),
    ],
    Rating: lambda names, kpi: [
        _c("published", "Published", lambda r: day(r.published), "date", 8),
        _c("scheme", "Scheme", lambda r: said(r.scheme.word if r.scheme else None), width=10),
        _c("value", "Rating", lambda r: Cell(status=rating_status(r.value, r.scheme)), "status", 12.5),
        _c("service", "Service", lambda r: names(r.service)),
        _c(
            "inherited",
            "Inherited",
            lambda r: Cell(
                "Yes" if r.inherited else "No" if r.inherited is False else "Not known",
                colour="" if r.inherited is not None else "muted",
            ),
            width=6.5,
            from_width=64,
        ),
    ],
    Target: lambda names, kpi: [
        _c(
            "year",
            "Year",
            lambda r: Cell(financial_year(r.year), sort=r.year) if r.year else Cell("Every year", sort=0),
            width=8,
        ),
        _c("target", "Target", lambda r: said(_target_words(r))),
        _c("type", "Type", lambda r: said(r.type.word if r.type else None), width=9),
        _c(
            "near",
            "Near within",
            lambda r: Cell(percent(r.near), sort=r.near) if r.near is not None else Cell("House rule", colour="muted"),
            "number",
            7,
        ),
        _source(),
    ],
    Measurement: lambda names, kpi: [
        _c(
            "period",
            "Period",
            lambda r: Cell(period_words(r.starts, r.ends), sort=(r.ends, r.starts or date.min)) if r.ends else UNKNOWN,
        ),
        _c("value", "Value", lambda r: _value(r, kpi), "number", 7),
        _c("n", "n", lambda r: figure(r.n), "number", 6.5),
        _c("base", "N", lambda r: figure(r.base), "number", 6.5),
        _c("stated", "As stated", lambda r: said(r.as_stated), width=11),
        _c("scope", "Scope", lambda r: said(r.scope), width=9, shown=False),
        _source(),
    ],
    KpiReturn: lambda names, kpi: [
        _c("title", "Return", lambda r: Cell(r.title)),
        _c(
            "period",
            "Period",
            lambda r: said(period_words(r.starts, r.ends) if r.ends else None, sort=r.ends),
            width=13,
        ),
        _c("due", "Due", lambda r: day(r.due), "date", 8),
        _c(
            "received",
            "Received",
            lambda r: Cell(date_short(r.received), sort=r.received) if r.received else Cell("Not yet", colour="muted"),
            "date",
            8,
        ),
        _c("status", "Status", lambda r: Cell(status=_return_status(r, names.today)), "status", 9),
    ],
    Breakdown: lambda names, kpi: [
        _c("title", "Breakdown", lambda r: Cell(r.title)),
        _c("as_at", "Date", lambda r: day(r.as_at), "date", 8),
        _c("total", "Total, as stated", lambda r: figure(r.total), "number", 9),
        _c("base", "Base", lambda r: figure(r.base), "number", 6),
        _source(),
    ],
    Part: lambda names, kpi: [
        _c("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        _c("label", "Part", lambda r: Cell(r.label)),
        _c("count", "Count", lambda r: figure(r.count), "number", 7),
        _c(
            "percent",
            "Per cent, as stated",
            lambda r: Cell(percent(r.percent), sort=r.percent) if r.percent is not None else UNKNOWN,
            "number",
            10,
        ),
    ],
    Standard: lambda names, kpi: [
        _c("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        _c("title", "Standard", lambda r: Cell(r.title)),
        _c("area", "Area", lambda r: said(r.area), width=16),
        _c("weight", "Weight", lambda r: figure(r.weight), "number", 6),
    ],
    Visit: lambda names, kpi: [
        _c("day", "Date", lambda r: _visit_day(r), "date", 8),
        _c("kind", "Kind", lambda r: said(r.kind.word if r.kind else None), width=13),
        _c("status", "Status", lambda r: Cell(status=status_of_visit(r, names.today)), "status", 9.5),
        _c("outcome", "Outcome", lambda r: Cell(status=outcome_of_visit(r)), "status", 12.5),
        _c("service", "Service", lambda r: names(r.service)),
        _c("team", "Team", lambda r: said(r.team), width=12, shown=False),
    ],
    Provider: lambda names, kpi: [
        _c("name", "Provider", lambda r: Cell(r.name)),
        _c("local_authority", "Local authority", lambda r: said(r.local_authority), width=14),
        _c("postcode", "Postcode", lambda r: said(r.postcode), width=8),
        _c("cqc", "CQC provider id", lambda r: said(r.cqc_provider_id), width=11),
    ],
    Chaser: lambda names, kpi: [
        _c("chased", "Date", lambda r: day(r.chased), "date", 8),
        _c("said", "What was said", lambda r: Cell(r.said, tip=r.said)),
    ],
}


def _visit_day(visit: Visit) -> Cell:
    found = visit.made or visit.planned
    return Cell(date_short(found), sort=found, tip=visit.at or "") if found else UNKNOWN


def _manager(service: Service) -> Status:
    if service.manager is ManagerState.VACANT:
        since = f" since {date_short(service.manager_since)}" if service.manager_since else ""
        return Status(Shape.WATCH, "Vacant", f"Vacant{since}")
    return Status(Shape.GOOD, "In post") if service.manager is ManagerState.IN_POST else NOT_KNOWN
