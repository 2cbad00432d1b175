"""What the database says of agreements as a whole, without reading what hangs under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, text

from s75desk.models.as_at import changed_fields, definitions, values_for

_KINDS = ("contribution", "kpi", "measurement")
"""What is read as at the day."""

_GOES_ON = """
SELECT agreement, MAX(day) AS day FROM (
  SELECT c.agreement, (c.year + 1) || '-03-31' AS day FROM contribution c
  WHERE c.agreement IN :uids AND c.archived_at IS NULL AND c.amount IS NOT NULL AND c.year || '-04-01' <= :today
  UNION ALL
  SELECT k.agreement, m.ends FROM kpi k JOIN measurement m ON m.kpi = k.uid
  WHERE k.agreement IN :uids AND k.archived_at IS NULL AND m.archived_at IS NULL AND m.ends <= :today)
GROUP BY agreement
"""


def last_activity(connection: Connection, uids: Sequence[str], today: date) -> Mapping[str, date]:
    """The latest day for which money or a figure is recorded by agreement, no later than ``today``.

    Money is kept by financial year: one that has begun counts up to today.
    """
    if not uids:
        return {}
    seen = definitions(_KINDS, changed_fields(connection))
    query = text(f"WITH {seen} {_GOES_ON}").bindparams(bindparam("uids", expanding=True))
    rows = connection.execute(query, {"uids": list(uids), "today": today.isoformat(), **values_for(today)})
    return {row.agreement: min(date.fromisoformat(row.day), today) for row in rows}
