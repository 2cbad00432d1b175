"""How services, ratings, memberships, visits, standards and chasers are shown in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from s75desk.domain.records import (
    Chaser,
    Kpi,
    Membership,
    Provider,
    Rating,
    Record,
    Service,
    Standard,
    Visit,
)
from s75desk.domain.status import Status
from s75desk.domain.statuses.visits import outcome_of_visit, visit_status
from s75desk.domain.wording import (
    date_short,
    number,
    sentence_case,
)
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.pages.cell_words import UNKNOWN, Names, day, figure, judged, made, said

MAKERS: dict[type[Record], Callable[[Names, Kpi | None], list[Column[Any]]]] = {
    Membership: lambda names, kpi: [
        made("provider", "Provider", lambda r: names(r.provider)),
        made("agreement", "Agreement", lambda r: names(r.agreement)),
        made("lot", "Lot, tier or zone", lambda r: names(r.lot) if r.lot else said(r.zone), width=12),
        made("zone", "Zone", lambda r: said(r.zone), width=7),
        made("admitted", "Admitted", lambda r: day(r.admitted), "date", 8),
        made(
            "left",
            "Left",
            lambda r: Cell(date_short(r.left), sort=r.left) if r.left else Cell("", sort=None),
            "date",
            8,
        ),
        made("status", "Status", lambda r: judged(r, names), "status", 9),
    ],
    Service: lambda names, kpi: [
        made("name", "Service", lambda r: Cell(r.name), width=14),
        made("type", "Type", lambda r: said(sentence_case(r.type.value) if r.type else None), width=9),
        made(
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
        made("manager", "Manager", lambda r: judged(r, names), "status", 10),
        made("groups", "Client groups", lambda r: said(r.client_groups)),
    ],
    Rating: lambda names, kpi: [
        made("published", "Published", lambda r: day(r.published), "date", 8),
        made("scheme", "Scheme", lambda r: said(r.scheme.word if r.scheme else None), width=10),
        made("value", "Rating", lambda r: judged(r, names), "status", 12.5),
        made("service", "Service", lambda r: names(r.service)),
        made(
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
    Standard: lambda names, kpi: [
        made("number", "No.", lambda r: said(r.number, sort=r.number), width=4),
        made("title", "Standard", lambda r: Cell(r.title)),
        made("area", "Area", lambda r: said(r.area), width=16),
        made("weight", "Weight", lambda r: figure(r.weight), "number", 6),
    ],
    Visit: lambda names, kpi: [
        made("day", "Date", lambda r: _visit_day(r), "date", 8),
        made("kind", "Kind", lambda r: said(r.kind.word if r.kind else None), width=13),
        made("status", "Status", lambda r: _of(visit_status(r, names.today, names.progress.get(r.uid))), "status", 9.5),
        made("outcome", "Outcome", lambda r: _of(outcome_of_visit(r, names.progress.get(r.uid))), "status", 12.5),
        made("service", "Service", lambda r: names(r.service)),
        made("team", "Team", lambda r: said(r.team), width=12, shown=False),
    ],
    Provider: lambda names, kpi: [
        made("name", "Provider", lambda r: Cell(r.name)),
        made("local_authority", "Local authority", lambda r: said(r.local_authority), width=14),
        made("postcode", "Postcode", lambda r: said(r.postcode), width=8),
        made("cqc", "CQC provider id", lambda r: said(r.cqc_provider_id), width=11),
    ],
    Chaser: lambda names, kpi: [
        made("chased", "Date", lambda r: day(r.chased), "date", 8),
        made("said", "What was said", lambda r: Cell(r.said, tip=r.said)),
    ],
}


def _of(status: Status) -> Cell:
    return Cell(status=status, tip=status.sentence)


def _visit_day(visit: Visit) -> Cell:
    found = visit.made or visit.planned
    return Cell(date_short(found), sort=found, tip=visit.at or "") if found else UNKNOWN
