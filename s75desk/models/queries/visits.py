"""What is recorded of services as far as their next visit goes, and how far visits have come, a whole list at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from s75desk.domain.length_reading import from_text
from s75desk.domain.records.provider import RatingValue
from s75desk.domain.statuses.visits import NOT_ASKED, VisitProgress
from s75desk.domain.visits.due import LastRating, VisitNeeds
from s75desk.models.as_at import changed_fields, definitions, values_for


@dataclass(frozen=True, slots=True)
class ServiceNeeds:
    """A service, what its next visit is worked out from, and when one is booked.

    Attributes:
        service: Its uid.
        name: Its name.
        provider: Name of its provider.
        needs: What is recorded.
        next: The day a visit is booked for, today or later, or one that is under way.
        owner: Uid of its provider.
    """

    service: str
    name: str
    provider: str
    needs: VisitNeeds
    next: date | None
    owner: str


LAST_DAY = "date(v.planned, '+' || (MAX(COALESCE(v.days, 1), 1) - 1) || ' days')"
"""The last day for which a visit ``v`` is planned, as ``statuses/visits.last_day`` says it."""

_KINDS = ("membership", "agreement", "service", "visit", "rating", "provider")
"""What is read as at the day."""

_ON_AGREEMENT = """
on_agreement AS (
  SELECT m.provider FROM membership m JOIN agreement a ON a.uid = m.agreement AND a.archived_at IS NULL
  WHERE m.archived_at IS NULL AND COALESCE(m."left", :today) >= :today AND COALESCE(m.admitted, :today) <= :today),
"""

_OF_ALL = """
of_service AS MATERIALIZED (
  SELECT s.uid, s.name, s.provider, s.visit_every, 1 AS watched
  FROM service s WHERE s.archived_at IS NULL
    AND (s.visit_every IS NOT NULL
      OR s.uid IN (SELECT service FROM visit WHERE archived_at IS NULL)
      OR s.uid IN (SELECT service FROM rating WHERE archived_at IS NULL AND scheme = 'our assessment')
      OR s.provider IN (SELECT provider FROM on_agreement))),
"""
"""Every service that is ours to visit: few of those that a file of CQC's brings in, so all that hangs under them is
looked up from them (a CROSS JOIN keeps SQLite to that order) and the long tables are not read through."""

_OF_PROVIDER = """
of_service AS MATERIALIZED (
  SELECT s.uid, s.name, s.provider, s.visit_every, s.visit_every IS NOT NULL
    OR EXISTS (SELECT 1 FROM visit v WHERE v.service = s.uid AND v.archived_at IS NULL)
    OR EXISTS (SELECT 1 FROM rating r WHERE r.service = s.uid AND r.archived_at IS NULL AND r.scheme = 'our assessment')
    OR s.provider IN (SELECT provider FROM on_agreement) AS watched
  FROM service s WHERE s.archived_at IS NULL AND s.provider = :provider),
"""
"""Every service of one provider, ours to visit or not."""

_REST = """
visited AS (
  SELECT v.service, MAX(v.made) AS last,
         MIN(CASE WHEN (COALESCE(v.stage, 'planned') = 'planned' AND #last >= :today AND v.made IS NULL)
                    OR (v.stage = 'under way' AND v.amends IS NULL) THEN v.planned END) AS next
  FROM of_service s CROSS JOIN visit v ON v.service = s.uid WHERE v.archived_at IS NULL GROUP BY v.service),
rated AS (
  SELECT r.service, r.scheme, r.value, r.published AS given, 0 AS from_visit, r.uid, r.looked_at, r.asked
  FROM of_service s CROSS JOIN rating r ON r.service = s.uid
  WHERE r.archived_at IS NULL AND r.scheme IN ('our assessment', 'CQC overall') AND r.value IS NOT NULL
    AND r.published <= :today
  UNION ALL
  SELECT v.service, 'our assessment', v.outcome, v.made, 1, v.uid, NULL, NULL
  FROM of_service s CROSS JOIN visit v ON v.service = s.uid
  WHERE v.archived_at IS NULL AND v.outcome IS NOT NULL AND v.made <= :today),
placed AS (
  SELECT service, scheme, value, given, looked_at, asked,
         ROW_NUMBER() OVER (PARTITION BY service, scheme ORDER BY given DESC, from_visit, uid DESC) AS place
  FROM rated)
SELECT s.uid AS service, s.name, p.name AS provider, p.uid AS owner, s.visit_every AS every, s.watched,
       visited.last, visited.next, ours.value AS ours, ours.given AS ours_on, ours.looked_at, ours.asked,
       cqc.value AS cqc, cqc.given AS cqc_on
FROM of_service s JOIN provider p ON p.uid = s.provider
LEFT JOIN visited ON visited.service = s.uid
LEFT JOIN placed ours ON ours.service = s.uid AND ours.scheme = 'our assessment' AND ours.place = 1
LEFT JOIN placed cqc ON cqc.service = s.uid AND cqc.scheme = 'CQC overall' AND cqc.place = 1
ORDER BY s.name, s.uid
""".replace("#last", LAST_DAY)


def visit_needs(connection: Connection, today: date, provider: str = "") -> list[ServiceNeeds]:
    """Every live service that is ours to visit, by name; with ``provider`` every service of that one."""
    seen = definitions(_KINDS, changed_fields(connection))
    query = text("".join((f"WITH {seen}, ", _ON_AGREEMENT, _OF_PROVIDER if provider else _OF_ALL, _REST)))
    values = {"today": today.isoformat(), **values_for(today)} | ({"provider": provider} if provider else {})
    return [_needs(row) for row in connection.execute(query, values)]


def _needs(row: Row[Any]) -> ServiceNeeds:
    needs = VisitNeeds(
        every=None if row.every is None else from_text(row.every),
        last=_day(row.last),
        ours=_rating(row.ours, row.ours_on, row.looked_at, row.asked),
        cqc=_rating(row.cqc, row.cqc_on),
        watched=bool(row.watched),
    )
    return ServiceNeeds(row.service, row.name, row.provider, needs, _day(row.next), row.owner)


def _rating(value: str | None, on: str | None, *looked_at: int | None) -> LastRating | None:
    return LastRating(RatingValue(value), date.fromisoformat(on), *looked_at) if value and on else None


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


_PROGRESS = """
SELECT v.uid,
       (SELECT COALESCE(MAX(n.number), 0) FROM visit_version n WHERE n.visit = v.uid) AS signed,
       (SELECT COUNT(*) FROM visit_answer a WHERE a.visit = v.uid AND a.archived_at IS NULL
          AND (a.rating IS NOT NULL
            OR (a.not_applicable AND NOT INSTR(COALESCE(a.reason, ''), :not_asked)))) AS answered,
       (SELECT COUNT(*) FROM visit_answer a WHERE a.visit = v.uid AND a.archived_at IS NULL
          AND a.rating IS NULL AND a.not_applicable AND INSTR(COALESCE(a.reason, ''), :not_asked)) AS not_meant
FROM visit v
WHERE (v.stage IN ('under way', 'draft report') OR v.outcome IS NOT NULL) AND :visit IN ('', v.uid)
"""


def progress_of_visits(connection: Connection, on: date, visit: str = "") -> Mapping[str, VisitProgress]:
    """How far each visit has come that is under way, in draft or has an outcome, or that one alone, by uid."""
    seen = definitions(("visit", "visit_version", "visit_answer"), changed_fields(connection))
    values = {"visit": visit, "not_asked": NOT_ASKED, **values_for(on)}
    rows = connection.execute(text(f"WITH {seen} {_PROGRESS}"), values)
    return {row.uid: VisitProgress(row.signed, row.answered, not_meant=row.not_meant) for row in rows}
