"""Which actions are still to be done, as SQL: the same judgement as ``domain/statuses/actions.py``, for long lists."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, TextClause, text

from s75desk.models.as_at import changed_fields, definitions, values_for

OPEN = "(COALESCE(a.state, 'open') = 'open' AND a.done IS NULL AND a.verified IS NULL)"
"""Whether an action ``a``, as it was known on the day, was open."""

OVERDUE = "(a.due < :today AND a.state = 'open')"
"""Whether an open action was past its date; one of which nothing is recorded is not late."""

_LIVE = "FROM action a WHERE a.archived_at IS NULL"


def open_actions(connection: Connection, today: date) -> list[str]:
    """The uids of live actions that are still to be done."""
    return list(connection.execute(*_query(connection, today, "SELECT a.uid", OPEN)).scalars())


def overdue_actions(connection: Connection, today: date) -> int:
    """How many live actions are past their date."""
    return int(connection.execute(*_query(connection, today, "SELECT COUNT(*)", OPEN, OVERDUE)).scalar_one())


def _query(connection: Connection, today: date, what: str, *conditions: str) -> tuple[TextClause, dict[str, str]]:
    seen = definitions(("action",), changed_fields(connection))
    query = text(f"WITH {seen} {what} {' AND '.join((_LIVE, *conditions))}")
    return query, {"today": today.isoformat(), **values_for(today)}
