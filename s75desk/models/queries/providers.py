"""The Providers list in one query: each provider with what its services, ratings, visits and actions add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, text

from s75desk.domain.ratings import rank, sort_key
from s75desk.domain.records import Rating
from s75desk.domain.records.provider import ManagerState, RatingScheme, RatingValue
from s75desk.domain.statuses.providers import OverallRating
from s75desk.models.as_at import changed_fields, definitions, values_for
from s75desk.models.queries.actions import OPEN, OVERDUE
from s75desk.models.queries.visits import LAST_DAY


@dataclass(frozen=True, slots=True)
class ProviderLine:
    """A provider as the list shows it, before any wording. None stands for not known or not there.

    What several services add up to is not known while it is not known of one of them: type, capacity, managers. A
    vacant post counts whatever is known of the others, and ``vacant`` names the service where it is longest so; ratings
    are the worst of each service’s latest, with how many services have one; ``manager_since`` is the earliest vacancy,
    else the day since which every post has been filled.
    """

    uid: str
    name: str
    postcode: str | None
    local_authority: str | None
    cqc_provider_id: str | None
    archived: bool
    services: int
    types: int
    type: str | None
    capacity: int | None
    capacity_unit: str | None
    client_groups: str | None
    cqc: OverallRating
    ours: OverallRating
    manager: ManagerState | None
    manager_since: date | None
    vacant: str | None
    open_actions: int
    overdue_actions: int
    oldest_due: date | None
    last_visit: date | None
    next_visit: date | None
    late_visit: date | None
    agreements: int


_KINDS = ("provider", "service", "rating", "action", "visit", "membership", "agreement")
"""What is read as at the day."""

_QUERY = """
live AS (
  SELECT *, CASE WHEN COALESCE(manager_since, :today) <= :today THEN manager END AS post
  FROM service WHERE archived_at IS NULL),
empty AS (
  SELECT provider, name, manager_since, ROW_NUMBER() OVER (
    PARTITION BY provider ORDER BY COALESCE(manager_since, '9999'), name) AS place FROM live WHERE post = 'vacant'),
per AS (
  SELECT provider, COUNT(*) AS services, COUNT(DISTINCT type) AS types, MIN(client_groups) AS client_groups,
         CASE WHEN COUNT(type) = COUNT(*) AND COUNT(DISTINCT type) = 1 THEN MIN(type) END AS type,
         COUNT(capacity) = COUNT(*) AND COUNT(capacity_unit) = COUNT(*)
           AND COUNT(DISTINCT capacity_unit) = 1 AS sized,
         SUM(capacity) AS capacity, MIN(capacity_unit) AS capacity_unit,
         COUNT(post) = COUNT(*) AS managers_known,
         CASE WHEN COUNT(manager_since) = COUNT(*) THEN MAX(manager_since) END AS filled_since
  FROM live GROUP BY provider),
rated AS (
  SELECT s.provider, r.service, r.scheme, r.value, r.published, r.inherited, r.asked, r.looked_at,
         ROW_NUMBER() OVER (
           PARTITION BY r.service, r.scheme ORDER BY r.published DESC, r.uid DESC) AS place
  FROM rating r JOIN live s ON s.uid = r.service
  WHERE r.archived_at IS NULL AND r.published IS NOT NULL AND r.scheme IN ('CQC overall', 'our assessment')),
overall AS (
  SELECT provider, scheme, value, published, inherited, asked, looked_at,
         SUM(value IN (#rated)) OVER (PARTITION BY provider, scheme) AS services,
         ROW_NUMBER() OVER (
           PARTITION BY provider, scheme ORDER BY CASE #badness END, #plain, published DESC, service) AS place
  FROM rated WHERE place = 1),
acted AS (
  SELECT COALESCE(a.provider, s.provider) AS provider, COUNT(*) AS open_actions, SUM(#overdue) AS overdue_actions,
         MIN(CASE WHEN #overdue THEN a.due END) AS oldest_due
  FROM action a LEFT JOIN service s ON s.uid = a.service
  WHERE a.archived_at IS NULL AND #open
    AND COALESCE(a.provider, s.provider) IS NOT NULL GROUP BY 1),
visited AS (
  SELECT s.provider, MAX(v.made) AS last_visit,
         MIN(CASE WHEN COALESCE(v.stage, 'planned') = 'planned' AND v.made IS NULL
                      AND #last >= :today THEN v.planned END)
           AS next_visit,
         MIN(CASE WHEN v.stage = 'planned' AND v.made IS NULL AND #last < :today THEN #last END) AS late_visit
  FROM visit v JOIN live s ON s.uid = v.service WHERE v.archived_at IS NULL GROUP BY s.provider),
admitted AS (
  SELECT provider, COUNT(DISTINCT agreement) AS agreements FROM membership
  WHERE archived_at IS NULL AND COALESCE("left", :today) >= :today AND COALESCE(membership.admitted, :today) <= :today
    AND agreement IN (SELECT uid FROM agreement WHERE archived_at IS NULL) GROUP BY provider)
SELECT p.uid, p.name, p.postcode, p.local_authority, p.cqc_provider_id, p.archived_at IS NOT NULL AS archived,
       COALESCE(per.services, 0) AS services, COALESCE(per.types, 0) AS types, per.type, per.client_groups,
       CASE WHEN per.sized THEN per.capacity END AS capacity,
       CASE WHEN per.sized THEN per.capacity_unit END AS capacity_unit,
       #cqc, #ours,
       CASE WHEN empty.place THEN 'vacant' WHEN per.managers_known THEN 'in post' END AS manager,
       CASE WHEN empty.place THEN empty.manager_since ELSE per.filled_since END AS manager_since,
       empty.name AS vacant, acted.oldest_due,
       COALESCE(acted.open_actions, 0) AS open_actions, COALESCE(acted.overdue_actions, 0) AS overdue_actions,
       visited.last_visit, visited.next_visit, visited.late_visit, COALESCE(admitted.agreements, 0) AS agreements
FROM provider p
LEFT JOIN per ON per.provider = p.uid
LEFT JOIN empty ON empty.provider = p.uid AND empty.place = 1
LEFT JOIN overall cqc ON cqc.provider = p.uid AND cqc.scheme = 'CQC overall' AND cqc.place = 1
LEFT JOIN overall ours ON ours.provider = p.uid AND ours.scheme = 'our assessment' AND ours.place = 1
LEFT JOIN acted ON acted.provider = p.uid
LEFT JOIN visited ON visited.provider = p.uid
LEFT JOIN admitted ON admitted.provider = p.uid
WHERE p.archived_at IS NULL OR :archived
ORDER BY p.name COLLATE NOCASE
"""

_HEIGHTS = sorted({sort_key(value) for value in (None, *RatingValue)})
_RATED = ("value", "published", "inherited", "asked", "looked_at", "services")
_SAID = {
    "#open": OPEN,
    "#overdue": OVERDUE,
    "#last": LAST_DAY,
    "#rated": ", ".join(f"'{value.value}'" for value in RatingValue if rank(value) is not None),
    "#cqc": ", ".join(f"cqc.{name} AS cqc_{name}" for name in _RATED),
    "#ours": ", ".join(f"ours.{name} AS ours_{name}" for name in _RATED),
    "#plain": "CASE WHEN inherited THEN 0 WHEN asked IS NULL AND looked_at IS NULL THEN 1 "
    "ELSE COALESCE(looked_at >= asked, 0) END",
    "#badness": " ".join(
        [f"WHEN value = '{value.value}' THEN {_HEIGHTS.index(sort_key(value))}" for value in RatingValue]
        + [f"ELSE {len(_HEIGHTS)}"]
    ),
}
"""What the query takes from the rules: open, overdue, rated, without a reservation, and of two ratings the worse."""

for _name, _words in _SAID.items():
    _QUERY = _QUERY.replace(_name, _words)


def provider_lines(connection: Connection, today: date, *, archived: bool = False) -> list[ProviderLine]:
    """Every live provider (archived ones too if asked), by name."""
    seen = definitions(_KINDS, changed_fields(connection))
    values = {"today": today.isoformat(), "archived": archived, **values_for(today)}
    rows = connection.execute(text(f"WITH {seen}, {_QUERY}"), values)
    return [
        ProviderLine(
            uid=row.uid,
            name=row.name,
            postcode=row.postcode,
            local_authority=row.local_authority,
            cqc_provider_id=row.cqc_provider_id,
            archived=bool(row.archived),
            services=row.services,
            types=row.types,
            type=row.type,
            capacity=row.capacity,
            capacity_unit=row.capacity_unit,
            client_groups=row.client_groups,
            cqc=_overall(row, RatingScheme.CQC_OVERALL, "cqc"),
            ours=_overall(row, RatingScheme.OURS, "ours"),
            manager=ManagerState(row.manager) if row.manager else None,
            manager_since=_day(row.manager_since),
            vacant=row.vacant,
            open_actions=row.open_actions,
            overdue_actions=row.overdue_actions,
            oldest_due=_day(row.oldest_due),
            last_visit=_day(row.last_visit),
            next_visit=_day(row.next_visit),
            late_visit=_day(row.late_visit),
            agreements=row.agreements,
        )
        for row in rows
    ]


def _overall(row: Row[Any], scheme: RatingScheme, name: str) -> OverallRating:
    value, published, inherited, asked, looked_at, rated = (getattr(row, f"{name}_{field}") for field in _RATED)
    rating = Rating(
        scheme=scheme,
        value=RatingValue(value) if value else None,
        published=_day(published),
        inherited=None if inherited is None else bool(inherited),
        asked=asked,
        looked_at=looked_at,
    )
    return OverallRating(rating if published else None, rated or 0, row.services)


def _day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)
