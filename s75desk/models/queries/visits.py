"""Services whose next visit is overdue by the frequency their agreement asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class VisitGap:
    """A service with a required frequency, when it was last visited and whether a visit is booked."""

    service: str
    name: str
    provider: str
    every_months: int
    last: date | None
    next: date | None


_QUERY = """
SELECT s.uid AS service, s.name, p.name AS provider, s.visit_every_months AS every_months,
       MAX(v.made) AS last,
       MIN(CASE WHEN COALESCE(v.stage, 'planned') = 'planned' AND v.planned >= :today THEN v.planned END) AS next
FROM service s JOIN provider p ON p.uid = s.provider
LEFT JOIN visit v ON v.service = s.uid AND v.archived_at IS NULL
WHERE s.archived_at IS NULL AND s.visit_every_months IS NOT NULL
GROUP BY s.uid ORDER BY s.name
"""


def visit_gaps(connection: Connection, today: date) -> list[VisitGap]:
    """Every live service with a required frequency."""
    return [
        VisitGap(row.service, row.name, row.provider, row.every_months, _day(row.last), _day(row.next))
        for row in connection.execute(text(_QUERY), {"today": today.isoformat()})
    ]


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
