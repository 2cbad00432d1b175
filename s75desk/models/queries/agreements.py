"""What the database says of agreements as a whole, without reading what hangs under them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import BindParameter, Connection, bindparam, text

from s75desk.domain.records.kpi import Absent, Adding
from s75desk.domain.records.money import MoneyState
from s75desk.models.as_at import changed_fields, definitions, values_for

_KINDS = ("contribution", "kpi", "target", "measurement")
"""What is read as at the day."""

_GOES_ON = """
SELECT agreement, MAX(day) AS day FROM (
  SELECT c.agreement, (c.year + 1) || '-03-31' AS day FROM contribution c
  WHERE c.agreement IN :uids AND c.archived_at IS NULL AND c.amount IS NOT NULL AND c.year || '-04-01' <= :today
    AND COALESCE(c.state, '') NOT IN :ahead
  UNION ALL
  SELECT k.agreement, m.ends FROM kpi k JOIN measurement m ON m.kpi = k.uid
  WHERE k.agreement IN :uids AND k.archived_at IS NULL AND m.archived_at IS NULL AND m.ends <= :today
    AND COALESCE(m.about, 0) = 0 AND COALESCE(m.absent, '') NOT IN :to_come
    AND (m.known IS NULL OR m.known >= COALESCE(m.starts, m.ends))
    AND (COALESCE(k.adding, '') <> :stock
      OR EXISTS (SELECT 1 FROM target t WHERE t.kpi = k.uid AND t.archived_at IS NULL)))
GROUP BY agreement
"""
_SAID = {
    "ahead": [str(state) for state in (MoneyState.PLANNED, MoneyState.REVISED, MoneyState.FORECAST)],
    "to_come": [str(reason) for reason in Absent if not reason.returned],
    "stock": str(Adding.STOCK),
}
"""What is no sign: money planned or forecast, figures to come, and how many people there are without a target."""


def last_activity(connection: Connection, uids: Sequence[str], today: date) -> Mapping[str, date]:
    """The latest day for which money or a figure shows that an agreement goes on, no later than ``today``.

    Money is kept by financial year: one that has begun counts up to today. What was planned or foretold does not count:
    an approximate figure, or one that was known before its period began, may be a forecast.
    """
    if not uids:
        return {}
    seen = definitions(_KINDS, changed_fields(connection))
    lists: list[BindParameter[str]] = [bindparam(name, expanding=True) for name in ("uids", "ahead", "to_come")]
    query = text(f"WITH {seen} {_GOES_ON}").bindparams(*lists)
    rows = connection.execute(query, {"uids": list(uids), "today": today.isoformat(), **_SAID, **values_for(today)})
    return {row.agreement: min(date.fromisoformat(row.day), today) for row in rows}
